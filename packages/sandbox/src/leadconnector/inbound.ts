import { parseInstant } from '../kit/clock.ts'
import { type PlantedMessage, storedText } from '../kit/emulator.ts'
import { announceMessage, announceUnread } from './announce.ts'
import { letBotAnswer, makeGeneration } from './bot.ts'
import { conversationFor } from './conversations.ts'
import {
  badRequest,
  created,
  invalid,
  type LocationCall,
  type LocationEndpoint,
  list,
  needed,
  object,
  ok,
  oneOf,
  optional,
  type Reply,
  type Shape,
  string,
  violations,
} from './http.ts'
import { inboundTypes, messageTypeOf } from './message-types.ts'
import { noContact, noConversation } from './messages.ts'
import {
  type ConversationRecord,
  isJson,
  iso,
  type Json,
  listOf,
  type MessageRecord,
  textOf,
  withoutUndefined,
} from './records.ts'
import { type LocationState, newId, type State } from './state.ts'
import { checkProvider, type Draft, writeMessage } from './write-message.ts'

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

  // Both are declared as required, but either one is enough.
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

/** `message` is declared, but no response has it. */
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

export const outboundCallEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'POST',
    path: '/conversations/messages/outbound',
    family: 'conversations',
    scope: 'conversations/message.write',
    isSend: true,
    handle: addOutboundCall,
  },
]

function addOutboundCall({ body, location, state, token, now }: LocationCall): Reply {
  const broken = violations(
    {
      type: needed(oneOf('Call')),
      conversationId: needed(string),
      conversationProviderId: needed(string),
      attachments: optional(list(string)),
      altId: optional(string),
      date: optional(string),
      call: optional(object(callRule)),
    },
    body,
  )
  if (broken.length > 0) return invalid(broken)
  const refusal = checkProvider(token, textOf(body['conversationProviderId']))
  if (refusal) return refusal
  const conversation = location.conversations.get(String(body['conversationId']))
  if (!conversation || conversation.deleted) return noConversation(body['conversationId'])
  const given = isJson(body['call']) ? body['call'] : {}
  const to = textOf(given['to'])
  const phone = location.contacts.get(conversation.contactId)?.phone
  if (to !== null && to !== phone) return badRequest('The number of the call does not match the contact')
  const at = body['date'] === undefined ? now : parseInstant(String(body['date']))
  if (Number.isNaN(at)) return badRequest('date must be a valid ISO 8601 date string')
  const status = textOf(given['status']) ?? 'completed'
  const message = writeMessage(location, conversation, {
    id: newId(state, 'message'),
    messageType: messageTypeOf('Call'),
    at,
    direction: 'outbound',
    status,
    source: 'api',
    attachments: listOf(body['attachments']),
    conversationProviderId: String(body['conversationProviderId']),
    call: { duration: 0, status },
    ...(textOf(body['altId']) && { altId: String(body['altId']) }),
    ...(textOf(given['from']) && { from: String(given['from']) }),
    ...(to !== null && { to }),
  })
  announceMessage(state, location, message)
  const { id: conversationId, contactId } = conversation
  return ok({ success: true, conversationId, messageId: message.id, contactId, dateAdded: iso(at) })
}

/** The rule for the `call` object of an added call. */
const callRule: Shape = {
  to: optional(string),
  from: optional(string),
  status: optional(oneOf('pending', 'completed', 'answered', 'busy', 'no-answer', 'failed', 'canceled', 'voicemail')),
}

/** Adds a message that the app, a bot or an automation wrote. */
export function plantMessage(state: State, conversationId: string, planted: PlantedMessage): string | null {
  const { location, conversation } = placeOf(state, conversationId)
  const kind = kindOf(state, planted)
  const { at, by, text } = planted
  // In the specification every message has a date.
  if (!kind || (at === null && state.settings.shapes === 'documented')) return null
  const inbound = by === 'contact'
  const id = newId(state, 'message')
  const message = writeMessage(
    location,
    conversation,
    {
      id,
      at: at ?? state.context.now(),
      direction: inbound ? 'inbound' : 'outbound',
      contentType: 'text/plain',
      attachments: [],
      status: 'delivered',
      ...(!inbound && speakerOf(state, planted)),
      ...(at === null && { isUndated: true }),
      ...kind,
    },
    [{}],
  )
  if (by === 'agent') addGeneration(location, conversation, message, text)
  return id
}

function placeOf({ locations }: State, id: string): { location: LocationState; conversation: ConversationRecord } {
  for (const location of locations.values()) {
    const conversation = location.conversations.get(id)
    if (conversation) return { location, conversation }
  }
  throw new RangeError('No such conversation')
}

function kindOf(
  state: State,
  { by, kind = 'text', text, operatorId }: PlantedMessage,
): (Partial<Draft> & { messageType: string }) | null {
  switch (kind) {
    case 'text':
      return by === 'system' ? null : { messageType: 'TYPE_SMS', body: text }
    case 'email':
      return by === 'system' ? null : { messageType: 'TYPE_EMAIL', body: text, emailIds: [newId(state, 'email')] }
    case 'call':
      // The spoken words are in the transcription, not in the message.
      return by === 'system' ? null : { messageType: 'TYPE_CALL', call: { duration: 60, status: 'completed' } }
    case 'note':
      return by === 'operator'
        ? { messageType: 'TYPE_INTERNAL_COMMENT', body: text, mentions: [], userId: operatorId ?? state.userId }
        : null
    case 'activity':
      return {
        messageType: 'TYPE_ACTIVITY_CONTACT',
        activity: { type: 'system', title: text, data: {} },
      }
  }
}

function speakerOf(state: State, { by, operatorId }: PlantedMessage): Partial<Draft> {
  if (by === 'operator') return { source: 'app', userId: operatorId ?? state.userId }
  return by === 'system' ? {} : { source: by === 'workflow' ? 'workflow' : 'app' }
}

/** Adds the generation of an agent's message. */
function addGeneration(
  location: LocationState,
  conversation: ConversationRecord,
  message: MessageRecord,
  text: string,
): void {
  const [agent] = location.agents.values()
  if (!agent) return
  const history = conversation.messages.filter(({ id }) => id !== message.id)
  const input = history.findLast(({ direction }) => direction === 'inbound')?.body ?? ''
  location.generations.set(
    message.id,
    makeGeneration({ messageId: message.id, agent, input, text, articles: [], history, visibleAt: 0 }),
  )
}
