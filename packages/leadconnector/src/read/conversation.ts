import {
  type AuthorKind,
  type Channel,
  type ContactSummary,
  type Control,
  type Conversation,
  compact,
  type MessagePreview,
  type OperatorSummary,
  type Payload,
  type PayloadReader,
  readTimestamp,
  type Term,
  type Timestamp,
} from '@parley/core'
import { isHtml, readHtml } from '@parley/core/html'
import { mapChannel, mapConversationType, mapDirection } from '../vocabulary.ts'
import type { LeadConnectorConversationPayload } from '../wire.ts'

type LeadConnectorConversation = Conversation<LeadConnectorConversationPayload>

/** No endpoint says whether the agent is active, paused or stopped for a contact. */
const control = (): Control => ({ holder: 'unknown', basis: 'none', native: null })

/**
 * Reads a conversation in each of its four shapes: the search (words, Unix milliseconds, display data), the get
 * (numbers, Firestore timestamps, no display data), the create and the update (ISO 8601).
 *
 * @param asked the requested id, because the answer to an update may omit it.
 */
export function readConversation(raw: Payload, reading: PayloadReader, asked?: string): LeadConnectorConversation {
  reading.asked(raw, asked, 'locationId')
  const lastChannel = readLastChannel(raw, reading)
  const empty = isEmpty(raw)
  const lastMessageAt = reading.time(raw, 'lastMessageDate')
  return compact<LeadConnectorConversation>({
    ...(reading.entity('conversation', reading.id(raw), raw) as LeadConnectorConversation),
    contact: readContactSummary(raw, reading),
    // The vendor has no open or closed conversations. It only says whether a conversation was deleted.
    status: raw['deleted'] === true ? { value: 'deleted', native: true } : { value: 'unknown', native: null },
    channel: empty ? readChannelOfType(raw, reading) : (lastChannel ?? readTellingType(raw, reading)),
    control: control(),
    assignee: readAssignee(raw, reading),
    unreadCount: reading.number(raw, 'unreadCount') ?? undefined,
    isStarred: reading.flag(raw, 'starred'),
    labels: reading.texts(raw, 'tags'),
    lastMessage: empty ? null : readPreview(raw, reading, lastMessageAt, lastChannel),
    lastActivityAt: lastMessageAt === undefined ? sortInstant(raw) : lastMessageAt,
    createdAt: reading.time(raw, 'dateAdded'),
    updatedAt: reading.time(raw, 'dateUpdated'),
  })
}

/** Whether a conversation has no messages. Its last message then has the type "no show" (number 100). */
const isEmpty = (raw: Payload): boolean => raw['lastMessageType'] === 'TYPE_NO_SHOW' || raw['lastMessageType'] === 100

const readLastChannel = (raw: Payload, reading: PayloadReader): Term<Channel> | undefined =>
  raw['lastMessageType'] == null ? undefined : reading.term(raw, 'lastMessageType', mapChannel)

const readChannelOfType = (raw: Payload, reading: PayloadReader): Term<Channel> | undefined =>
  raw['type'] == null ? undefined : reading.term(raw, 'type', mapConversationType)

/**
 * The channel of a conversation from a get, if its type is exact. The documented get has no last message, and its type is
 * the same for SMS, WhatsApp, web chat and calls.
 */
const readTellingType = (raw: Payload, reading: PayloadReader): Term<Channel> | undefined =>
  raw['type'] === 1 || raw['type'] === 'TYPE_PHONE' ? undefined : readChannelOfType(raw, reading)

function readContactSummary(raw: Payload, reading: PayloadReader): ContactSummary | undefined {
  const id = reading.text(raw, 'contactId')
  if (!id) return undefined
  return compact<ContactSummary>({
    id,
    ref: reading.ref('contact', id),
    name: readName(raw, reading),
    email: reading.text(raw, 'email'),
    phone: reading.text(raw, 'phone'),
  })
}

/** Either name may be missing or empty. */
function readName(raw: Payload, reading: PayloadReader): string | null | undefined {
  const fullName = reading.text(raw, 'fullName')
  const contactName = reading.text(raw, 'contactName')
  if (fullName === undefined && contactName === undefined) return undefined
  return fullName || contactName || null
}

function readAssignee(raw: Payload, reading: PayloadReader): OperatorSummary | null | undefined {
  const id = reading.text(raw, 'assignedTo')
  if (id === undefined) return undefined
  return id ? { id } : null
}

function readPreview(
  raw: Payload,
  reading: PayloadReader,
  at: Timestamp | null | undefined,
  channel: Term<Channel> | undefined,
): MessagePreview | undefined {
  const preview = compact<MessagePreview>({
    text: reading.text(raw, 'lastMessageBody'),
    at,
    author: previewAuthor(raw, reading, channel),
    channel,
  })
  const { text } = preview
  if (text && channel?.value === 'email' && isHtml(text)) {
    delete preview.text
    readHtml(reading, text, (said) => {
      preview.text = said
    })
  }
  return text === undefined && at == null && channel === undefined ? undefined : preview
}

/** An automated message may be the agent's or a workflow's. The search does not distinguish them. */
function previewAuthor(
  raw: Payload,
  reading: PayloadReader,
  channel: Term<Channel> | undefined,
): AuthorKind | undefined {
  const direction = reading.term(raw, 'lastMessageDirection', mapDirection)?.value
  const action = reading.text(raw, 'lastOutboundMessageAction')
  if (channel?.value === 'system') return 'system'
  if (channel?.value === 'internal') return 'operator'
  if (direction === 'inbound') return 'contact'
  if (direction !== 'outbound') return undefined
  return action === 'manual' ? 'operator' : 'unknown'
}

/** The value that the list is sorted by, used if the date is missing. */
const sortInstant = (raw: Payload): Timestamp | undefined =>
  Array.isArray(raw['sort']) ? readTimestamp(raw['sort'][0]) : undefined
