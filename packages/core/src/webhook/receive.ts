import type { Warning } from '../contract/warning.ts'
import { InvalidRequestError } from '../errors/kinds.ts'
import type { Event } from '../model/event.ts'
import { isRecord, type Payload, readTimestamp } from '../read/reading.ts'
import { guarded } from '../read/text.ts'
import type { WebhookOptions } from './options.ts'
import { type ParsedEvent, parseEvent } from './parse-event.ts'
import { type ClaimAnswer, memoryReplays, type ReplayStore } from './replays.ts'
import { readBody, readPayload, refuseUnread, tooLarge } from './request.ts'
import {
  type ReceivedWebhook,
  refuse,
  type VerifiedWebhook,
  type WebhookDelivery,
  type WebhookHeaders,
  type WebhookProtocol,
  type WebhookReceiver,
  type WebhookRefusal,
  type WebhookVerdict,
} from './webhook.ts'

/** How long an event is remembered if its vendor may send it at any age. */
const day = 86_400_000

/**
 * How long an event without an id and a date is remembered, at a vendor whose events usually have both. Equal content
 * may then be another event, and losing an event is worse than handling a late retry twice.
 */
const undated = 300_000

/** The objects that `verify` returned. Every other object is a payload, whatever fields it has. */
const made = /* @__PURE__ */ new WeakSet<object>()

/** Creates a vendor's webhook receiver from the vendor's specifics. The options have already been checked. */
export function createWebhook<EventPayload = unknown>(
  protocol: WebhookProtocol,
  given: WebhookOptions,
): WebhookReceiver<EventPayload> {
  const onWarning = guarded(given.onWarning)
  const options: WebhookOptions = onWarning ? { ...given, onWarning } : given
  const {
    tolerance = protocol.tolerance,
    skew = 300_000,
    maxBytes = 1_048_576,
    lease = 300_000,
    now = Date.now,
  } = options
  const replays = options.replays === false ? undefined : (options.replays ?? memoryReplays({ now }))

  async function verify(delivery: WebhookDelivery): Promise<WebhookVerdict> {
    const { headers, body } = checkDelivery(delivery)
    const unproven = body.byteLength > maxBytes ? tooLarge(maxBytes) : protocol.refuseHeaders?.(headers)
    if (unproven) return { ok: false, refusal: unproven }
    const proof = await protocol.prove({ headers, body })
    if (typeof proof !== 'string') return { ok: false, refusal: proof }
    const payload = readPayload(body)
    if (!payload) return { ok: false, refusal: refuse('malformed', 400, 'The body is not a JSON object.') }
    const sentAt = readTimestamp(protocol.sentAt?.(payload))
    const untimely = sentAt && refuseTime(now() - Date.parse(sentAt), tolerance, skew)
    if (untimely) return { ok: false, refusal: untimely }
    const trigger = protocol.trigger?.(headers)
    const verified: VerifiedWebhook = {
      proof,
      payload,
      ...(sentAt && { sentAt }),
      ...(trigger !== undefined && { trigger }),
    }
    made.add(verified)
    return { ok: true, delivery: verified }
  }

  function parse(given: VerifiedWebhook | Payload, warnings: Warning[] = []): Promise<ParsedEvent<EventPayload>> {
    const verified = made.has(given) ? (given as VerifiedWebhook) : undefined
    const payload: unknown = verified ? verified.payload : given
    if (!isRecord(payload)) throw invalidPayload(protocol.vendor)
    return parseEvent<EventPayload>(protocol, options, payload, { trigger: verified?.trigger, warnings })
  }

  function expiresAt({ sentAt }: VerifiedWebhook, isKeyedByContent: boolean): number {
    // Plus the lease: a delivery accepted at the last moment must still find the event remembered.
    if (sentAt !== undefined && tolerance !== false) return Date.parse(sentAt) + tolerance + lease
    const isUndated = sentAt === undefined && protocol.sentAt !== undefined && isKeyedByContent
    return now() + Math.min(tolerance || day, isUndated ? undated : Number.POSITIVE_INFINITY)
  }

  return {
    verify,
    async parse(delivery) {
      const { event } = await parse(delivery)
      return event ? [event] : []
    },
    receive: receiveWebhook({
      vendor: protocol.vendor,
      maxBytes,
      lease,
      replays,
      now,
      onWarning: options.onWarning,
      refuseHeaders: protocol.refuseHeaders,
      verify,
      parse: async (delivery, warnings) => parse(delivery, warnings),
      expiresAt,
    }),
  }
}

/** JavaScript callers may pass strings and parsed bodies, whose signature cannot be checked. */
function checkDelivery(delivery: WebhookDelivery | null | undefined): WebhookDelivery {
  const { headers, body } = delivery ?? {}
  if (typeof headers === 'object' && headers !== null && body instanceof Uint8Array) return { headers, body }
  throw new InvalidRequestError({
    message: 'webhook.verify takes { headers, body }, where body is a Uint8Array of the unchanged bytes.',
    fields: [{ path: 'body', problem: 'must be a Uint8Array beside headers' }],
  })
}

const invalidPayload = (vendor: string): InvalidRequestError =>
  new InvalidRequestError({
    vendor,
    operation: 'webhook.parse',
    message: `${vendor}, webhook.parse: the payload must be a JSON object.`,
    fields: [{ path: 'payload', problem: 'must be a JSON object' }],
  })

interface Receiving<EventPayload> {
  vendor: string
  maxBytes: number
  /** How long a claim lasts, in milliseconds. */
  lease: number
  replays: ReplayStore | undefined
  now: () => number
  onWarning: ((warning: Warning) => void) | undefined
  refuseHeaders: ((headers: WebhookHeaders) => WebhookRefusal | undefined) | undefined
  verify: WebhookReceiver['verify']
  parse: (delivery: VerifiedWebhook, warnings: Warning[]) => Promise<ParsedEvent<EventPayload>>
  /** Until when the vendor may deliver this event again, in milliseconds since the epoch. */
  expiresAt: (delivery: VerifiedWebhook, isKeyedByContent: boolean) => number
}

type Handle<EventPayload> = (events: Event<EventPayload>[]) => unknown

const refused = (refusal: WebhookRefusal): ReceivedWebhook<never> => ({
  status: refusal.status,
  events: [],
  refusal,
  replayed: 0,
  warnings: [],
})

// 429 is the one status that LeadConnector retries by both of its documents.
const inProgress = refuse('in-progress', 429, 'The same event is already being handled.')
const storeFailed = refuse('store-failed', 503, 'The store of received events failed, so nothing was handled.')

/**
 * Turns a request into its event, with the cheapest checks first: headers, length, body, signature, age, account. Then
 * the event is claimed, handled and marked as handled, in this order, so that a crash at any point loses no event.
 */
function receiveWebhook<EventPayload>(receiving: Receiving<EventPayload>): WebhookReceiver<EventPayload>['receive'] {
  return async (request, handle) => {
    if (handle !== undefined && typeof handle !== 'function') {
      const problem = 'must be a function'
      const message = `${receiving.vendor}, webhook.receive: handle ${problem}.`
      throw new InvalidRequestError({ vendor: receiving.vendor, message, fields: [{ path: 'handle', problem }] })
    }
    const early = refuseUnread(request, receiving.maxBytes) ?? receiving.refuseHeaders?.(request.headers)
    if (early) return refused(early)
    const body = await readBody(request, receiving.maxBytes)
    if (!(body instanceof Uint8Array)) return refused(body)
    const verdict = await receiving.verify({ headers: request.headers, body })
    if (!verdict.ok) return refused(verdict.refusal)
    const warnings: Warning[] = []
    const parsed = await receiving.parse(verdict.delivery, warnings)
    if (parsed.foreign) return { status: 200, events: [], foreign: parsed.foreign, replayed: 0, warnings }
    const remember = () => receiving.expiresAt(verdict.delivery, parsed.isKeyedByContent)
    return handleOnce(receiving, parsed.event, { handle, warnings, remember })
  }
}

async function handleOnce<EventPayload>(
  { replays, lease, now, vendor, onWarning }: Receiving<EventPayload>,
  event: Event<EventPayload>,
  {
    handle,
    warnings,
    remember,
  }: { handle: Handle<EventPayload> | undefined; warnings: Warning[]; remember: () => number },
): Promise<ReceivedWebhook<EventPayload>> {
  const handled: ReceivedWebhook<EventPayload> = { status: 200, events: [event], replayed: 0, warnings }
  if (!replays) {
    await handle?.([event])
    return handled
  }
  const key = event.dedupeKey
  const claimId = crypto.randomUUID()
  const warn = (message: string) => {
    const warning: Warning = { code: 'degraded', message, vendor, account: event.account, operation: 'webhook.receive' }
    warnings.push(warning)
    onWarning?.(warning)
  }

  let answer: ClaimAnswer
  try {
    answer = await replays.claim(key, claimId, now() + lease)
  } catch (storeError) {
    warn('The store of received events failed; the vendor is asked to deliver the event again.')
    return { ...refused(storeFailed), storeError, warnings }
  }
  if (answer === 'done') return { status: 200, events: [], replayed: 1, warnings }
  if (answer !== 'claimed') return refused(inProgress)

  try {
    await handle?.([event])
  } catch (error) {
    try {
      await replays.release(key, claimId)
    } catch {
      // Throw the handler's error. The claim expires by itself.
      warn(
        'The store of received events failed; the event that could not be handled stays claimed until its lease expires.',
      )
    }
    throw error
  }
  try {
    await replays.done(key, remember())
  } catch (storeError) {
    warn(
      'The store of received events failed; an event was handled, and will be handled again if the vendor repeats it.',
    )
    return { ...handled, storeError }
  }
  return handled
}

/**
 * @param age how old the delivery is, in milliseconds.
 * @param skew how far in the future it may be dated.
 */
function refuseTime(age: number, tolerance: number | false, skew: number): WebhookRefusal | undefined {
  if (-age > skew) return refuse('future', 400, 'The delivery is dated in the future.')
  if (tolerance !== false && age > tolerance) return refuse('stale', 400, 'The delivery is too old.')
  return undefined
}
