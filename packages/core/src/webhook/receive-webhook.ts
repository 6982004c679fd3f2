import type { Warning } from '../contract/warning.ts'
import { InvalidRequestError } from '../errors/kinds.ts'
import type { Event } from '../model/event.ts'
import type { ParsedEvent } from './parse-event.ts'
import { readBody, refuseUnread } from './read-request.ts'
import type { ClaimAnswer, ReplayStore } from './replays.ts'
import {
  type ReceivedWebhook,
  refuse,
  type VerifiedWebhook,
  type WebhookHeaders,
  type WebhookReceiver,
  type WebhookRefusal,
} from './webhook.ts'

interface Receiving<Payload> {
  vendor: string
  maxBytes: number
  /** How long a claim holds, in milliseconds. */
  lease: number
  replays: ReplayStore | undefined
  now: () => number
  onWarning: ((warning: Warning) => void) | undefined
  refuseHeaders: ((headers: WebhookHeaders) => WebhookRefusal | undefined) | undefined
  verify: WebhookReceiver['verify']
  parse: (delivery: VerifiedWebhook, warnings: Warning[]) => Promise<ParsedEvent<Payload>>
  /** Until when a delivery of this event could come again, in milliseconds since the epoch. */
  expiresAt: (delivery: VerifiedWebhook, isKeyedByContent: boolean) => number
}

type Handle<Payload> = (events: Event<Payload>[]) => unknown

const refused = (refusal: WebhookRefusal): ReceivedWebhook<never> => ({
  status: refusal.status,
  events: [],
  refusal,
  replayed: 0,
  warnings: [],
})

// 429 is the one status that LeadConnector retries by both of its documents.
const inProgress = refuse('in-progress', 429, 'The same event is being handled at this moment.')
const storeFailed = refuse('store-failed', 503, 'The store of received events failed, so nothing was handled.')

/**
 * From a request to its event, the cheapest question first: headers, length, body, signature, age, account. Then the
 * event is claimed, handled and marked as handled, in this order, so that a crash at any point loses nothing.
 */
export function receiveWebhook<Payload>(receiving: Receiving<Payload>): WebhookReceiver<Payload>['receive'] {
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

async function handleOnce<Payload>(
  { replays, lease, now, vendor, onWarning }: Receiving<Payload>,
  event: Event<Payload>,
  { handle, warnings, remember }: { handle: Handle<Payload> | undefined; warnings: Warning[]; remember: () => number },
): Promise<ReceivedWebhook<Payload>> {
  const handled: ReceivedWebhook<Payload> = { status: 200, events: [event], replayed: 0, warnings }
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
      // The error of the handler is the one to throw. The claim expires by itself.
      warn(
        'The store of received events failed; the event that could not be handled stays claimed until its lease ends.',
      )
    }
    throw error
  }
  try {
    await replays.done(key, remember())
  } catch (storeError) {
    warn('The store of received events failed; an event was handled, and will be again if the vendor repeats it.')
    return { ...handled, storeError }
  }
  return handled
}
