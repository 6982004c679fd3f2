/** "Scopes": the permissions that the endpoints name. Those of Conversation AI are missing from the vendor's own list. */
export const readAgents = 'conversation-ai.readonly'
export const writeAgents = 'conversation-ai.write'
export const readConversations = 'conversations.readonly'
export const writeConversations = 'conversations.write'
export const readMessages = 'conversations/message.readonly'
export const writeMessages = 'conversations/message.write'
export const writeLiveChat = 'conversations/livechat.write'
export const readContacts = 'contacts.readonly'
export const writeContacts = 'contacts.write'
export const readUsers = 'users.readonly'
export const readFiles = 'files.readonly'

/** These paths answer 404 under a version that is a date. */
export const v3Only: { readonly version: 'v3' } = { version: 'v3' }

/** v3 dropped these paths, so that they keep the version of before whatever the adapter's option says. */
export const dateOnly: { readonly version: '2021-04-15' } = { version: '2021-04-15' }
