import type { Warning } from '../contract/warning.ts'
import type { Event } from '../model/event.ts'
import { compact } from '../read/compact.ts'
import { type Raw, Reading, Unreadable } from '../read/reading.ts'
import { canonicalJson, digestOf } from './digest.ts'
import type { WebhookOptions } from './webhook-options.ts'
import type { EventDraft, WebhookProtocol } from './webhook-protocol.ts'

const operation = 'webhook.parse'

/** The event of one payload; `undefined` when it is about an account that is none of this program's. */
export async function parseEvent<Payload>(
  protocol: WebhookProtocol,
  options: Pick<WebhookOptions, 'raw' | 'onWarning'>,
  payload: Raw,
  delivery: { trigger: string | undefined; warnings: Warning[] },
): Promise<Event<Payload> | undefined> {
  const { vendor } = protocol
  const onWarning = (warning: Warning) => {
    delivery.warnings.push(warning)
    options.onWarning?.(warning)
  }
  const account = protocol.accountOf(payload)
  if (typeof account !== 'string' || account === '') {
    const message = `${vendor} sent an event of an account that is none of this program's; it is left out.`
    onWarning({ code: 'degraded', message, vendor, account: '', operation, raw: payload })
    return undefined
  }
  // Without raw: the event has the payload, so that its snapshot need not have it once more.
  const reading = new Reading({ vendor, account, operation, keepRaw: false, onWarning })
  const { event, native, occurredAt, identity } = readDraft(protocol, payload, reading, delivery.trigger)
  return compact<object>({
    ...event,
    vendor,
    account,
    dedupeKey: `${vendor}:${identity ?? (await contentKey(payload, delivery.trigger))}`,
    native,
    occurredAt,
    raw: options.raw !== false || event.kind === 'unknown' ? payload : undefined,
  }) as Event<Payload>
}

function readDraft(protocol: WebhookProtocol, payload: Raw, reading: Reading, trigger: string | undefined): EventDraft {
  try {
    return protocol.read(payload, reading, trigger)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    reading.warn('bad-item', `${protocol.vendor} sent an event without what it needs; it is kept as unknown.`, {
      path: error.path,
      raw: payload,
    })
    return { event: { kind: 'unknown' }, native: trigger ?? null }
  }
}

const contentKey = async (payload: Raw, trigger = ''): Promise<string> =>
  `sha256:${await digestOf(`${trigger}\n${canonicalJson(payload)}`)}`
