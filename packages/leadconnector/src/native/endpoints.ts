import type { FieldProblem, NativeEndpoint, NativeEndpoints, NativeGiven } from '@parley/core'
import {
  actionEndpoints,
  agentEndpoints,
  dateOnly,
  readContacts,
  readConversations,
  readFiles,
  readMessages,
  readUsers,
  v3Only,
  writeContacts,
  writeConversations,
  writeLiveChat,
  writeMessages,
} from './endpoints-agents.ts'
import type { LeadConnectorEndpoints } from './types.ts'
import type {
  LeadConnectorConversationEndpoints,
  LeadConnectorFileEndpoints,
  LeadConnectorMessageEndpoints,
  LeadConnectorSendingEndpoints,
} from './types-conversations.ts'
import type {
  LeadConnectorContactEndpoints,
  LeadConnectorKnowledgeEndpoints,
  LeadConnectorPreferenceEndpoints,
  LeadConnectorUserEndpoints,
} from './types-people.ts'

const mostFiles = 5
const mostBytes = 5 * 1024 * 1024

/** "Upload file attachments". */
export function checkUpload({ body }: NativeGiven): FieldProblem | undefined {
  const files = [body('fileAttachment')].flat()
  if (files.length > mostFiles) return problem(`must have at most ${mostFiles} files`)
  const isLarge = files.some((file) => file instanceof Blob && file.size > mostBytes)
  return isLarge ? problem('must have at most 5 MB per file') : undefined
}

const problem = (text: string): FieldProblem => ({ path: 'body.fileAttachment', problem: text })

export const conversationEndpoints: NativeEndpoints<LeadConnectorConversationEndpoints> = {
  'GET /conversations/search': {
    summary: 'Lists and finds conversations',
    scope: readConversations,
    required: { query: ['locationId'] },
    notes: ['`limit`: no maximum is documented; 100 is the largest that was seen to work.'],
  },
  'GET /conversations/{conversationId}': {
    summary: 'Reads one conversation, without the names and texts that the search returns',
    scope: readConversations,
  },
  'POST /conversations/': {
    summary: 'Opens a contact’s conversation; a conflict if the contact already has one',
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

const cancelled = 'A failure inside a 200 is thrown as an error.'

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
    notes: ['Emails come only with `channel=Email`.', 'A cursor expires after about two minutes.'],
  },
  'PUT /conversations/messages/{messageId}/status': {
    summary: 'Sets the status of a message that the application delivers itself',
    scope: writeMessages,
    required: { body: ['status'] },
    notes: ['Refused unless the application owns the provider, and for 5 to 10 seconds after the send.'],
  },
  'PUT /conversations/messages/email/{id}/status': {
    summary: 'Sets the status of an email that the application delivers itself, and adds to its counters',
    scope: writeMessages,
    required: { body: ['status'] },
    headers: v3Only,
    idempotent: ({ body }) => body('events') === undefined,
  },
  'DELETE /conversations/messages/{messageId}/schedule': {
    summary: 'Cancels a scheduled message',
    scope: writeMessages,
    // A retry fails, which would hide that the first request succeeded.
    idempotent: false,
    notes: [cancelled],
  },
  'DELETE /conversations/messages/email/{emailMessageId}/schedule': {
    summary: 'Cancels a scheduled email',
    scope: writeMessages,
    // A retry fails, which would hide that the first request succeeded.
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

/**
 * `subType` and `status` of a send, and some ids of an added message, are declared as required; live calls need none.
 */
export const sendingEndpoints: NativeEndpoints<LeadConnectorSendingEndpoints> = {
  'POST /conversations/messages': {
    summary: 'Sends a message to a contact, or writes an internal comment',
    scope: writeMessages,
    required: { body: ['type', 'contactId'] },
    limits: { attachments: { minItems: 1 } },
  },
  'POST /conversations/messages/inbound': {
    summary: 'Adds a message of the contact; an agent of its channel answers it over that channel',
    scope: writeMessages,
    required: { body: ['type', 'conversationId | contactId'] },
    notes: ['The vendor answers a wrong token with a 500.'],
  },
  'POST /conversations/messages/outbound': {
    summary: 'Adds an external call',
    scope: writeMessages,
    required: { body: ['type', 'conversationId', 'conversationProviderId'] },
  },
  'POST /conversations/providers/live-chat/typing': {
    summary: 'Shows in the live chat that someone is typing',
    scope: writeLiveChat,
    required: { body: ['locationId', 'isTyping', 'visitorId', 'conversationId'] },
  },
}

export const fileEndpoints: NativeEndpoints<LeadConnectorFileEndpoints> = {
  'POST /conversations/messages/upload': {
    summary: 'Uploads files that can be attached to a message',
    scope: writeMessages,
    required: { body: ['locationId'] },
    body: 'form',
    check: checkUpload,
    notes: ['At most 5 files of 5 MB each, as `fileAttachment`.'],
  },
  'GET /conversations/messages/{messageId}/locations/{locationId}/recording': {
    summary: 'Reads the recording of a call, a WAV file',
    scope: readMessages,
    answer: 'bytes',
  },
  'GET /conversations/locations/{locationId}/messages/{messageId}/transcription': {
    summary: 'Reads the transcript of a call, sentence by sentence',
    scope: readMessages,
  },
  'GET /conversations/locations/{locationId}/messages/{messageId}/transcription/download': {
    summary: 'Reads the transcript of a call as plain text',
    scope: readMessages,
    answer: 'text',
  },
  'GET /files/d/{slug}': {
    summary: 'Gets the short-lived address of a private file, by the last part of `…/files/d/{slug}`',
    scope: readFiles,
  },
}

export const contactEndpoints: NativeEndpoints<LeadConnectorContactEndpoints> = {
  'GET /contacts/{contactId}': { summary: 'Reads one contact', scope: readContacts },
  'POST /contacts/upsert': {
    summary: 'Creates a contact, or changes the one that the location’s settings treat as a duplicate',
    scope: writeContacts,
    required: { body: ['locationId'] },
    // Without an email and a phone, the vendor cannot recognize the contact and creates another one.
    idempotent: ({ body }) => Boolean(body('email') || body('phone')),
    notes: ['`tags` replaces all tags.'],
  },
  'POST /contacts/search': {
    summary: 'Finds contacts by filters',
    scope: readContacts,
    required: { body: ['locationId'] },
    safe: true,
  },
  'GET /contacts/search/duplicate': {
    summary: 'Finds the contact with an email address or a phone number',
    scope: readContacts,
    required: { query: ['locationId'] },
  },
  'PUT /contacts/{contactId}': {
    summary: 'Changes a contact; `assignedTo` assigns its conversation',
    scope: writeContacts,
    notes: ['`tags` replaces all tags.'],
  },
  'GET /contacts/': {
    summary: 'Lists contacts',
    scope: readContacts,
    required: { query: ['locationId'] },
    limits: { limit: { max: 100 } },
    notes: ['Deprecated by the vendor in favour of the search.'],
  },
}

export const userEndpoints: NativeEndpoints<LeadConnectorUserEndpoints> = {
  'GET /users/{userId}': { summary: 'Reads one user', scope: readUsers },
  'GET /users/search': {
    summary: 'Finds users of a company',
    scope: readUsers,
    required: { query: ['companyId'] },
  },
  'GET /users/': {
    summary: 'Lists the users of a location',
    scope: readUsers,
    required: { query: ['locationId'] },
    notes: ['Deprecated by the vendor in favour of the search.'],
  },
}

/** The vendor declares neither a scope nor an answer for any of these. */
const preference = { answer: 'none', headers: dateOnly } satisfies Partial<NativeEndpoint>
const limits = { name: { maxLength: 100 }, description: { maxLength: 100 } }
const role = 'Requires the role of an admin of the agency or the account.'

export const preferenceEndpoints: NativeEndpoints<LeadConnectorPreferenceEndpoints> = {
  'GET /conversations/preferences/custom-subtypes': {
    ...preference,
    summary: 'Lists the kinds of messages that contacts can unsubscribe from, with the ids for `customSubtypeId`',
    required: { query: ['locationId'] },
  },
  'POST /conversations/preferences/custom-subtypes': {
    ...preference,
    summary: 'Creates a kind of messages that contacts can unsubscribe from',
    required: { query: ['locationId'], body: ['name', 'channel', 'language'] },
    limits,
    notes: [role],
  },
  'PUT /conversations/preferences/custom-subtypes/{id}': {
    ...preference,
    summary: 'Changes or archives a kind of messages that contacts can unsubscribe from',
    required: { query: ['locationId'] },
    limits,
    notes: [role],
  },
  'GET /conversations/preferences/unsubscriptions/status': {
    ...preference,
    summary: 'Reads what a contact is subscribed to',
    required: { query: ['locationId', 'contactId'] },
  },
  'POST /conversations/preferences/unsubscriptions/user-change': {
    ...preference,
    summary: 'Subscribes or unsubscribes a contact on behalf of a user',
    required: {
      body: [
        'locationId',
        'contactId',
        'email',
        'subscription_action',
        'subscription_action.type',
        'subscription_action.subtype_status',
      ],
    },
    check: checkSubscription,
    notes: [
      '`subtype_name` is required for the type `default`, `subtype_id` for `custom`.',
      '`legal_reason` is documented as required to subscribe a contact again.',
    ],
  },
}

const named: Readonly<Record<string, string>> = { default: 'subtype_name', custom: 'subtype_id' }

/** "Subscription action": the name of one of the vendor's own subtypes, or the id of one of the location's. */
function checkSubscription({ body }: NativeGiven): FieldProblem | undefined {
  const type = body('subscription_action.type')
  const field = typeof type === 'string' && Object.hasOwn(named, type) ? named[type] : undefined
  return field !== undefined && !body(`subscription_action.${field}`)
    ? { path: `body.subscription_action.${field}`, problem: `is required when type is ${String(type)}` }
    : undefined
}

const ids = ['knowledgeBaseId', 'locationId']

/** The vendor names no scope for these endpoints: any token of the location is accepted. */
export const knowledgeEndpoints: NativeEndpoints<LeadConnectorKnowledgeEndpoints> = {
  'GET /knowledge-bases/': { summary: 'Lists knowledge bases', required: { query: ['locationId'] } },
  'GET /knowledge-bases/{id}': { summary: 'Reads one knowledge base, and how much it holds' },
  'POST /knowledge-bases/': {
    summary: 'Creates a knowledge base',
    required: { body: ['name', 'locationId'] },
    notes: ['At most 15 per location.'],
  },
  'PUT /knowledge-bases/{id}': {
    summary: 'Renames or describes a knowledge base',
    notes: ['Documents differ on whether `name` and `locationId` are required.'],
  },
  'DELETE /knowledge-bases/{id}': { summary: 'Deletes a knowledge base' },
  'GET /knowledge-bases/faqs': { summary: 'Lists questions and answers', required: { query: ids } },
  'POST /knowledge-bases/faqs': {
    summary: 'Adds a question and its answer',
    required: { body: [...ids, 'question', 'answer'] },
  },
  'PUT /knowledge-bases/faqs/{id}': {
    summary: 'Replaces a question and its answer',
    required: { body: ['question', 'answer'] },
  },
  'DELETE /knowledge-bases/faqs/{id}': { summary: 'Deletes a question and its answer' },
  'GET /knowledge-bases/crawler': { summary: 'Lists the discovered pages', required: { query: ids } },
  'POST /knowledge-bases/crawler': {
    summary: 'Starts to discover pages',
    required: { body: [...ids, 'url', 'option'] },
  },
  'GET /knowledge-bases/crawler/status': {
    summary: 'Reads the progress of the page discovery',
    required: { query: ['operationId', ...ids] },
  },
  'POST /knowledge-bases/crawler/train': {
    summary: 'Adds discovered pages to the knowledge base',
    required: { body: [...ids, 'operationId', 'urlIds'] },
  },
  'DELETE /knowledge-bases/crawler': {
    summary: 'Removes pages from the knowledge base',
    required: { body: [...ids, 'urlIds'] },
  },
}

export const endpoints: NativeEndpoints<LeadConnectorEndpoints> = {
  ...agentEndpoints,
  ...actionEndpoints,
  ...conversationEndpoints,
  ...messageEndpoints,
  ...sendingEndpoints,
  ...fileEndpoints,
  ...preferenceEndpoints,
  ...contactEndpoints,
  ...userEndpoints,
  ...knowledgeEndpoints,
}
