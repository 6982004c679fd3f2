import type { Warning } from '../contract/warning.ts'
import type { Timestamp } from '../model/entity.ts'
import type { Event, EventKind } from '../model/event.ts'
import type { Payload, PayloadReader } from '../read/reading.ts'
import type { Loose } from '../read/text.ts'

/** Headers in any of the ways in which servers hand them over. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/** A delivery as it arrived. */
export interface WebhookDelivery {
  headers: WebhookHeaders
  /** The bytes exactly as they came: a body that was parsed and written again has another signature. */
  body: Uint8Array
}

/** A request as `node:http` and the servers built on it have it: its chunks are the bytes of the body. */
export interface StreamedRequest extends AsyncIterable<unknown> {
  readonly method?: string | undefined
  readonly headers: WebhookHeaders
  readonly readableDidRead?: boolean
}

/**
 * Why a delivery is not accepted. `wrong-method`: it is no POST. `too-large`: longer than `maxBytes`; the rest was not
 * read. `unsigned`: nothing proves where it comes from. `wrong-signature`: what should prove it does not. `ended`: it is
 * signed only in a way that the vendor has given up. `malformed`: it is no JSON object. `stale`: older than `tolerance`.
 * `future`: dated later than clocks differ. `in-progress`: the same event is being handled at this moment, and the vendor
 * must deliver it again because that may yet fail. `store-failed`: the store threw before anything was handled.
 */
export type RefusalReason =
  | 'wrong-method'
  | 'too-large'
  | 'unsigned'
  | 'wrong-signature'
  | 'ended'
  | 'malformed'
  | 'stale'
  | 'future'
  | 'in-progress'
  | 'store-failed'

export interface WebhookRefusal {
  reason: RefusalReason
  /** The HTTP status to answer with. */
  status: number
  /** A sentence for a log; nothing of the delivery is in it. */
  message: string
}

/**
 * What proves where a delivery comes from. `signature`: the vendor's, over the bytes. `legacy-signature`: the one that
 * it gives up. `secret`: a header that only the vendor was told; the bytes themselves are not covered. `none`: nothing,
 * and the options allowed it.
 */
export type WebhookProof = 'signature' | 'legacy-signature' | 'secret' | 'none'

/** A delivery that may be believed as far as its `proof` goes. Made by `verify` only. */
export interface VerifiedWebhook {
  readonly proof: WebhookProof
  /** The JSON object that was in the body. */
  readonly payload: Payload
  /** When the vendor sent it first. Missing: it does not say. */
  readonly sentAt?: Timestamp
  /** What the address was registered for, where the delivery's headers say so. */
  readonly trigger?: string
}

export type WebhookVerdict =
  | { readonly ok: true; readonly delivery: VerifiedWebhook }
  | { readonly ok: false; readonly refusal: WebhookRefusal }

/** An event that is not about the account of this receiver: only what names its sender, and nothing of its content. */
export interface ForeignEvent {
  vendor: string
  /** The vendor's name of the event. `null`: it gives none that is known. */
  native: string | null
  /** The vendor's ids of what the event belongs to, by their names in the payload: `locationId`, `appId`. */
  ids: Readonly<Record<string, string>>
}

export interface ReceivedWebhook<EventPayload = unknown> {
  /** What to answer: 200, or that of the refusal. */
  status: number
  /** What is new: the event of this delivery. Empty for a refused, a foreign and a repeated one. */
  events: Event<EventPayload>[]
  refusal?: WebhookRefusal
  /** The event is not about this receiver's account. It is answered 200, so that the vendor stops sending it. */
  foreign?: ForeignEvent
  /** 1 when the event was handled before. It is answered 200, so that the vendor stops sending it. */
  replayed: number
  /**
   * What the store threw. With status 503 nothing was handled. With status 200 the event was handled but could not be
   * marked, so it is handled again should the vendor repeat it.
   */
  storeError?: unknown
  warnings: Warning[]
}

/**
 * The receiving end of one vendor's webhooks. Holds no connection and needs no HTTP client.
 *
 * @typeParam EventPayload what an event's `raw` is.
 */
export interface WebhookReceiver<EventPayload = unknown> {
  /**
   * Whether the delivery comes from the vendor and is fresh. What is wrong with a delivery is data, because it is no
   * failure of this program.
   *
   * @throws ConfigurationError when a key or a secret is of no use.
   */
  verify(delivery: WebhookDelivery): Promise<WebhookVerdict>
  /**
   * The event of a verified delivery, or of its JSON when somebody else has verified it. An event whose name is not
   * known is `unknown` and has its payload. Empty, with a warning, for an event that is not about this receiver's account.
   *
   * @throws InvalidRequestError for what is no JSON object.
   */
  parse(delivery: VerifiedWebhook | Payload): Promise<Event<EventPayload>[]>
  /**
   * Reads a request, of the web standard or of `node:http`, and at most `maxBytes` of it. Verifies it, finds its account,
   * claims the event, calls `handle`, marks the event as handled, and says what to answer.
   *
   * **At least once:** when the process dies, the claim expires and the vendor's next try is handled. An event is handled
   * twice only when the process dies or the store fails between `handle` and the mark, or when `handle` takes longer than
   * `lease`. What `handle` throws ends the claim and is thrown on: answer with a 5xx, and the vendor's next try is handled.
   *
   * Without `handle`, the event is marked before you see it: it is lost when the process dies before you have kept it.
   *
   * @throws what `handle` throws, and what a function in the options throws; ConfigurationError when a key or a secret is
   * of no use; InvalidRequestError when the body was read before.
   */
  receive(
    request: Request | StreamedRequest,
    handle?: (events: Event<EventPayload>[]) => unknown,
  ): Promise<ReceivedWebhook<EventPayload>>
}

export const refuse = (reason: RefusalReason, status: number, message: string): WebhookRefusal => ({
  reason,
  status,
  message,
})

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
  sentAt?(payload: Payload): unknown
  /** What the address was registered for, where a header says so. */
  trigger?(headers: WebhookHeaders): string | undefined
  /** The name of the account that the payload is about. `undefined`: not this receiver's. */
  accountOf(payload: Payload): string | undefined | Promise<string | undefined>
  /** What to report of a payload that is not about this receiver's account. */
  describeForeign(payload: Payload): Omit<ForeignEvent, 'vendor'>
  /** @throws DecodeError when the payload lacks what its event needs; it becomes an unknown event. */
  read(payload: Payload, reading: PayloadReader, trigger: string | undefined): EventDraft
}
