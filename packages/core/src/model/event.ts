import type { Ref, Timestamp } from './entity.ts'

/** What happened at a vendor, as far as the vendor says. */
export type EventKind =
  | 'message.created'
  | 'message.updated'
  | 'conversation.created'
  | 'conversation.updated'
  | 'conversation.merged'
  | 'conversation.ended'
  | 'contact.created'
  | 'contact.updated'
  | 'contact.deleted'
  | 'account.connected'
  | 'account.disconnected'
  | 'unknown'

/**
 * A notice that something changed: a hint to read it again, not the truth itself. `dedupeKey` is the same for every
 * delivery of one event.
 */
export interface Event {
  kind: EventKind
  vendor: string
  account: string
  dedupeKey: string
  /** The vendor's name of the event. */
  native: string | null
  occurredAt?: Timestamp | null
  conversation?: Ref
  message?: Ref
  contact?: Ref
  raw?: unknown
}
