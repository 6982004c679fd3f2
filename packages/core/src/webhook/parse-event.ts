import type { Warning } from '../contract/warning.ts'
import { digest } from '../digest.ts'
import type { Event } from '../model/event.ts'
import { accountName, encodeRefId } from '../model/ref.ts'
import { DecodeError, type Payload, PayloadReader } from '../read/reading.ts'
import { compact } from '../read/text.ts'
import type { WebhookOptions } from './options.ts'
import { canonicalJson } from './signature.ts'
import type { EventDraft, ForeignEvent, WebhookProtocol } from './webhook.ts'

const operation = 'webhook.parse'

/** The event of a payload, or a `ForeignEvent` if it is about another account. */
export type ParsedEvent<EventPayload> =
  | {
      event: Event<EventPayload>
      /** The vendor gave no id, so equal content makes an equal `dedupeKey`. */
      isKeyedByContent: boolean
      foreign?: undefined
    }
  | { event?: undefined; foreign: ForeignEvent }

export async function parseEvent<EventPayload>(
  protocol: WebhookProtocol,
  options: Pick<WebhookOptions, 'raw' | 'onWarning'>,
  payload: Payload,
  delivery: { trigger: string | undefined; warnings: Warning[] },
): Promise<ParsedEvent<EventPayload>> {
  const { vendor } = protocol
  const onWarning = (warning: Warning) => {
    delivery.warnings.push(warning)
    options.onWarning?.(warning)
  }
  const account: unknown = await protocol.accountOf(payload)
  if (typeof account !== 'string' || account === '') {
    const message = `${vendor} sent an event for another account than this receiver's; the event is ignored.`
    // Without the payload, because its customers belong to another account.
    onWarning({ code: 'degraded', message, vendor, account: '', operation })
    return { foreign: { vendor, ...protocol.describeForeign(payload) } }
  }
  const keepRaw = options.raw ?? false
  // The event has the payload, so its message does not need it too.
  const reading = new PayloadReader({ vendor, account, operation, keepRaw: false, warnRaw: keepRaw, onWarning })
  const { event, native, occurredAt, identity } = readDraft(protocol, payload, reading, delivery.trigger)
  await reading.settled()
  const parsed = compact<object>({
    ...event,
    vendor,
    account,
    dedupeKey: [
      accountName(vendor, account),
      ...(identity?.map(encodePart) ?? (await contentKey(payload, delivery.trigger))),
    ].join(':'),
    native,
    occurredAt,
    raw: keepRaw || event.kind === 'unknown' ? payload : undefined,
  }) as Event<EventPayload>
  return { event: parsed, isKeyedByContent: identity === undefined }
}

function readDraft(
  protocol: WebhookProtocol,
  payload: Payload,
  reading: PayloadReader,
  trigger: string | undefined,
): EventDraft {
  try {
    return protocol.read(payload, reading, trigger)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    reading.warn('bad-item', `${protocol.vendor} sent an event without its required fields; its kind is unknown.`, {
      path: error.path,
      raw: payload,
    })
    return { event: { kind: 'unknown' }, native: trigger ?? null }
  }
}

/** Encoded, so that `:` only separates parts. */
const encodePart = (part: string): string => (part === '' ? '' : encodeRefId(part))

const contentKey = async (payload: Payload, trigger = ''): Promise<string[]> => [
  'sha256',
  await digest(`${trigger}\n${canonicalJson(payload)}`),
]
