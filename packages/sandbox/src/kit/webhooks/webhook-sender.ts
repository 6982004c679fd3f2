import { type Clock, wait } from '../clock.ts'
import { createRandom } from '../random.ts'
import { isLoopback, post, type WebhookTargets } from './post-webhook.ts'
import { respellJson } from './respell-json.ts'
import { drawOddities, noOddities, type WebhookOddity, type WebhookRate } from './webhook-oddities.ts'

type Json = Readonly<Record<string, unknown>>

/** One event on its way. */
interface OutgoingWebhook {
  /** The vendor's name of it. */
  readonly event: string
  readonly url: string
  readonly body: Json
  readonly headers?: Readonly<Record<string, string>>
}

/** What became of one try. */
export interface WebhookAttempt {
  readonly event: string
  readonly url: string
  /** Counts the events, from 1. Duplicates and copies have the number of their event. */
  readonly number: number
  readonly attempt: number
  /** What the receiver answered; null: nothing. */
  readonly status: number | null
  readonly oddities: readonly WebhookOddity[]
}

/** The sending end of an emulated vendor's webhooks. */
export interface Webhooks {
  readonly rate: WebhookRate
  /** Where it may send. `loopback`: to this machine only. */
  targets: WebhookTargets
  /** How often a delivery is tried until it is answered with 2xx. */
  attempts: number
  /** How fast its waiting passes: 0 not at all, so that only the order is kept; 1 as the vendor waits. */
  pace: number
  /** Every try so far, in order. */
  readonly log: readonly WebhookAttempt[]
  /** Resolves when everything that is due was delivered or given up, what waits for another one included. */
  settled(): Promise<void>
}

export interface WebhookSender extends Webhooks {
  send(webhook: OutgoingWebhook): void
  /** Forgets what was not delivered yet, and the log. Ends all rates and starts the seed anew. */
  reset(): void
}

export interface SenderSettings {
  readonly seed: number
  readonly name: string
  readonly clock: Pick<Clock, 'after'>
  /** The vendor's documented number of tries. */
  readonly attempts: number
  /** The headers that prove where these bytes come from. */
  readonly sign: (bytes: Uint8Array) => Readonly<Record<string, string>>
  /** The headers of somebody who cannot prove it. Default: the signature of other bytes. */
  readonly forge?: (webhook: OutgoingWebhook) => Readonly<Record<string, string>>
  /** The same event as if it had been sent long ago. Absent: the vendor's bodies say nothing that could be old. */
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
  /** Milliseconds of its own time, in which only the order matters unless `pace` says otherwise. */
  readonly due: number
}

/** The first wait before a delivery is tried again; each further one is twice as long, give or take a quarter. */
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
      // What waited for another one goes after it.
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

  /** What somebody else sends ahead of the event; nobody tries those again. */
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
