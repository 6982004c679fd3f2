import type { Warning } from '../contract/warning.ts'
import { InvalidRequestError } from '../errors/kinds.ts'
import type { Event } from '../model/event.ts'
import { isRaw, type Raw } from '../read/reading.ts'
import { readTimestamp } from '../read/timestamp.ts'
import { refuseTime } from './check-time.ts'
import { parseEvent } from './parse-event.ts'
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

/** What `verify` made: every other object is a payload, whatever fields it has. */
const made = /* @__PURE__ */ new WeakSet<object>()

/** The receiving end of a vendor's webhooks, from what is special about the vendor. The options have been checked. */
export function createWebhook<Payload = unknown>(
  protocol: WebhookProtocol,
  options: WebhookOptions,
): WebhookReceiver<Payload> {
  const { tolerance = protocol.tolerance, skew = 300_000, maxBytes = 1_048_576, now = Date.now } = options
  const replays = options.replays === false ? undefined : (options.replays ?? memoryReplays({ now }))

  async function verify(delivery: WebhookDelivery): Promise<WebhookVerdict> {
    const { headers, body } = checkDelivery(delivery)
    const unproven = body.byteLength > maxBytes ? tooLarge(maxBytes) : protocol.refuseHeaders?.(headers)
    if (unproven) return { ok: false, refusal: unproven }
    const proof = await protocol.prove({ headers, body })
    if (typeof proof !== 'string') return { ok: false, refusal: proof }
    const payload = readPayload(body)
    if (!payload) return { ok: false, refusal: refuse('malformed', 400, 'The body is no JSON object.') }
    const times = [payload].flat().flatMap((item) => readTimestamp(protocol.sentAt?.(item)) ?? [])
    for (const time of times) {
      const refusal = refuseTime(now() - Date.parse(time), tolerance, skew)
      if (refusal) return { ok: false, refusal }
    }
    const sentAt = times.sort()[0]
    const trigger = protocol.trigger?.(headers)
    const verified: VerifiedWebhook = {
      proof,
      payload,
      ...(sentAt !== undefined && { sentAt }),
      ...(trigger !== undefined && { trigger }),
    }
    made.add(verified)
    return { ok: true, delivery: verified }
  }

  async function parse(
    given: VerifiedWebhook | Raw | readonly Raw[],
    warnings: Warning[] = [],
  ): Promise<Event<Payload>[]> {
    const verified = typeof given === 'object' && given !== null && made.has(given) ? (given as VerifiedWebhook) : null
    const payload: unknown = verified ? verified.payload : given
    const events: Event<Payload>[] = []
    for (const item of Array.isArray(payload) ? payload : [payload]) {
      if (!isRaw(item)) throw invalidPayload(protocol.vendor)
      const event = await parseEvent<Payload>(protocol, options, item, { trigger: verified?.trigger, warnings })
      if (event) events.push(event)
    }
    return events
  }

  return {
    verify,
    parse: (delivery) => parse(delivery),
    receive: receiveWebhook({
      maxBytes,
      replays,
      refuseHeaders: protocol.refuseHeaders,
      verify,
      parse,
      expiresAt: ({ sentAt }) =>
        sentAt === undefined || tolerance === false ? now() + (tolerance || day) : Date.parse(sentAt) + tolerance,
    }),
  }
}

/** JavaScript callers hand over texts and parsed bodies, of which no signature can be checked. */
function checkDelivery(delivery: WebhookDelivery | null | undefined): WebhookDelivery {
  const { headers, body } = delivery ?? {}
  if (typeof headers === 'object' && headers !== null && body instanceof Uint8Array) return { headers, body }
  throw new InvalidRequestError({
    message: 'A delivery has headers and the bytes of its body (a Uint8Array), exactly as they came.',
    fields: [{ path: 'body', problem: 'must be a Uint8Array beside headers' }],
  })
}

const invalidPayload = (vendor: string): InvalidRequestError =>
  new InvalidRequestError({
    vendor,
    operation: 'webhook.parse',
    message: `${vendor}, webhook.parse: the payload must be a JSON object, or a list of them.`,
    fields: [{ path: 'payload', problem: 'must be a JSON object, or a list of them' }],
  })
