import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { EmulatorContext } from '../kit/emulator.ts'
import { createRandom } from '../kit/random.ts'
import { createWebhookSender, type Webhooks } from '../kit/webhooks.ts'
import { iso, type Json, uuidFrom, withoutUndefined } from './records.ts'
import type { LeadConnectorSettings } from './settings.ts'

/** An event for the subscribers. */
interface Announcement {
  /** The event's name, in the body's `type`. */
  readonly type: string
  readonly locationId?: string
  /** The earliest time of delivery. Default: at once. */
  readonly at?: number
  /** The event's fields, read when it is sent. Null: the event did not happen. */
  readonly fields: () => Json | null
  /** Sent to the conversation provider's delivery URL, without an envelope. */
  readonly toProvider?: boolean
}

export type Announce = (announcement: Announcement) => void

/** The sender of the application's webhooks. */
export interface LeadConnectorWebhooks extends Webhooks {
  /** The key for `X-GHL-Signature`, as PEM. */
  readonly publicKey: string
  /** The key for `X-WH-Signature`, as PEM. */
  readonly legacyPublicKey: string
  /** Sends an event that no call of the emulated API causes, such as `UNINSTALL` or `NoteCreate`. */
  emit(type: string, fields: Readonly<Record<string, unknown>>): void
}

interface Sending {
  readonly webhooks: LeadConnectorWebhooks
  readonly announce: Announce
  /** Sends the events that are due. */
  release(): void
  reset(): void
}

/** The vendor's guide: up to 12 tries until a 2xx. */
const attempts = 12
const week = 604_800_000
/** These events have no address of their own. */
const lifecycle = new Set(['INSTALL', 'UNINSTALL', 'UPDATE'])

export function createLeadConnectorWebhooks(
  { world, now, after }: EmulatorContext,
  settings: LeadConnectorSettings,
  appId: string,
): Sending {
  const keys = createSigningKeys(world.seed)
  const sender = createWebhookSender({
    seed: world.seed,
    name: 'leadconnector',
    clock: { after },
    attempts,
    sign: (bytes) => {
      const signs = settings.webhookSignatures
      return {
        ...((signs === 'both' || signs === 'current') && { 'X-GHL-Signature': keys.signCurrent(bytes) }),
        ...((signs === 'both' || signs === 'legacy') && { 'X-WH-Signature': keys.signLegacy(bytes) }),
        ...(signs === 'current' && { 'X-WH-Signature': 'N/A' }),
      }
    },
    // Signed by the vendor long ago, and sent again by an attacker.
    age: (body) => ({ ...body, timestamp: iso(now() - week), webhookId: uuidFrom(`old:${String(body['webhookId'])}`) }),
  })
  let waiting: Announcement[] = []
  let events = 0

  function send({ type, locationId, fields, toProvider }: Announcement): void {
    const own = lifecycle.has(type) ? undefined : settings.webhookUrls[type]
    const url = toProvider ? settings.providerUrl : (own ?? settings.webhookUrl)
    const about = url === null ? null : fields()
    if (url === null || about === null) return
    events += 1
    const known = withoutUndefined(about)
    const event = toProvider ? 'ProviderOutboundMessage' : type
    sender.send({ event, url, body: toProvider ? known : withoutUndefined(inEnvelope(type, locationId, known)) })
  }

  const inEnvelope = (type: string, locationId: string | undefined, fields: Json): Json => ({
    type,
    locationId,
    ...(settings.webhookShape === 'nested' ? { data: fields } : fields),
    appId,
    versionId: appId,
    timestamp: iso(now()),
    webhookId: uuidFrom(`${world.seed}:webhook:${events}`),
  })

  function release(): void {
    const due = waiting.filter(({ at = 0 }) => at <= now())
    if (due.length === 0) return
    waiting = waiting.filter((one) => !due.includes(one))
    for (const announcement of due.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))) send(announcement)
  }

  const announce: Announce = (announcement) => {
    const early = (announcement.at ?? 0) - now()
    if (early <= 0) return send(announcement)
    waiting.push(announcement)
    // A clock that stands still has not reached the time by then. The next request checks again.
    setTimeout(release, Math.min(early, 2_147_483_647)).unref()
  }

  // The sender itself and not a copy, so that changes of its properties take effect.
  const webhooks: LeadConnectorWebhooks = Object.defineProperties(sender as LeadConnectorWebhooks & typeof sender, {
    publicKey: { value: keys.publicKey, enumerable: true },
    legacyPublicKey: { get: () => keys.legacyPublicKey },
    emit: {
      value: (type: string, { locationId, ...fields }: Json) =>
        send({ type, fields: () => fields, ...(typeof locationId === 'string' && { locationId }) }),
    },
  })
  const { settled, reset } = sender
  webhooks.settled = () => {
    release()
    return settled()
  }
  return {
    webhooks,
    announce,
    release,
    reset() {
      waiting = []
      events = 0
      reset()
    },
  }
}

/** The vendor's two key pairs, made up. */
interface SigningKeys {
  /** PEM. */
  readonly publicKey: string
  /** As PEM. Created on first use, because that takes a while, and not from the seed: it differs from run to run. */
  readonly legacyPublicKey: string
  signCurrent(bytes: Uint8Array): string
  signLegacy(bytes: Uint8Array): string
}

/** The bytes before the 32 bytes of a private Ed25519 key in PKCS #8. */
const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

function createSigningKeys(seed: number): SigningKeys {
  const random = createRandom(seed, 'leadconnector/webhook-key')
  const bytes = Buffer.from(Array.from({ length: 32 }, () => Math.floor(random() * 256)))
  const key = createPrivateKey({ key: Buffer.concat([prefix, bytes]), format: 'der', type: 'pkcs8' })
  let made: KeyObject | undefined
  const legacy = () => {
    made ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    return made
  }
  return {
    publicKey: publicPem(key),
    get legacyPublicKey() {
      return publicPem(legacy())
    },
    signCurrent: (data) => sign(null, data, key).toString('base64'),
    signLegacy: (data) => sign('RSA-SHA256', data, legacy()).toString('base64'),
  }
}

const publicPem = (key: KeyObject): string => String(createPublicKey(key).export({ type: 'spki', format: 'pem' }))
