import { accountName, type Event, type EventKind, isRecord, tryParseRef } from '@parley/core'
import { wrongCall } from '../call-options.ts'

type RefName = 'conversation' | 'merged' | 'message' | 'contact'

/** What each ref of an event names. */
const kinds = { conversation: 'conversation', merged: 'conversation', message: 'message', contact: 'contact' } as const

/** The refs that an event of a kind always has. */
const needed: Partial<Record<EventKind, readonly RefName[]>> = {
  'message.created': ['message', 'conversation'],
  'message.delivery-requested': ['message'],
  'conversation.created': ['conversation'],
  'conversation.updated': ['conversation'],
  'conversation.merged': ['conversation', 'merged'],
  'conversation.ended': ['conversation'],
  'conversation.archived': ['conversation'],
  'chat.unavailable': ['conversation'],
  'contact.created': ['contact'],
  'contact.updated': ['contact'],
  'contact.deleted': ['contact'],
}

/** Refuses what no webhook receiver returns: it would be acknowledged, and nothing would be read for it. */
export function checkEvent(event: unknown): asserts event is Event {
  if (!isRecord(event)) return refuse('event', 'must be an event of a webhook receiver')
  for (const name of ['vendor', 'account', 'kind', 'dedupeKey'])
    if (typeof event[name] !== 'string' || event[name] === '')
      refuse(`event.${name}`, 'must be a string, and not empty')
  try {
    JSON.stringify(event['raw'])
  } catch (error) {
    // One that is nested too deeply came from the vendor, and is stored without its payload.
    if (!(error instanceof RangeError)) refuse('event.raw', 'must be JSON')
  }
}

/** Refuses an event that lacks a ref, or has one of another account. One of an unknown kind needs none. */
export function checkRefs(event: Event, account: string): void {
  const fields: Record<string, unknown> = { ...event }
  for (const [name, kind] of Object.entries(kinds)) {
    const given = fields[name]
    const isNeeded = Object.hasOwn(needed, event.kind) && needed[event.kind]?.includes(name as RefName)
    if (given === undefined && !isNeeded) continue
    const ref = tryParseRef(given)
    if (ref?.kind !== kind || accountName(ref.vendor, ref.account) !== account)
      refuse(`event.${name}`, `must be the ref of a ${kind} of ${account}`)
  }
}

function refuse(path: string, problem: string): never {
  throw wrongCall('sync.receive', path, problem)
}
