import type { Warning } from '../contract/warning.ts'
import type { Event } from '../model/event.ts'
import { readBody, refuseUnread } from './read-request.ts'
import type { ReplayStore } from './replays.ts'
import { takeNew } from './take-new.ts'
import {
  type ReceivedWebhook,
  refuse,
  type VerifiedWebhook,
  type WebhookHeaders,
  type WebhookReceiver,
  type WebhookRefusal,
} from './webhook.ts'

interface Receiving<Payload> {
  maxBytes: number
  replays: ReplayStore | undefined
  refuseHeaders: ((headers: WebhookHeaders) => WebhookRefusal | undefined) | undefined
  verify: WebhookReceiver['verify']
  parse: (delivery: VerifiedWebhook, warnings: Warning[]) => Promise<Event<Payload>[]>
  /** Until when a delivery of this age could come again, in milliseconds since the epoch. */
  expiresAt: (delivery: VerifiedWebhook) => number
}

const refused = (refusal: WebhookRefusal): ReceivedWebhook<never> => ({
  status: refusal.status,
  events: [],
  refusal,
  replayed: 0,
  warnings: [],
})

/** From a request to its events, the cheapest question first: headers, length, body, signature, age, memory. */
export function receiveWebhook<Payload>(receiving: Receiving<Payload>): WebhookReceiver<Payload>['receive'] {
  /** The events that a `handle` is busy with: the store knows them already, but they may yet have to be forgotten. */
  const busy = new Set<string>()

  return async (request, handle) => {
    const early = refuseUnread(request, receiving.maxBytes) ?? receiving.refuseHeaders?.(request.headers)
    if (early) return refused(early)
    const body = await readBody(request, receiving.maxBytes)
    if (!(body instanceof Uint8Array)) return refused(body)
    const verdict = await receiving.verify({ headers: request.headers, body })
    if (!verdict.ok) return refused(verdict.refusal)
    const warnings: Warning[] = []
    const events = await receiving.parse(verdict.delivery, warnings)
    const keys = events.map(({ dedupeKey }) => dedupeKey)
    // Acknowledged now, it would be lost if the one before it failed.
    if (keys.some((key) => busy.has(key)))
      return refused(refuse('in-progress', 409, 'The same delivery is being handled at this moment.'))
    if (handle) for (const key of keys) busy.add(key)
    try {
      const { fresh, forget } = await takeNew(events, receiving.replays, receiving.expiresAt(verdict.delivery))
      if (handle && fresh.length > 0) await handOver(fresh, handle, forget)
      return { status: 200, events: fresh, replayed: events.length - fresh.length, warnings }
    } finally {
      if (handle) for (const key of keys) busy.delete(key)
    }
  }
}

async function handOver<Payload>(
  events: Event<Payload>[],
  handle: (events: Event<Payload>[]) => unknown,
  forget: () => Promise<void>,
): Promise<void> {
  try {
    await handle(events)
  } catch (error) {
    await forget()
    throw error
  }
}
