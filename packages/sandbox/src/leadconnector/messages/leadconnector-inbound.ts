import { parseInstant } from '../../kit/parse-instant.ts'
import { storedText } from '../../kit/sending.ts'
import { letBotAnswer } from '../agents/leadconnector-bot.ts'
import { conversationFor } from '../conversations/leadconnector-start-conversation.ts'
import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { badRequest, created, invalid, type Reply } from '../http/leadconnector-reply.ts'
import { list, needed, object, oneOf, optional, string, violations } from '../http/leadconnector-rules.ts'
import { isJson, iso, type Json, listOf, textOf, withoutUndefined } from '../leadconnector-json.ts'
import { newId } from '../state/leadconnector-new-id.ts'
import type { ConversationRecord, MessageRecord } from '../state/leadconnector-records.ts'
import type { State } from '../state/leadconnector-state.ts'
import { announceMessage, announceUnread } from '../webhooks/leadconnector-announce-message.ts'
import { callRule } from './leadconnector-call-rule.ts'
import { noContact, noConversation } from './leadconnector-message-missing.ts'
import { inboundTypes, messageTypeOf } from './leadconnector-message-types.ts'
import { checkProvider } from './leadconnector-providers.ts'
import { writeMessage } from './leadconnector-write-message.ts'

export const inboundEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'POST',
    path: '/conversations/messages/inbound',
    family: 'conversations',
    scope: 'conversations/message.write',
    isSend: true,
    handle: addInbound,
  },
]

const needsProvider = new Set(['Custom', 'Call'])

function addInbound(call: LocationCall): Reply {
  const { body, location, state, token } = call
  const broken = violations(
    {
      type: needed(oneOf(...inboundTypes)),
      conversationId: optional(string),
      contactId: optional(string),
      message: optional(string),
      attachments: optional(list(string)),
      direction: optional(oneOf('inbound', 'outbound')),
      date: optional(string),
      call: optional(object(callRule)),
    },
    body,
  )
  if (broken.length > 0) return invalid(broken)
  const type = String(body['type'])
  const providerId = textOf(body['conversationProviderId'])
  if (needsProvider.has(type) && providerId === null) return badRequest('conversationProviderId is required')
  const refusal = checkProvider(token, providerId)
  if (refusal) return refusal
  const at = body['date'] === undefined ? call.now : parseInstant(String(body['date']))
  if (Number.isNaN(at)) return badRequest('date must be a valid ISO 8601 date string')
  if (state.settings.inbound === 'empty') return created({})

  // Declared as both required; either one is enough.
  const wanted = textOf(body['conversationId'])
  const known = wanted === null ? null : location.conversations.get(wanted)
  if (wanted !== null && (!known || known.deleted)) return noConversation(wanted)
  const contactId = known?.contactId ?? textOf(body['contactId'])
  if (contactId === null) return badRequest('conversationId or contactId is required')
  if (!location.contacts.has(contactId)) return noContact(contactId)
  const isLost = state.settings.inbound === 'lost' || state.settings.sends === 'lost'
  if (isLost) return lost(call, known?.id ?? newId(state, 'conversation'), contactId, at)

  const conversation = known ?? conversationFor(state, location, contactId)
  const message = store(call, conversation, type, at)
  if (message.direction === 'inbound') letBotAnswer(state, location, conversation, message, type)
  return answered(conversation, message)
}

function store(
  { body, location, state, now }: LocationCall,
  conversation: ConversationRecord,
  type: string,
  at: number,
) {
  const direction = body['direction'] === 'outbound' ? 'outbound' : 'inbound'
  const call = isJson(body['call']) ? body['call'] : null
  const email = type === 'Email'
  const message = writeMessage(
    location,
    conversation,
    {
      id: newId(state, 'message'),
      messageType: messageTypeOf(type),
      at,
      visibleAt: now + state.settings.hideSentMs,
      direction,
      status: 'delivered',
      contentType: 'text/plain',
      attachments: listOf(body['attachments']),
      ...(textOf(body['message']) && { body: storedText(state.settings, String(body['message'])) }),
      ...(textOf(body['altId']) && { altId: String(body['altId']) }),
      ...(textOf(body['conversationProviderId']) && { conversationProviderId: String(body['conversationProviderId']) }),
      ...(call && { call: { duration: 0, status: String(call['status'] ?? 'completed') } }),
      ...(email && { emailIds: [newId(state, 'email')] }),
    },
    [emailOf(body, state.settings)],
  )
  announceMessage(state, location, message)
  if (direction === 'inbound') {
    conversation.unreadCount += 1
    announceUnread(state, location, conversation)
  }
  return message
}

const emailOf = (body: Json, settings: State['settings']) => ({
  subject: textOf(body['subject']) ?? undefined,
  html: storedText(settings, textOf(body['html'])) ?? undefined,
  from: textOf(body['emailFrom']) ?? undefined,
  to: textOf(body['emailTo']) ? [String(body['emailTo'])] : undefined,
  cc: listOf(body['emailCc']),
  bcc: listOf(body['emailBcc']),
  threadId: textOf(body['emailMessageId']) ?? undefined,
  altId: textOf(body['altId']) ?? undefined,
})

/** `message` is declared and never there. */
function answered(conversation: ConversationRecord, message: MessageRecord): Reply {
  return created(
    withoutUndefined({
      success: true,
      conversationId: conversation.id,
      messageId: message.id,
      contactId: conversation.contactId,
      dateAdded: iso(message.at),
      emailMessageId: message.emailIds?.[0],
    }),
  )
}

function lost({ state }: LocationCall, conversationId: string, contactId: string, at: number): Reply {
  return created({ success: true, conversationId, messageId: newId(state, 'message'), contactId, dateAdded: iso(at) })
}
