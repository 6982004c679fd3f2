/** What a synced inbox loads when it is first used. */
export { storedAccounts } from './account-states.ts'
export { databaseOf } from './database.ts'
export { conversationsPage } from './list-conversations.ts'
export { isThreadComplete, messagesPage } from './list-messages.ts'
export { agentsPage, contactsPage, foundContacts } from './list-records.ts'
export { boundList, storedList } from './stored-list.ts'
export { storedRecord } from './stored-record.ts'
