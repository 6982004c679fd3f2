import type { Raw, Reading } from '@parley/core'
import { isRaw } from '@parley/core/read'
import type { EventDraft, EventFields } from '@parley/core/webhook'
import { isDeliveryRequest, readDeliveryRequest } from './leadconnector-webhook-delivery.ts'
import { readEmailReport } from './leadconnector-webhook-email.ts'
import { readMessageEvent } from './leadconnector-webhook-message.ts'
import {
  readContactEvent,
  readKnowledgeBaseEvent,
  readMerge,
  readNoteEvent,
  readOperatorEvent,
  readTaskEvent,
  readUnreadUpdate,
} from './leadconnector-webhook-others.ts'

/** The fields of an event: beside the envelope, or under `data` as in a sample of the vendor's guide. */
export const fieldsOf = (payload: Raw): Raw => (isRaw(payload['data']) ? { ...payload['data'], ...payload } : payload)

/** Whether the vendor documents this name for an event. */
export const isEventName = (type: unknown): type is string => readers.has(type)

const isId = (value: unknown): value is string => typeof value === 'string' && value !== ''

type ReadEvent = (fields: Raw, reading: Reading) => EventFields

/** Every event that the vendor documents for conversations and what they need, by its `type`. */
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

export function readLeadConnectorEvent(payload: Raw, reading: Reading): EventDraft {
  const fields = fieldsOf(payload)
  const type = fields['type']
  const native = typeof type === 'string' ? type : null
  const read = readers.get(type)
  const { webhookId, locationId, companyId } = fields
  const scope = [locationId, companyId].find(isId) ?? ''
  // With the location: one account of ours may hold several.
  const identity = isId(webhookId) ? [scope, webhookId] : undefined
  if (!read && isDeliveryRequest(fields)) {
    const event = readDeliveryRequest(fields, reading)
    // Without an envelope. The message is asked for once: one that is sent again has another id.
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

/** A message says itself when it was written; of the others the envelope knows best. */
function happenedAt(fields: Raw, reading: Reading): string | null | undefined {
  if (fields['messageType'] !== undefined && fields['dateAdded'] != null) return reading.time(fields, 'dateAdded')
  const report = fields['webhookPayload']
  if (isRaw(report) && report['timestamp'] != null) return reading.time(report, 'timestamp')
  return reading.time(fields, 'timestamp')
}
