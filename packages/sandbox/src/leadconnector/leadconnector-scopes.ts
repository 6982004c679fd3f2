export const locationScopes: readonly string[] = [
  'conversation-ai.readonly',
  'conversation-ai.write',
  'conversations.readonly',
  'conversations.write',
  'conversations/message.readonly',
  'conversations/message.write',
  'conversations/livechat.write',
  'contacts.readonly',
  'contacts.write',
  'users.readonly',
  'files.readonly',
]

export const companyScopes: readonly string[] = ['oauth.readonly', 'oauth.write', 'users.readonly']
