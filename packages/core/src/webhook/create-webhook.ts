import type { Warning } from '../contract/warning.ts'
import { InvalidRequestError } from '../errors/kinds.ts'
import { guarded } from '../read/guarded.ts'
import { isRaw, type Raw } from '../read/reading.ts'
import { readTimestamp } from '../read/timestamp.ts'
import { refuseTime } from './check-time.ts'
import { type ParsedEvent, parseEvent } from './parse-event.ts'
import { readPayload } from './read-payload.ts'
import { tooLarge } from './read-request.ts'
import { receiveWebhook } from './receive-webhook.ts'
import { memoryReplays } from './replays.ts'
import {
  refuse,
  type VerifiedWebhook,
  type WebhookDelivery,
  type WebhookReceiver,
  type WebhookVerdict,
} from './webhook.ts'
import type { WebhookOptions } from './webhook-options.ts'
import type { WebhookProtocol } from './webhook-protocol.ts'

/** How long an event is remembered when its vendor may send it at any age. */
const day = 86_400_000

/**
 * How long an event is remembered that has neither an id nor a date, at a vendor whose events have both. Equal content
 * may then be another event, and losing one is worse than handling a late retry twice.
 */
const undated = 300_000

/** What `verify` made: every other object is a payload, whatever fields it has. */
const made = /* @__PURE__ */ new WeakSet<object>()

/** The receiving end of a vendor's webhooks, from what is special about the vendor. The options have been checked. */
export function createWebhook<Payload = unknown>(
  protocol: WebhookProtocol,
  given: WebhookOptions,
): WebhookReceiver<Payload> {
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
    if (!payload) return { ok: false, refusal: refuse('malformed', 400, 'The body is no JSON object.') }
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

  function parse(given: VerifiedWebhook | Raw, warnings: Warning[] = []): Promise<ParsedEvent<Payload>> {
    const verified = made.has(given) ? (given as VerifiedWebhook) : undefined
    const payload: unknown = verified ? verified.payload : given
    if (!isRaw(payload)) throw invalidPayload(protocol.vendor)
    return parseEvent<Payload>(protocol, options, payload, { trigger: verified?.trigger, warnings })
  }

  function expiresAt({ sentAt }: VerifiedWebhook, isKeyedByContent: boolean): number {
    // The lease on top: a delivery that is accepted at its very last moment must still find the event remembered.
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

/** JavaScript callers hand over texts and parsed bodies, of which no signature can be checked. */
function checkDelivery(delivery: WebhookDelivery | null | undefined): WebhookDelivery {
  const { headers, body } = delivery ?? {}
  if (typeof headers === 'object' && headers !== null && body instanceof Uint8Array) return { headers, body }
  throw new InvalidRequestError({
    message: 'webhook.verify takes { headers, body }, where body is a Uint8Array of the bytes exactly as they came.',
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
