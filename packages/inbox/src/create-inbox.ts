import type { Inbox, InboxOptions } from './inbox.ts'
import { openLive } from './live-inbox.ts'
import type { SyncedInbox, SyncedInboxOptions } from './synced.ts'
import { syncedInbox } from './synced-inbox.ts'

/**
 * Creates an inbox: one list of conversations over many accounts. It stores nothing. With `store`, conversations, messages,
 * contacts and agents are read from the store, which `createSync` keeps up to date.
 *
 * @throws ConfigurationError for an invalid option, and when two accounts have the same vendor and name.
 */
export function createInbox(options: SyncedInboxOptions): SyncedInbox
export function createInbox(options: InboxOptions): Inbox
export function createInbox(options: InboxOptions | SyncedInboxOptions): Inbox {
  const parts = openLive(options)
  return 'store' in options && options.store !== undefined ? syncedInbox(options, parts.accounts) : parts.live
}
