import type { Event, EventKind } from '../model/event.ts'
import type { Loose } from '../read/compact.ts'
import type { Raw, Reading } from '../read/reading.ts'
import type { ForeignEvent, WebhookDelivery, WebhookHeaders, WebhookProof, WebhookRefusal } from './webhook.ts'

/** What all events have and `createWebhook` fills in. */
type Shared = 'kind' | 'vendor' | 'account' | 'dedupeKey' | 'native' | 'occurredAt' | 'raw'

/** The part of an event that is special to its kind. A field that is `undefined` is left away. */
export type EventFields = {
  [Kind in EventKind]: { kind: Kind } & Loose<Omit<Extract<Event, { kind: Kind }>, Shared>>
}[EventKind]

/** What a vendor's reader makes of one payload. */
export interface EventDraft {
  event: EventFields
  native: string | null
  occurredAt?: string | null | undefined
  /**
   * What the vendor gives no other event of the account: an id of the event, or of what happened, in one or several parts.
   * Default: the payload's content.
   */
  identity?: readonly string[] | undefined
}

/** What is special about one vendor's webhooks. */
export interface WebhookProtocol {
  vendor: string
  /** How old a delivery may be when the options do not say, in milliseconds; `false`: any age. */
  tolerance: number | false
  /** What can be refused by the headers alone, before a body is read. */
  refuseHeaders?(headers: WebhookHeaders): WebhookRefusal | undefined
  /** What proves where the delivery comes from, or why it is refused. */
  prove(delivery: WebhookDelivery): Promise<WebhookProof | WebhookRefusal>
  /** When the payload says that it was sent: whatever the vendor wrote there. */
  sentAt?(payload: Raw): unknown
  /** What the address was registered for, where a header says so. */
  trigger?(headers: WebhookHeaders): string | undefined
  /** The name of the account that the payload is about. `undefined`: not this receiver's. */
  accountOf(payload: Raw): string | undefined | Promise<string | undefined>
  /** What to report of a payload that is not about this receiver's account. */
  describeForeign(payload: Raw): Omit<ForeignEvent, 'vendor'>
  /** @throws Unreadable when the payload lacks what its event needs; it becomes an unknown event. */
  read(payload: Raw, reading: Reading, trigger: string | undefined): EventDraft
}
