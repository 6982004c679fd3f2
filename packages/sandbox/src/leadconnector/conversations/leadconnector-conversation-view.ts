import { iso, type Json, withoutUndefined } from '../leadconnector-json.ts'
import { codeOf } from '../messages/leadconnector-message-types.ts'
import type { ContactRecord, ConversationRecord, MessageRecord } from '../state/leadconnector-records.ts'
import type { LocationState, State } from '../state/leadconnector-state.ts'
import { lastMessage, visibleMessages } from '../state/leadconnector-timeline.ts'

/** What the conversation's messages say about it at this moment. */
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
    // An empty conversation carries a type of its own that no table lists.
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

/** The search: names and text, and every date a number. */
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
    // Null and absent both occur, so a missing phone is left out where a missing email is null.
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

/** The single read: numbers for words, no name, no text, and a date in the form of the vendor's database. */
export function showGotten(state: State, location: LocationState, summary: Summary, now: number): Json {
  const { conversation, contact, last, lastMessageDate } = summary
  const seconds = Math.floor(lastMessageDate / 1000)
  const nanoseconds = (lastMessageDate % 1000) * 1_000_000
  const underscored = state.settings.conversationGetDate === 'underscored'
  return withoutUndefined({
    id: conversation.id,
    contactId: conversation.contactId,
    locationId: location.id,
    deleted: conversation.deleted,
    // Declared as always there; live they are missing when nothing is unread.
    ...(conversation.unreadCount > 0 && { inbox: true, unreadCount: conversation.unreadCount }),
    type: kinds.indexOf(kindOf(conversation)) + 1,
    starred: conversation.starred,
    assignedTo: contact?.assignedTo ?? undefined,
    lastMessageType: last?.typeCode ?? codeOf(summary.lastMessageType),
    lastMessageDate: underscored ? { _seconds: seconds, _nanoseconds: nanoseconds } : { seconds, nanoseconds },
    messageTypes: typesIn(conversation, now),
  })
}

/** The answer to an update: dates as text. */
export function showUpdated(location: LocationState, summary: Summary): Json {
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
