import type { Warning } from '../contract/warning.ts'
import type { Timestamp } from '../model/entity.ts'
import type { Event } from '../model/event.ts'
import type { Raw } from '../read/reading.ts'

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
 * `future`: dated later than clocks differ. `in-progress`: the same one is being handled at this moment.
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
  /** The JSON that was in the body: an object, or a list of them. */
  readonly payload: Raw | readonly Raw[]
  /** When the vendor sent it first. Missing: it does not say. */
  readonly sentAt?: Timestamp
  /** What the address was registered for, where the delivery's headers say so. */
  readonly trigger?: string
}

export type WebhookVerdict =
  | { readonly ok: true; readonly delivery: VerifiedWebhook }
  | { readonly ok: false; readonly refusal: WebhookRefusal }

export interface ReceivedWebhook<Payload = unknown> {
  /** What to answer: 200, or that of the refusal. */
  status: number
  /** What is new. Empty for a refused delivery and for one that was received before. */
  events: Event<Payload>[]
  refusal?: WebhookRefusal
  /** How many of its events were received before. They are acknowledged, so that the vendor stops sending them. */
  replayed: number
  warnings: Warning[]
}

/**
 * The receiving end of one vendor's webhooks. Holds no connection and needs no HTTP client.
 *
 * @typeParam Payload what an event's `raw` is.
 */
export interface WebhookReceiver<Payload = unknown> {
  /**
   * Whether the delivery comes from the vendor and is fresh. What is wrong with a delivery is data, because it is no
   * failure of this program.
   *
   * @throws ConfigurationError when a key or a secret is of no use.
   */
  verify(delivery: WebhookDelivery): Promise<WebhookVerdict>
  /**
   * The events of a verified delivery, or of its JSON when somebody else has verified it. One that nobody knows is
   * `unknown` and has its payload.
   *
   * @throws InvalidRequestError for what is no JSON object or list of such.
   */
  parse(delivery: VerifiedWebhook | Raw | readonly Raw[]): Promise<Event<Payload>[]>
  /**
   * Reads a request, of the web standard or of `node:http`, no more than `maxBytes` of it, verifies it, leaves out what
   * was received before, and says what to answer.
   *
   * With `handle`, the events count as received when it is through; what it throws goes to the caller, and the vendor's
   * next try is received as if this one had not been. Without, they count as received at once.
   *
   * @throws ConfigurationError when a key or a secret is of no use; InvalidRequestError when the body was read before.
   */
  receive(
    request: Request | StreamedRequest,
    handle?: (events: Event<Payload>[]) => unknown,
  ): Promise<ReceivedWebhook<Payload>>
}

export const refuse = (reason: RefusalReason, status: number, message: string): WebhookRefusal => ({
  reason,
  status,
  message,
})
