import type { NativeEndpoints } from '@parley/core'
import { checkUpload } from './leadconnector-native-check-upload.ts'
import { readFiles, readMessages, writeLiveChat, writeMessages } from './leadconnector-native-scopes.ts'
import type { LeadConnectorFileEndpoints } from './leadconnector-native-types-files.ts'
import type { LeadConnectorSendingEndpoints } from './leadconnector-native-types-sending.ts'

/** `subType` and `status` of a send, and some ids of an added message, are declared as required; live calls need none. */
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
    notes: ['A wrong token is answered with a 500.'],
  },
  'POST /conversations/messages/outbound': {
    summary: 'Adds a call that was made elsewhere',
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
    summary: 'Uploads files, to be attached to a message',
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
    summary: 'Reads what was said in a call, sentence by sentence',
    scope: readMessages,
  },
  'GET /conversations/locations/{locationId}/messages/{messageId}/transcription/download': {
    summary: 'Reads what was said in a call, as one text',
    scope: readMessages,
    answer: 'text',
  },
  'GET /files/d/{slug}': {
    summary: 'Gives the short-lived address of a private file, by the last part of `…/files/d/{slug}`',
    scope: readFiles,
  },
}
