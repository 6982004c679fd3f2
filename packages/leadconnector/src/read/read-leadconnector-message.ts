import type {
  Author,
  CallDetails,
  Direction,
  Message,
  MessageType,
  Raw,
  Reading,
  SourcesState,
  Term,
} from '@parley/core'
import { isHtml, readHtml } from '@parley/core/html'
import { Unreadable } from '@parley/core/read'
import { mapLeadConnectorCallStatus } from '../map/map-leadconnector-call-status.ts'
import { mapLeadConnectorChannel } from '../map/map-leadconnector-channel.ts'
import { mapLeadConnectorDirection } from '../map/map-leadconnector-direction.ts'
import { mapLeadConnectorMessageStatus } from '../map/map-leadconnector-message-status.ts'
import { mapLeadConnectorMessageType } from '../map/map-leadconnector-message-type.ts'
import type { LeadConnectorMessagePayload } from '../wire/message.ts'
import { readAttachments, recordingOf } from './read-leadconnector-attachment.ts'
import { readAuthor } from './read-leadconnector-author.ts'

/**
 * Reads a message of a list or a get.
 *
 * @param conversationId the conversation it was asked for, where the message does not say.
 */
export function readMessage(raw: Raw, reading: Reading, conversationId?: string): Message<LeadConnectorMessagePayload> {
  const id = reading.id(raw)
  const typeKey = raw['messageType'] != null ? 'messageType' : 'type'
  const type = readType(raw, typeKey, reading)
  const author = readAuthor(raw, type.value, reading)
  const conversation = reading.text(raw, 'conversationId') || conversationId
  if (!conversation) throw new Unreadable(reading.at('conversationId'))

  const message = reading.entity('message', id, raw) as Message<LeadConnectorMessagePayload>
  const contactId = reading.text(raw, 'contactId')
  if (contactId) message.contactId = contactId
  message.conversationId = conversation
  message.type = type
  message.direction = readDirection(raw, type.value, reading)
  message.author = author
  message.sourcesState = sourcesStateOf(author)
  if (type.native !== null) {
    message.channel = { value: mapLeadConnectorChannel(type.native), native: type.native }
  }
  readBody(message, raw, type.value, reading)
  const status = raw['status'] == null ? undefined : reading.term(raw, 'status', mapLeadConnectorMessageStatus)
  if (status !== undefined) message.status = status
  const failure = reading.text(raw, 'error')
  if (failure !== undefined) message.failure = failure
  const attachments = readAttachments(raw, id, reading)
  if (attachments !== undefined) message.attachments = attachments
  const externalId = reading.text(raw, 'altId')
  if (externalId !== undefined) message.externalId = externalId
  if (raw['meta'] != null) readMeta(message, raw, type.value, reading)
  if (message.call && !attachments?.length && wasSpoken(message.call)) {
    message.attachments = [recordingOf(id, reading)]
  }
  const createdAt = reading.time(raw, 'dateAdded')
  if (createdAt !== undefined) message.createdAt = createdAt
  const updatedAt = reading.time(raw, 'dateUpdated')
  if (updatedAt !== undefined) message.updatedAt = updatedAt
  return message
}

function readType(raw: Raw, key: string, reading: Reading): Term<MessageType> {
  return raw[key] == null
    ? { value: 'unknown', native: null }
    : (reading.term(raw, key, mapLeadConnectorMessageType) ?? { value: 'unknown', native: null })
}

function readDirection(raw: Raw, type: MessageType | 'unknown', reading: Reading): Direction {
  if (type === 'note') return 'internal'
  // The platform writes into the timeline for staff; only a live chat's info lines are shown to the visitor as well.
  if (type === 'activity' && !/info/i.test(String(raw['messageType']))) return 'internal'
  const native = raw['direction']
  if (native === 'inbound' || native === 'outbound') return native
  return native == null ? 'unknown' : (reading.term(raw, 'direction', mapLeadConnectorDirection)?.value ?? 'unknown')
}

/** The agent's messages have a generation, and a workflow's may have one when an agent wrote inside it. */
const sourcesStateOf = (author: Author): SourcesState =>
  author.kind === 'agent' || author.native === 'workflow' ? 'fetchable' : 'unavailable'

/** Lists leave the body of an email out; a call or an activity has none. */
function readBody(message: Message, raw: Raw, type: MessageType | 'unknown', reading: Reading): void {
  const body = reading.text(raw, 'body')
  if (typeof body === 'string') setBody(message, body, raw, reading, type === 'email')
  else if (type !== 'email') message.text = type === 'activity' ? readActivityTitle(raw, reading) : null
}

/**
 * Sets what was written, which is HTML where the vendor says so. Of emails it says `text/plain` also of HTML, so their
 * text is looked at; of a plain one nothing is lost then.
 */
export function setBody(message: Message, body: string, raw: Raw, reading: Reading, isEmail: boolean): void {
  const { contentType } = raw
  const isDeclared = typeof contentType === 'string' && /^\s*text\/html\b/i.test(contentType)
  if (!isDeclared && !(isEmail && isHtml(body))) {
    message.text = body
    return
  }
  message.html = body
  const own = reading.text(raw, 'plainText')
  // The text that the vendor made of the HTML, where it sends it (in webhooks): better than ours.
  if (own) message.text = own
  else
    readHtml(reading, body, (text) => {
      message.text = text
    })
}

const readActivityTitle = (raw: Raw, reading: Reading): string | null =>
  reading.nested(raw, 'activity', (activity) => reading.text(activity, 'title')) ?? null

function readMeta(message: Message, raw: Raw, type: MessageType | 'unknown', reading: Reading): void {
  reading.nested(raw, 'meta', (meta) => {
    const ids = readEmailIds(meta, reading)
    if (ids) message.email = { ids }
    const call = type === 'call' ? readCall(meta, reading) : undefined
    if (call) message.call = call
  })
}

/** Documented as `email.email.messageIds`, sent as `email.messageIds`. */
const readEmailIds = (meta: Raw, reading: Reading): string[] | undefined =>
  reading.nested(
    meta,
    'email',
    (email) =>
      reading.texts(email, 'messageIds') ??
      reading.nested(email, 'email', (inner) => reading.texts(inner, 'messageIds')),
  ) ?? undefined

/** Documented as `callDuration` and `callStatus`, sent as `call.duration` and `call.status`. */
function readCall(meta: Raw, reading: Reading): CallDetails | undefined {
  const nested = reading.nested(meta, 'call', (call) => callOf(call, '', reading))
  const call = nested ?? callOf(meta, 'call', reading)
  return call.duration === undefined && call.status === undefined ? undefined : call
}

/** Nobody can have recorded a call in which nobody spoke. */
const wasSpoken = ({ duration, status }: CallDetails): boolean => !!duration || status?.value === 'voicemail'

function callOf(raw: Raw, prefix: '' | 'call', reading: Reading): CallDetails {
  const call: CallDetails = {}
  const duration = reading.number(raw, prefix ? 'callDuration' : 'duration')
  if (duration !== undefined) call.duration = duration
  const statusKey = prefix ? 'callStatus' : 'status'
  const status = raw[statusKey] == null ? undefined : reading.term(raw, statusKey, mapLeadConnectorCallStatus)
  if (status !== undefined) call.status = status
  return call
}
