export { createInbox } from './create-inbox.ts'
export type { AccountChoice, AccountOutcome, AccountState, InAccount, Inbox, InboxOptions, InboxPage } from './inbox.ts'
