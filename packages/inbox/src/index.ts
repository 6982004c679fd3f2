export { createInbox } from './create-inbox.ts'
export type { AccountChoice, AccountOutcome, AccountState, Inbox, InboxOptions, InboxPage } from './inbox.ts'
