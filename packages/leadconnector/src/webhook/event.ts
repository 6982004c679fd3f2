import type { EventKind, Message, Payload, PayloadReader, Ref } from '@parley/core'
import { DecodeError, isRecord } from '@parley/core/read'
import type { EventDraft, EventFields } from '@parley/core/webhook'
import { readContact } from '../read/contact.ts'
import { addEmail, readMessage } from '../read/message.ts'
import { mapEmailEvent, mapMessageType } from '../vocabulary.ts'

/**
 * Whether a request is one to the delivery URL of a conversation provider. It has no envelope, and its `type` is a kind of
 * message (`SMS`, `Email`, `Custom`), so it is recognized by its fields.
 */
export const isDeliveryRequest = (fields: Payload): boolean =>
  typeof fields['messageId'] === 'string' &&
  typeof fields['contactId'] === 'string' &&
  ['message', 'html', 'phone', 'emailTo', 'attachments'].some((field) => fields[field] !== undefined)

const readDeliveryRequest = (fields: Payload, reading: PayloadReader): EventFields => ({
  kind: 'message.delivery-requested',
  message: reading.ref('message', reading.id(fields, 'messageId')),
  contact: contactOf(fields, reading),
})

/** The kinds of events about one kind of entity: `contact.created`, `contact.updated` and so on. */
type KindsOf<Thing extends string> = Extract<EventKind, `${Thing}.${string}`>

type ReadEvent = (fields: Payload, reading: PayloadReader) => EventFields

/** The contact that an event names in addition to its own entity. */
function contactOf(fields: Payload, reading: PayloadReader): Ref | undefined {
  const id = reading.text(fields, 'contactId')
  return id ? reading.ref('contact', id) : undefined
}

const readUnreadUpdate: ReadEvent = (fields, reading) => ({
  kind: 'conversation.updated',
  conversation: reading.ref('conversation', reading.id(fields)),
  contact: contactOf(fields, reading),
  changes: readChanges(fields, reading),
})

function readChanges(fields: Payload, reading: PayloadReader) {
  const unreadCount = reading.number(fields, 'unreadCount')
  const isStarred = reading.flag(fields, 'starred')
  const isDeleted = reading.flag(fields, 'deleted')
  return {
    ...(typeof unreadCount === 'number' && { unreadCount }),
    ...(isStarred !== undefined && { isStarred }),
    ...(isDeleted !== undefined && { isDeleted }),
  }
}

/** A visitor of the live chat was identified, and the messages were moved to that person's conversation. */
const readMerge: ReadEvent = (fields, reading) => ({
  kind: 'conversation.merged',
  conversation: reading.ref('conversation', reading.id(fields, 'newConversationId')),
  merged: reading.ref('conversation', reading.id(fields, 'oldConversationId')),
  contact: contactOf(fields, reading),
})

const readContactEvent =
  (kind: KindsOf<'contact'>): ReadEvent =>
  (fields, reading) => {
    const snapshot = readContact(fields, reading)
    return { kind, contact: snapshot.ref, snapshot }
  }

const readNoteEvent =
  (kind: KindsOf<'note'>): ReadEvent =>
  (fields, reading) => ({ kind, noteId: reading.id(fields), contact: contactOf(fields, reading) })

const readTaskEvent =
  (kind: KindsOf<'task'>): ReadEvent =>
  (fields, reading) => ({ kind, taskId: reading.id(fields), contact: contactOf(fields, reading) })

const readOperatorEvent =
  (kind: KindsOf<'operator'>): ReadEvent =>
  (fields, reading) => ({ kind, operatorId: reading.id(fields) })

const readKnowledgeBaseEvent =
  (kind: KindsOf<'knowledge-base'>): ReadEvent =>
  (fields, reading) => ({ kind, knowledgeBaseId: reading.id(fields) })

/** A report about an email. It names only the address, not the message or the contact. */
function readEmailReport(fields: Payload, reading: PayloadReader): EventFields {
  const report = fields['webhookPayload']
  if (!isRecord(report)) throw new DecodeError('webhookPayload')
  return {
    kind: 'email.reported',
    status: reading.term(report, 'event', mapEmailEvent) ?? { value: 'unknown', native: null },
    recipient: reading.text(report, 'recipient'),
  }
}

/**
 * An inbound or outbound message. Some events were seen without the message's id. Such an event only says that the
 * conversation has changed, because the id of the email in it is not the message's id.
 */
function readMessageEvent(fields: Payload, reading: PayloadReader): EventFields {
  const conversation = reading.ref('conversation', reading.id(fields, 'conversationId'))
  const contact = contactOf(fields, reading)
  const id = reading.text(fields, 'messageId')
  if (!id) return { kind: 'conversation.updated', conversation, contact }
  return {
    kind: 'message.created',
    message: reading.ref('message', id),
    conversation,
    contact,
    snapshot: readSnapshot(id, fields, reading),
  }
}

/** The message, read from its event. If it cannot be read, the event has no message: an event is only a hint. */
function readSnapshot(id: string, fields: Payload, reading: PayloadReader): Message | undefined {
  try {
    const raw = asMessage(id, fields)
    const message = readMessage(raw, reading)
    if (message.type.value !== 'email') return message
    addEmail(message, raw, reading)
    return message
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

/** The payload in the form that lists and the get have. */
function asMessage(id: string, fields: Payload): Payload {
  const messageType = fields['messageTypeString'] ?? fields['messageType']
  return {
    ...fields,
    id,
    body: fields['body'] ?? fields['plainText'],
    messageType,
    // In a webhook, `type` is the name of the event.
    type: fields['messageTypeId'],
    direction: directionOf(fields, messageType),
    meta: {
      callDuration: fields['callDuration'],
      callStatus: fields['callStatus'],
      ...(typeof fields['emailMessageId'] === 'string' && { email: { messageIds: [fields['emailMessageId']] } }),
    },
    cc: fields['ccList'] ?? (fields['cc'] || undefined),
    bcc: fields['bccList'] ?? (fields['bcc'] || undefined),
  }
}

/**
 * The direction of a message. It is taken from the name of the event, because a documented example of an outbound message
 * has `inbound` in its field. For a call, it is taken from the field, because a documented inbound call is named
 * `OutboundMessage`.
 */
function directionOf(fields: Payload, messageType: unknown): unknown {
  const { direction } = fields
  const isCall = typeof messageType === 'string' && mapMessageType(messageType) === 'call'
  if (isCall && (direction === 'inbound' || direction === 'outbound')) return direction
  return fields['type'] === 'InboundMessage' ? 'inbound' : 'outbound'
}

/** The fields of an event: next to the envelope, or under `data` as in a sample of the vendor's guide. */
export const fieldsOf = (payload: Payload): Payload =>
  isRecord(payload['data']) ? { ...payload['data'], ...payload } : payload

/** Whether the vendor documents this name for an event. */
export const isEventName = (type: unknown): type is string => readers.has(type)

const isId = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** The readers of every documented event that concerns conversations, by the event's `type`. */
const readers: ReadonlyMap<unknown, ReadEvent> = new Map<unknown, ReadEvent>([
  ['InboundMessage', readMessageEvent],
  ['OutboundMessage', readMessageEvent],
  ['ConversationUnreadUpdate', readUnreadUpdate],
  ['ConversationUpdate', readMerge],
  ['ContactCreate', readContactEvent('contact.created')],
  ['ContactUpdate', readContactEvent('contact.updated')],
  ['ContactDndUpdate', readContactEvent('contact.updated')],
  ['ContactTagUpdate', readContactEvent('contact.updated')],
  ['ContactDelete', readContactEvent('contact.deleted')],
  ['NoteCreate', readNoteEvent('note.created')],
  ['NoteUpdate', readNoteEvent('note.updated')],
  ['NoteDelete', readNoteEvent('note.deleted')],
  ['TaskCreate', readTaskEvent('task.created')],
  ['TaskComplete', readTaskEvent('task.completed')],
  ['TaskDelete', readTaskEvent('task.deleted')],
  ['UserCreate', readOperatorEvent('operator.created')],
  ['UserUpdate', readOperatorEvent('operator.updated')],
  ['UserDelete', readOperatorEvent('operator.deleted')],
  ['KnowledgeBaseCreate', readKnowledgeBaseEvent('knowledge-base.created')],
  ['KnowledgeBaseUpdate', readKnowledgeBaseEvent('knowledge-base.updated')],
  ['KnowledgeBaseDelete', readKnowledgeBaseEvent('knowledge-base.deleted')],
  ['LCEmailStats', readEmailReport],
  ['INSTALL', () => ({ kind: 'account.connected' })],
  ['UNINSTALL', () => ({ kind: 'account.disconnected' })],
  ['UPDATE', () => ({ kind: 'account.updated' })],
])

export function readEvent(payload: Payload, reading: PayloadReader): EventDraft {
  const fields = fieldsOf(payload)
  const type = fields['type']
  const native = typeof type === 'string' ? type : null
  const read = readers.get(type)
  const { webhookId, locationId, companyId } = fields
  const scope = [locationId, companyId].find(isId) ?? ''
  // With the location, because one account may have several locations.
  const identity = isId(webhookId) ? [scope, webhookId] : undefined
  if (!read && isDeliveryRequest(fields)) {
    const event = readDeliveryRequest(fields, reading)
    // There is no envelope. Each message has one delivery request: if it is sent again, it has another id.
    return { event, native, identity: identity ?? [scope, 'delivery', String(fields['messageId'])] }
  }
  if (!read) return { event: { kind: 'unknown' }, native, identity, occurredAt: reading.time(fields, 'timestamp') }
  if (fields['timestamp'] == null) {
    reading.warn('degraded', `${reading.vendor} sent an event without a timestamp: its age could not be checked.`, {
      path: 'timestamp',
    })
  }
  return { event: read(fields, reading), native, identity, occurredAt: happenedAt(fields, reading) }
}

/** When the event happened: for a message, its own time; for any other event, the time of the envelope. */
function happenedAt(fields: Payload, reading: PayloadReader): string | null | undefined {
  if (fields['messageType'] !== undefined && fields['dateAdded'] != null) return reading.time(fields, 'dateAdded')
  const report = fields['webhookPayload']
  if (isRecord(report) && report['timestamp'] != null) return reading.time(report, 'timestamp')
  return reading.time(fields, 'timestamp')
}
