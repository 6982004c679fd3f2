import type { Warning } from '../contract/warning.ts'
import type { Timestamp } from '../model/entity.ts'
import type { Event, EventKind } from '../model/event.ts'
import type { Payload, PayloadReader } from '../read/reading.ts'
import type { Loose } from '../read/text.ts'

/** Headers in any form that servers provide. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/** A delivery as it arrived. */
export interface WebhookDelivery {
  headers: WebhookHeaders
  /** The unchanged bytes of the body. A body that was parsed and serialized again has another signature. */
  body: Uint8Array
}

/** A request of `node:http` and the servers built on it: its chunks are the bytes of the body. */
export interface StreamedRequest extends AsyncIterable<unknown> {
  readonly method?: string | undefined
  readonly headers: WebhookHeaders
  readonly readableDidRead?: boolean
}

/**
 * Why a delivery is refused. `wrong-method`: not a POST. `too-large`: longer than `maxBytes`; the rest was not read.
 * `unsigned`: nothing proves its origin. `wrong-signature`: the signature or secret does not match. `ended`: it has
 * only a signature that the vendor no longer uses. `malformed`: not a JSON object. `stale`: older than `tolerance`.
 * `future`: dated too far in the future. `in-progress`: the same event is already being handled, and the vendor must
 * deliver it again in case that fails. `store-failed`: the store threw before anything was handled.
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
  /** A sentence for a log, without any content of the delivery. */
  message: string
}

/**
 * What proves the origin of a delivery. `signature`: the vendor's signature over the bytes. `legacy-signature`: the
 * vendor's old signature, which it is retiring. `secret`: a secret header that only the vendor knows; it does not cover
 * the bytes. `none`: nothing, and the options allow it.
 */
export type WebhookProof = 'signature' | 'legacy-signature' | 'secret' | 'none'

/** A delivery that can be trusted as far as its `proof` goes. Only `verify` creates it. */
export interface VerifiedWebhook {
  readonly proof: WebhookProof
  /** The JSON object of the body. */
  readonly payload: Payload
  /** When the vendor first sent it. Missing: the vendor does not say. */
  readonly sentAt?: Timestamp
  /** The trigger that the address was registered for, where the delivery's headers state it. */
  readonly trigger?: string
}

export type WebhookVerdict =
  | { readonly ok: true; readonly delivery: VerifiedWebhook }
  | { readonly ok: false; readonly refusal: WebhookRefusal }

/** An event about another account than this receiver's: only what identifies the sender, without any content. */
export interface ForeignEvent {
  vendor: string
  /** The vendor's name of the event. `null`: there is none, or it is unknown. */
  native: string | null
  /** The vendor's ids of the event's owners, by their names in the payload: `locationId`, `appId`. */
  ids: Readonly<Record<string, string>>
}

export interface ReceivedWebhook<EventPayload = unknown> {
  /** The HTTP status to answer with: 200, or the refusal's. */
  status: number
  /** The new event of this delivery. Empty for a refused, foreign or repeated delivery. */
  events: Event<EventPayload>[]
  refusal?: WebhookRefusal
  /** The event is about another account. The status is 200, so that the vendor stops sending it. */
  foreign?: ForeignEvent
  /** 1 if the event was handled before. The status is 200, so that the vendor stops sending it. */
  replayed: number
  /**
   * The error that the store threw. With status 503, nothing was handled. With status 200, the event was handled but
   * could not be marked, so it is handled again if the vendor repeats it.
   */
  storeError?: unknown
  warnings: Warning[]
}

/**
 * Receives a vendor's webhooks. It keeps no connection open and needs no HTTP client.
 *
 * @typeParam EventPayload what an event's `raw` is.
 */
export interface WebhookReceiver<EventPayload = unknown> {
  /**
   * Checks that the delivery comes from the vendor and is recent. An invalid delivery is a result, not an error,
   * because it is not a failure of this program.
   *
   * @throws ConfigurationError when a key or a secret is unusable.
   */
  verify(delivery: WebhookDelivery): Promise<WebhookVerdict>
  /**
   * The event of a verified delivery, or of its JSON if your own code has verified it. An event with an unknown name is
   * `unknown` and has its payload. For an event about another account, the list is empty and a warning is produced.
   *
   * @throws InvalidRequestError when the payload is not a JSON object.
   */
  parse(delivery: VerifiedWebhook | Payload): Promise<Event<EventPayload>[]>
  /**
   * Reads at most `maxBytes` of a web standard or `node:http` request. Verifies it, finds its account, claims the
   * event, calls `handle`, marks the event as handled, and returns the status to answer with.
   *
   * **At least once:** if the process dies, the claim expires and the vendor's next retry is handled. An event is
   * handled twice only if the process dies or the store fails between `handle` and the mark, or if `handle` takes
   * longer than `lease`. If `handle` throws, the claim ends and the error is rethrown: answer with a 5xx, and the
   * vendor's next retry is handled.
   *
   * Without `handle`, the event is marked before you get it, so it is lost if the process dies before you have stored
   * it.
   *
   * @throws the errors of `handle` and of functions in the options; ConfigurationError when a key or a secret is
   * unusable; InvalidRequestError when the body has already been read.
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

/** The common fields of all events, which `createWebhook` fills in. */
type Shared = 'kind' | 'vendor' | 'account' | 'dedupeKey' | 'native' | 'occurredAt' | 'raw'

/** The fields of an event that depend on its kind. A field that is `undefined` is omitted. */
export type EventFields = {
  [Kind in EventKind]: { kind: Kind } & Loose<Omit<Extract<Event, { kind: Kind }>, Shared>>
}[EventKind]

/** The result of a vendor's reader for a payload. */
export interface EventDraft {
  event: EventFields
  native: string | null
  occurredAt?: string | null | undefined
  /**
   * What identifies the event within the account: an id of the event, or of what happened, in one or several parts.
   * Default: the payload's content.
   */
  identity?: readonly string[] | undefined
}

/** The specifics of a vendor's webhooks. */
export interface WebhookProtocol {
  vendor: string
  /** The default maximum age of a delivery, in milliseconds. `false`: any age. */
  tolerance: number | false
  /** Refuses by the headers alone, before the body is read. */
  refuseHeaders?(headers: WebhookHeaders): WebhookRefusal | undefined
  /** What proves the origin of the delivery, or why it is refused. */
  prove(delivery: WebhookDelivery): Promise<WebhookProof | WebhookRefusal>
  /** When the payload was sent, in the vendor's own form. */
  sentAt?(payload: Payload): unknown
  /** The trigger that the address was registered for, where a header states it. */
  trigger?(headers: WebhookHeaders): string | undefined
  /** The name of the payload's account. `undefined`: not this receiver's account. */
  accountOf(payload: Payload): string | undefined | Promise<string | undefined>
  /** What to report about a payload of another account. */
  describeForeign(payload: Payload): Omit<ForeignEvent, 'vendor'>
  /** @throws DecodeError when the payload lacks a required field; it then becomes an unknown event. */
  read(payload: Payload, reading: PayloadReader, trigger: string | undefined): EventDraft
}
