import { type Clock, wait } from './clock.ts'
import { chance, createRandom } from './random.ts'

type Json = Readonly<Record<string, unknown>>

/** An event that is waiting to be delivered. */
interface OutgoingWebhook {
  /** The vendor's name of the event. */
  readonly event: string
  readonly url: string
  readonly body: Json
  readonly headers?: Readonly<Record<string, string>>
}

/** The result of one try. */
export interface WebhookAttempt {
  readonly event: string
  readonly url: string
  /** Counts the events, from 1. Duplicates and copies have the number of their event. */
  readonly number: number
  readonly attempt: number
  /** The status of the response. Null: no response. */
  readonly status: number | null
  readonly oddities: readonly WebhookOddity[]
}

/** The sender of an emulated vendor's webhooks. */
export interface Webhooks {
  readonly rate: WebhookRate
  /** The allowed receivers. `loopback`: on this machine only. */
  targets: WebhookTargets
  /** How often a delivery is tried until the response is a 2xx. */
  attempts: number
  /** The speed of waits. 0: no waiting, only the order is kept. 1: the vendor's real waits. */
  pace: number
  /** Every try so far, in order. */
  readonly log: readonly WebhookAttempt[]
  /**
   * Resolves when every due delivery was made or has failed for good, including deliveries that wait for another one.
   */
  settled(): Promise<void>
}

export interface WebhookSender extends Webhooks {
  send(webhook: OutgoingWebhook): void
  /** Discards pending deliveries and the log, sets all rates to 0 and restarts the seed. */
  reset(): void
}

interface SenderSettings {
  readonly seed: number
  readonly name: string
  readonly clock: Pick<Clock, 'after'>
  /** The vendor's documented number of tries. */
  readonly attempts: number
  /** The headers that prove the sender of these bytes. */
  readonly sign: (bytes: Uint8Array) => Readonly<Record<string, string>>
  /** The headers of a sender without the key. Default: the signature of other bytes. */
  readonly forge?: (webhook: OutgoingWebhook) => Readonly<Record<string, string>>
  /** The same event, sent long ago. Undefined: the vendor's bodies have no time. */
  readonly age?: (body: Json) => Json
}

interface Job {
  readonly webhook: OutgoingWebhook
  readonly number: number
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
  readonly oddities: readonly WebhookOddity[]
  readonly attempts: number
  readonly attempt: number
  /** Milliseconds on the sender's own timeline. Only the order matters, unless `pace` is set. */
  readonly due: number
}

/** The wait before the first retry. Each further wait is twice as long, plus or minus a quarter. */
const firstWait = 10_000
const delayed = 30_000

/** Delivers one by one, so that the same seed gives the same order at the receiver. */
export function createWebhookSender(settings: SenderSettings): WebhookSender {
  const { seed, name, clock, sign, forge, age } = settings
  let generation = 0
  let sent = 0
  let time = 0
  let queue: Job[] = []
  let held: Job[] = []
  let working: Promise<void> | undefined
  const log: WebhookAttempt[] = []

  const sender: WebhookSender = {
    rate: noOddities(),
    targets: 'loopback',
    attempts: settings.attempts,
    pace: 0,
    log,
    send(webhook) {
      if (sender.targets !== 'any' && !isLoopback(webhook.url)) return
      sent += 1
      const oddities = drawOddities(seed, name, sent, sender.rate)
      const job = genuine(webhook, oddities)
      const waits = oddities.has('reorder')
      queue.push(...forged(job, oddities), ...(waits ? [] : [job]))
      if (oddities.has('duplicate')) queue.push({ ...job })
      // Deliveries that waited for this one follow it.
      queue.push(...held.map((one) => ({ ...one, due: time })))
      held = waits ? [job] : []
      work()
    },
    async settled() {
      queue.push(...held)
      held = []
      while (queue.length > 0 || working) {
        work()
        await working
      }
    },
    reset() {
      generation += 1
      sent = 0
      time = 0
      queue = []
      held = []
      log.length = 0
      Object.assign(sender, { targets: 'loopback', attempts: settings.attempts, pace: 0 })
      Object.assign(sender.rate, noOddities())
    },
  }

  function genuine(webhook: OutgoingWebhook, oddities: ReadonlySet<WebhookOddity>): Job {
    const text = oddities.has('respell') ? respellJson(webhook.body) : JSON.stringify(webhook.body)
    const bytes = new TextEncoder().encode(text)
    return {
      webhook,
      number: sent,
      bytes,
      headers: sign(bytes),
      oddities: [...oddities].filter((oddity) => oddity !== 'wrongSignature' && oddity !== 'stale'),
      attempts: sender.attempts,
      attempt: 1,
      due: time + (oddities.has('delay') ? delayed : 0),
    }
  }

  /** Deliveries that a forger sends before the event. They are not retried. */
  function forged(job: Job, oddities: ReadonlySet<WebhookOddity>): Job[] {
    const copies: Job[] = []
    if (oddities.has('wrongSignature')) {
      const headers = forge ? forge(job.webhook) : sign(new Uint8Array([...job.bytes, 0x20]))
      copies.push({ ...job, headers, oddities: ['wrongSignature'], attempts: 1, due: time })
    }
    if (oddities.has('stale') && age) {
      const bytes = new TextEncoder().encode(JSON.stringify(age(job.webhook.body)))
      copies.push({ ...job, bytes, headers: sign(bytes), oddities: ['stale'], attempts: 1, due: time })
    }
    return copies
  }

  function work(): void {
    if (working || queue.length === 0) return
    working = deliver().finally(() => {
      working = undefined
      work()
    })
  }

  async function deliver(): Promise<void> {
    const job = queue.reduce((first, one) => (one.due < first.due ? one : first))
    queue.splice(queue.indexOf(job), 1)
    const begun = generation
    await wait(clock, Math.max(0, job.due - time) * sender.pace)
    if (begun !== generation) return
    time = Math.max(time, job.due)
    const { webhook, number, attempt, oddities } = job
    const status = await post({ ...webhook, bytes: job.bytes, proof: job.headers, clock })
    if (begun !== generation) return
    log.push({ event: webhook.event, url: webhook.url, number, attempt, status, oddities })
    const isDone = status !== null && status >= 200 && status < 300
    if (!isDone && attempt < job.attempts) queue.push({ ...job, attempt: attempt + 1, due: time + waitAfter(job) })
  }

  const waitAfter = ({ number, attempt }: Job): number =>
    firstWait * 2 ** (attempt - 1) * (0.75 + createRandom(seed, `${name}/webhook/${number}/${attempt}`)() / 2)

  return sender
}

/** The allowed receivers: only on this machine, or any. */
export type WebhookTargets = 'loopback' | 'any'

/** How long a receiver may take to answer. */
const patience = 10_000

export const isLoopback = (url: string): boolean =>
  URL.canParse(url) && /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/.test(new URL(url).hostname)

/** Posts one delivery. Resolves to the status, or to `null` when there was no response. Never rejects. */
async function post(delivery: {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly proof: Readonly<Record<string, string>>
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly clock: Pick<Clock, 'after'>
}): Promise<number | null> {
  const given = new AbortController()
  const cancel = delivery.clock.after(patience, () => given.abort())
  try {
    const response = await fetch(delivery.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...delivery.headers, ...delivery.proof },
      body: delivery.bytes,
      // A redirect must not make the emulator send to another host.
      redirect: 'manual',
      signal: given.signal,
    })
    await response.body?.cancel()
    return response.status
  } catch {
    return null
  } finally {
    cancel()
  }
}

/**
 * Probabilities per event, from 0 to 1. They can be changed at any time. The same seed and the same events give the
 * same run.
 */
export interface WebhookRate {
  /** The delivery is sent twice, unchanged. */
  duplicate: number
  /** The delivery waits until another one was made. */
  reorder: number
  /** The delivery is later than other deliveries of the same time. */
  delay: number
  /** The body is valid JSON in unusual form: escapes, numbers, order of keys. */
  respell: number
  /** A copy with the signature of other bytes is sent first. */
  wrongSignature: number
  /** An old copy with its own id and a valid signature is sent first. */
  stale: number
}

export type WebhookOddity = keyof WebhookRate

const noOddities = (): WebhookRate => ({
  duplicate: 0,
  reorder: 0,
  delay: 0,
  respell: 0,
  wrongSignature: 0,
  stale: 0,
})

/**
 * The oddities of the event with this number. Every rate draws a value, so that changing one rate leaves the others as
 * they were.
 */
function drawOddities(seed: number, name: string, number: number, rate: WebhookRate): ReadonlySet<WebhookOddity> {
  const random = createRandom(seed, `${name}/webhook/${number}`)
  const drawn = (Object.keys(noOddities()) as WebhookOddity[]).map((oddity) => ({
    oddity,
    happens: chance(random, rate[oddity]),
  }))
  return new Set(drawn.filter(({ happens }) => happens).map(({ oddity }) => oddity))
}

/**
 * The same JSON in another form: keys in reverse order, every slash and every character beyond ASCII escaped, whole
 * numbers with an exponent. Parsing and serializing it gives other bytes, and so another signature.
 */
function respellJson(value: unknown): string {
  if (typeof value === 'string') return respellText(value)
  if (typeof value === 'number' && Number.isInteger(value) && !Object.is(value, -0)) return `${value}.0e0`
  if (Array.isArray(value)) return `[ ${value.map(respellJson).join(' , ')} ]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return `{ ${members
    .reverse()
    .map(([key, member]) => `${respellText(key)} : ${respellJson(member)}`)
    .join(' , ')} }`
}

const respellText = (text: string): string =>
  JSON.stringify(text)
    .replaceAll('/', '\\/')
    .replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
