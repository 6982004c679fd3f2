import { announceUnread } from './announce.ts'
import {
  any,
  badRequest,
  boolean,
  created,
  invalid,
  type LocationCall,
  type LocationEndpoint,
  needed,
  number,
  ok,
  optional,
  type Reply,
  string,
  violations,
} from './http.ts'
import { codeOf } from './message-types.ts'
import { noContact, noConversation } from './messages.ts'
import {
  type ContactRecord,
  type ConversationRecord,
  iso,
  type Json,
  type MessageRecord,
  withoutUndefined,
} from './records.ts'
import { conversationOfContact, type LocationState, lastMessage, newId, type State, visibleMessages } from './state.ts'

const read = { family: 'conversations', scope: 'conversations.readonly' } as const
const write = { family: 'conversations', scope: 'conversations.write' } as const
const one = '/conversations/:conversationId'

export const conversationEndpoints: readonly LocationEndpoint[] = [
  { ...read, method: 'GET', path: one, handle: getConversation },
  { ...write, method: 'POST', path: '/conversations/', handle: createConversation },
  { ...write, method: 'PUT', path: one, handle: updateConversation },
  { ...write, method: 'DELETE', path: one, handle: deleteConversation },
]

function find({ location, params, state }: LocationCall): ConversationRecord | null {
  const found = location.conversations.get(params['conversationId'] ?? '')
  return found && (!found.deleted || state.settings.deletedConversations === 'marked') ? found : null
}

function getConversation(call: LocationCall): Reply {
  const conversation = find(call)
  if (!conversation) return noConversation(call.params['conversationId'])
  return ok(showGotten(call.state, call.location, summarize(call.location, conversation, call.now), call.now))
}

function createConversation(call: LocationCall): Reply {
  const { body, location, state } = call
  const broken = violations({ locationId: needed(string), contactId: needed(string) }, body)
  if (broken.length > 0) return invalid(broken)
  const contactId = String(body['contactId'])
  if (!location.contacts.has(contactId)) return noContact(contactId)
  if (conversationOfContact(location, contactId)) {
    return badRequest(`Conversation with the contact id:${contactId} already exists!`)
  }
  const conversation = startConversation(state, location, contactId)
  const at = iso(conversation.createdAt)
  return created({
    success: true,
    conversation: {
      id: conversation.id,
      dateUpdated: at,
      dateAdded: at,
      deleted: false,
      contactId,
      locationId: location.id,
      lastMessageDate: at,
    },
  })
}

function updateConversation(call: LocationCall): Reply {
  const { body, location, now } = call
  const conversation = find(call)
  if (!conversation) return noConversation(call.params['conversationId'])
  const broken = violations(
    {
      locationId: needed(string),
      unreadCount: optional(number(0)),
      starred: optional(boolean),
      feedback: optional(any),
    },
    body,
  )
  if (broken.length > 0) return invalid(broken)
  if (typeof body['unreadCount'] === 'number') conversation.unreadCount = body['unreadCount']
  if (typeof body['starred'] === 'boolean') conversation.starred = body['starred']
  if (body['feedback'] !== undefined) conversation.feedback = body['feedback']
  conversation.updatedAt = now
  announceUnread(call.state, location, conversation)
  return ok({ success: true, conversation: showUpdated(location, summarize(location, conversation, now)) })
}

function deleteConversation(call: LocationCall): Reply {
  const conversation = find(call)
  if (!conversation || conversation.deleted) return noConversation(call.params['conversationId'])
  conversation.deleted = true
  conversation.updatedAt = call.now
  for (const { id } of conversation.messages) call.location.messages.delete(id)
  announceUnread(call.state, call.location, conversation)
  return ok({ success: true })
}

function startConversation(state: State, location: LocationState, contactId: string): ConversationRecord {
  const now = state.context.now()
  const conversation: ConversationRecord = {
    id: newId(state, 'conversation'),
    contactId,
    createdAt: now,
    searchableAt: now + state.settings.searchLagMs,
    updatedAt: now,
    unreadCount: 0,
    starred: false,
    deleted: false,
    feedback: undefined,
    followers: [],
    mentions: [],
    score: 0,
    messages: [],
    botSleepsUntil: 0,
    botAnswers: 0,
  }
  location.conversations.set(conversation.id, conversation)
  return conversation
}

/** The contact's conversation, created on the first send. A contact has only one. */
export function conversationFor(state: State, location: LocationState, contactId: string): ConversationRecord {
  return conversationOfContact(location, contactId) ?? startConversation(state, location, contactId)
}

/** The fields of a conversation that follow from its messages. */
export interface Summary {
  readonly conversation: ConversationRecord
  readonly contact: ContactRecord | null
  readonly last: MessageRecord | null
  readonly lastManual: MessageRecord | null
  readonly lastOutbound: MessageRecord | null
  readonly lastMessageType: string
  readonly lastMessageDate: number
}

export function summarize(location: LocationState, conversation: ConversationRecord, now: number): Summary {
  const last = lastMessage(conversation, now)
  return {
    conversation,
    contact: location.contacts.get(conversation.contactId) ?? null,
    last,
    lastManual: lastMessage(conversation, now, isManual),
    lastOutbound: lastMessage(conversation, now, ({ direction }) => direction === 'outbound'),
    // An empty conversation has a type of its own, which no table lists.
    lastMessageType: last?.messageType ?? 'TYPE_NO_SHOW',
    lastMessageDate: last?.at ?? conversation.createdAt,
  }
}

export const isManual = ({ direction, userId }: MessageRecord): boolean =>
  direction === 'outbound' && userId !== undefined

/** 1 phone, 2 email, 3 Messenger, 4 review, 5 group SMS, 6 internal chat. */
const kinds = ['TYPE_PHONE', 'TYPE_EMAIL', 'TYPE_FB_MESSENGER', 'TYPE_REVIEW', 'TYPE_GROUP_SMS', 'TYPE_INTERNAL_CHAT']

function kindOf({ messages }: ConversationRecord): string {
  const first = messages[0]?.messageType ?? ''
  if (first.includes('EMAIL')) return 'TYPE_EMAIL'
  if (first.includes('FACEBOOK')) return 'TYPE_FB_MESSENGER'
  return first.includes('REVIEW') ? 'TYPE_REVIEW' : 'TYPE_PHONE'
}

const typesIn = (conversation: ConversationRecord, now: number): number[] => [
  ...new Set(visibleMessages(conversation, now).map(({ typeCode, messageType }) => typeCode ?? codeOf(messageType))),
]

/** A conversation in a search result: with names, the last text, and all dates as numbers. */
export function showFound(location: LocationState, summary: Summary, sort: readonly number[], now: number): Json {
  const { conversation, contact, last, lastManual, lastOutbound } = summary
  const name = [contact?.firstName, contact?.lastName].filter((part) => part).join(' ')
  const lastWhatsApp = lastMessage(
    conversation,
    now,
    ({ direction, messageType }) => direction === 'inbound' && messageType === 'TYPE_WHATSAPP',
  )
  return withoutUndefined({
    id: conversation.id,
    contactId: conversation.contactId,
    locationId: location.id,
    type: kindOf(conversation),
    lastMessageBody: last ? (last.body ?? '') : undefined,
    lastMessageType: summary.lastMessageType,
    lastMessageDate: summary.lastMessageDate,
    lastMessageDirection: last?.direction,
    lastOutboundMessageAction: lastOutbound ? (isManual(lastOutbound) ? 'manual' : 'automated') : undefined,
    lastManualMessageDate: lastManual?.at,
    lastInboundWhatsappMessageDate: lastWhatsApp?.at,
    isLastMessageInternalComment: last ? last.messageType === 'TYPE_INTERNAL_COMMENT' : undefined,
    unreadCount: conversation.unreadCount,
    fullName: name,
    contactName: name === '' ? undefined : name,
    companyName: contact?.companyName ?? null,
    email: contact?.email ?? null,
    // Both null and missing fields occur, so a missing phone is omitted and a missing email is null.
    phone: contact?.phone ?? undefined,
    profilePhoto: null,
    attributed: null,
    assignedTo: contact?.assignedTo ?? undefined,
    followers: conversation.followers,
    mentions: conversation.mentions,
    tags: contact?.tags ?? [],
    scoring: [],
    messageTypes: typesIn(conversation, now),
    dateAdded: conversation.createdAt,
    dateUpdated: Math.max(conversation.updatedAt, summary.lastMessageDate),
    sort,
  })
}

/**
 * A conversation in a single read: numeric types, no name, no text, and a date in the format of the vendor's database.
 */
function showGotten(state: State, location: LocationState, summary: Summary, now: number): Json {
  const { conversation, contact, last, lastMessageDate } = summary
  const seconds = Math.floor(lastMessageDate / 1000)
  const nanoseconds = (lastMessageDate % 1000) * 1_000_000
  const underscored = state.settings.conversationGetDate === 'underscored'
  return withoutUndefined({
    id: conversation.id,
    contactId: conversation.contactId,
    locationId: location.id,
    deleted: conversation.deleted,
    // Declared as required. Live responses omit them when nothing is unread.
    ...(conversation.unreadCount > 0 && { inbox: true, unreadCount: conversation.unreadCount }),
    type: kinds.indexOf(kindOf(conversation)) + 1,
    starred: conversation.starred,
    assignedTo: contact?.assignedTo ?? undefined,
    lastMessageType: last?.typeCode ?? codeOf(summary.lastMessageType),
    lastMessageDate: underscored ? { _seconds: seconds, _nanoseconds: nanoseconds } : { seconds, nanoseconds },
    messageTypes: typesIn(conversation, now),
  })
}

/** The response to an update. Its dates are strings. */
function showUpdated(location: LocationState, summary: Summary): Json {
  const { conversation, contact, last } = summary
  return withoutUndefined({
    id: conversation.id,
    locationId: location.id,
    contactId: conversation.contactId,
    assignedTo: contact?.assignedTo ?? undefined,
    lastMessageBody: last?.body,
    lastMessageDate: iso(summary.lastMessageDate),
    lastMessageType: last?.typeCode ?? codeOf(summary.lastMessageType),
    unreadCount: conversation.unreadCount,
    inbox: conversation.unreadCount > 0,
    starred: conversation.starred,
    deleted: conversation.deleted,
    dateAdded: iso(conversation.createdAt),
    dateUpdated: iso(conversation.updatedAt),
  })
}
