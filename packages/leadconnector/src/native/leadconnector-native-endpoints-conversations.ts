import type { NativeEndpoints } from '@parley/core'
import {
  readConversations,
  readMessages,
  v3Only,
  writeConversations,
  writeMessages,
} from './leadconnector-native-scopes.ts'
import type { LeadConnectorConversationEndpoints } from './leadconnector-native-types-conversations.ts'
import type { LeadConnectorMessageEndpoints } from './leadconnector-native-types-messages.ts'

export const conversationEndpoints: NativeEndpoints<LeadConnectorConversationEndpoints> = {
  'GET /conversations/search': {
    summary: 'Lists and finds conversations',
    scope: readConversations,
    required: { query: ['locationId'] },
    notes: ['`limit`: no maximum is documented; 100 is the largest that was seen to work.'],
  },
  'GET /conversations/{conversationId}': {
    summary: 'Reads one conversation, without the names and texts that the search has',
    scope: readConversations,
  },
  'POST /conversations/': {
    summary: 'Opens the conversation of a contact that has none; a conflict where there is one',
    scope: writeConversations,
    required: { body: ['locationId', 'contactId'] },
  },
  'PUT /conversations/{conversationId}': {
    summary: 'Marks a conversation as read, unread or starred',
    scope: writeConversations,
    required: { body: ['locationId'] },
  },
  'DELETE /conversations/{conversationId}': { summary: 'Deletes a conversation', scope: writeConversations },
  'GET /conversations/{conversationId}/messages': {
    summary: 'Lists the messages of a conversation, newest first',
    scope: readMessages,
    notes: ['`limit`: no maximum is documented; 100 is the largest that was seen to work.'],
  },
}

const cancelled = 'A failure inside the 200 is thrown as an error.'

export const messageEndpoints: NativeEndpoints<LeadConnectorMessageEndpoints> = {
  'GET /conversations/messages/{id}': { summary: 'Reads one message', scope: readMessages },
  'GET /conversations/messages/email/{id}': {
    summary: 'Reads one email with its body, by the id of the email',
    scope: readMessages,
  },
  'GET /conversations/messages/export': {
    summary: 'Lists messages of the whole location, or of one conversation or contact',
    scope: readMessages,
    required: { query: ['locationId'] },
    limits: { limit: { min: 10, max: 500 } },
    notes: ['Emails come only with `channel=Email`.', 'A cursor lives for about two minutes.'],
  },
  'PUT /conversations/messages/{messageId}/status': {
    summary: 'Says what became of a message that the application delivers itself',
    scope: writeMessages,
    required: { body: ['status'] },
    notes: ['Refused for other applications than the provider’s, and 5 to 10 seconds after the send.'],
  },
  'PUT /conversations/messages/email/{id}/status': {
    summary: 'Says what became of an email that the application delivers itself, and adds to its counters',
    scope: writeMessages,
    required: { body: ['status'] },
    headers: v3Only,
    idempotent: ({ body }) => body('events') === undefined,
  },
  'DELETE /conversations/messages/{messageId}/schedule': {
    summary: 'Calls off a scheduled message',
    scope: writeMessages,
    // A second one fails, which would hide that the first one was carried out.
    idempotent: false,
    notes: [cancelled],
  },
  'DELETE /conversations/messages/email/{emailMessageId}/schedule': {
    summary: 'Calls off a scheduled email',
    scope: writeMessages,
    // A second one fails, which would hide that the first one was carried out.
    idempotent: false,
    notes: [cancelled],
  },
  'PUT /conversations/messages/{messageId}/attachments': {
    summary: 'Replaces the attachments of a call that the application added',
    scope: writeMessages,
    required: { body: ['attachments'] },
    answer: 'none',
    limits: { attachments: { maxItems: 5 } },
  },
}
