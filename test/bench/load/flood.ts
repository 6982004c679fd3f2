import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import type { Pool } from 'pg'
import { randomFrom } from '../inbox/rows.ts'
import { ask } from './client.ts'
import type { Served } from './serve.ts'

/** A vendor that signs what it delivers. */
export interface Signer {
  readonly publicKey: string
  readonly locationId: string
  sign(body: string): string
}

export function createSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    locationId: 'loc_1',
    sign: (body) => signed(privateKey, body),
  }
}

const signed = (key: KeyObject, body: string): string => sign(null, Buffer.from(body), key).toString('base64')

interface Delivery {
  body: string
  signature: string | undefined
}

export interface FloodResult {
  deliveries: number
  seconds: number
  /** Milliseconds of each delivery. */
  times: number[]
  /** How many answers had each status. */
  statuses: Record<string, number>
  /** The distinct valid deliveries. */
  valid: number
  /** The hints that were stored, of those that should be. */
  stored: number
  /** The hints that should not be there. */
  others: number
}

const atOnce = 50

/** Deliveries of which half are new, a quarter come again, and a quarter have a wrong signature or none. */
export async function flood(
  server: Served,
  pool: Pool,
  { account, count, signer }: { account: string; count: number; signer: Signer },
): Promise<FloodResult> {
  const random = randomFrom(19)
  const forger = createSigner()
  const deliveryOf = (id: string, signatureOf: (body: string) => string | undefined): Delivery => {
    const body = messageEvent(id, signer.locationId)
    return { body, signature: signatureOf(body) }
  }
  const idsOf = (kind: string, part: number) =>
    Array.from({ length: Math.round(count * part) }, (_, index) => `${kind}_${index}`)
  const valid = idsOf('msg', 0.5)
  const genuine = valid.map((id) => deliveryOf(id, signer.sign))
  const repeated = idsOf('again', 0.25).map(() => genuine[Math.floor(random() * genuine.length)] as Delivery)
  const wrong = idsOf('forged', 0.25).map((id, index) =>
    deliveryOf(id, (body) => [forger.sign(body), signer.sign(`${body} `), undefined][index % 3]),
  )
  const left = [...genuine, ...repeated, ...wrong]
    .map((delivery) => ({ delivery, place: random() }))
    .sort((a, b) => a.place - b.place)
  const deliveries = left.length
  const times: number[] = []
  const statuses: Record<string, number> = {}
  const address = `${server.url}/webhooks/${account}`
  const work = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const { body, signature } = next.delivery
      const headers = { 'content-type': 'application/json', ...(signature && { 'x-ghl-signature': signature }) }
      const begun = performance.now()
      const { status } = await ask(address, { method: 'POST', headers, body })
      times.push(performance.now() - begun)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: atOnce }, work))
  const seconds = (performance.now() - begun) / 1000
  const { rows } = await pool.query<{ message: string }>('select message from parley.hints')
  const expected = new Set(valid.map((id) => `${account}/message/${id}`))
  const stored = rows.filter(({ message }) => expected.has(message))
  return {
    ...{ deliveries, seconds, times, statuses, valid: valid.length },
    stored: new Set(stored.map(({ message }) => message)).size,
    others: rows.length - new Set(stored.map(({ message }) => message)).size,
  }
}

/** An event of LeadConnector: a message came in. */
function messageEvent(id: string, locationId: string): string {
  const now = new Date().toISOString()
  return JSON.stringify({
    ...{ type: 'InboundMessage', locationId, appId: 'app_1', versionId: 'app_1', webhookId: randomUUID() },
    ...{ timestamp: now, dateAdded: now, contactId: 'ctc_5', conversationId: `cnv_${id.length}`, messageId: id },
    ...{
      body: 'Can I move it?',
      contentType: 'text/plain',
      attachments: [],
      direction: 'inbound',
      status: 'delivered',
    },
    ...{ messageType: 'SMS', messageTypeId: 2, messageTypeString: 'TYPE_SMS' },
  })
}
