import type { Inbox, InboxOptions } from './inbox.ts'
import type { Store } from './store/store.ts'

export interface SyncedInboxOptions extends InboxOptions {
  /** The store that `createSync` fills with these accounts. */
  store: Store
}

/**
 * An inbox whose lists are read from a store. It has the same operations as the live `Inbox`, with these differences:
 *
 * - `conversations.list`, `contacts.list` and `agents.list` read the store only. On a page, an account that was not yet read to
 *   its end has the state `unsynced`; one whose sync fails has the state `error`, and what the store has of it. `asOf` is when
 *   the last complete sync began.
 * - `conversations.get`, `messages.get`, `contacts.get` and `agents.get` read the store, and ask the vendor for what it lacks.
 * - `messages.list` reads the store if it has the whole conversation, and otherwise asks the vendor.
 * - `contacts.search` reads the store for accounts whose contacts it has, and asks the vendors of the others.
 * - Everything else goes to the vendors.
 */
export interface SyncedInbox extends Inbox {
  /** As in `Inbox`. */
  as(operatorIds: Readonly<Record<string, string>>): SyncedInbox
}
