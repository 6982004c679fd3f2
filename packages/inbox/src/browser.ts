// The entry for browsers and edge runtimes (`exports` in package.json). Bundlers resolve every import of an entry, also
// what is loaded only when it is used, and these runtimes lack what a database driver needs.
import { UnsupportedError } from '@parley/core'
import type { Inbox, InboxOptions } from './inbox.ts'
import { openLive } from './live-inbox.ts'

/** Creates an inbox without a store. */
export const createInbox = (options: InboxOptions): Inbox => openLive(options).live

export const createStore = async (): Promise<never> => needsNode('createStore')
export const inspectStore = async (): Promise<never> => needsNode('inspectStore')
export const sessionsOf = async (): Promise<never> => needsNode('sessionsOf')
export const createSync = (): never => needsNode('createSync')
export const createDesk = (): never => needsNode('createDesk')
export { conversationMoved } from './desk/moved.ts'

function needsNode(name: string): never {
  throw new UnsupportedError({ message: `${name} needs Node.js. Use the inbox of a server from here.` })
}
