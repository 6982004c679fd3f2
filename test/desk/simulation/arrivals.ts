import { type Message, parseRef } from '@parley/core'
import type { Database } from '../../sync/simulation/database.ts'
import type { Machine, Process } from '../../sync/simulation/machine.ts'
import { connect, type Rates } from '../../sync/simulation/network.ts'
import type { Random } from '../../sync/simulation/random.ts'
import type { VendorAccount } from '../../sync/simulation/vendors.ts'

/** A text that the vendor has stored, each time that it did. */
interface Arrival {
  readonly text: string
  readonly at: number
  /** From when on the lists show it. */
  visibleAt: number
}

/** What a vendor gets from the desk. */
export interface Arrivals {
  readonly all: readonly Arrival[]
  /** The paths of the writes other than sends that a process has made. */
  writesOf(process: Process): readonly string[]
  /** Whether a request with this text may still arrive. */
  isUnderway(text: string): boolean
  /** The requests of a process. */
  fetchOf(process: Process, how: { random: Random; rates: SendRates }): typeof fetch
  /**
   * The process with a `step` that notices when it checks a claim, and stops it at times when it has claimed a send, stored its
   * attempt or checked its claim.
   */
  watched(process: Process, stopFor: number, stops: { random: Random; rate: number }): Process
  /** Sends that were requested without a claim, by their texts. */
  readonly unclaimed: readonly string[]
}

export interface SendRates extends Rates {
  /** The connection of a send breaks, and the request still arrives, up to a minute later. */
  late?: number
  /** The lists show a message only some time after the vendor has stored it. */
  unseen?: number
}

/** No text is part of another one. */
export const textOf = (number: number): string => `send-${String(number).padStart(4, '0')}`
const anyText = /send-\d{4}/

const second = 1000
const shortStops = [5, 48, 48, 55, 120, 500].map((seconds) => seconds * second)
const longStops = [48, 55, 95, 1500].map((seconds) => seconds * second)
/** No process is suspended for longer between its check and its request, because nobody could notice. */
const longestUnnoticed = 10 * 60 * second

export function arrivalsAt(
  machine: Machine,
  account: VendorAccount,
  {
    database,
    count,
    random,
    rates,
    conversationOf,
  }: {
    database: Database
    count: (what: string) => void
    random: Random
    rates: SendRates
    conversationOf: (text: string) => string | undefined
  },
): Arrivals {
  const all: Arrival[] = []
  const unclaimed: string[] = []
  const writes = new Map<string, string[]>()
  const underway = new Set<{ text: string; process: Process | undefined }>()
  /** The processes that have checked a claim and not sent its request yet. */
  const checked = new Set<string>()
  const stopsFor = new Map<string, number>()
  /** For how long a list may lack a message: the adapters state ten seconds or a minute. */
  const longestUnseen = account.vendor === 'langGraph' ? 8 * second : 50 * second

  const { answer } = account
  account.answer = async (request, how) => {
    if (request.method === 'GET') return answer(request, how)
    const text = anyText.exec(await request.clone().text())?.[0]
    const response = await answer(request, how)
    if (text === undefined || !response.ok) return response
    for (const one of underway) if (one.text === text) underway.delete(one)
    const arrival: Arrival = { text, at: machine.now, visibleAt: machine.now }
    all.push(arrival)
    account.changes += 1
    if (random.chance(rates.unseen ?? 0)) await hide(arrival)
    return response
  }

  async function hide(arrival: Arrival): Promise<void> {
    const message = await messageWith(arrival.text)
    if (!message) return
    count('fault: unseen')
    const time = random.between(second, longestUnseen)
    arrival.visibleAt = machine.now + time
    account.hidden.add(message.id)
    machine.after(time, () => {
      account.hidden.delete(message.id)
      account.changes += 1
    })
  }

  async function messageWith(text: string): Promise<Message | undefined> {
    const conversation = conversationOf(text)
    if (conversation === undefined || !account.quiet.messages?.list) return undefined
    const whole = account.vendor === 'leadConnector' ? { vendor: { leadconnector: { emailBodies: true } } } : {}
    const query = { limit: 10, order: 'desc', ...whole }
    const { items } = await account.quiet.messages.list(parseRef(conversation).id, query as never)
    return items.find((message) => message.text?.includes(text))
  }

  /** Whether a claim allows the process to send this now. A moment may pass between the check and the request. */
  async function noteClaim(text: string): Promise<void> {
    const rows = await database
      .rows(
        `select from parley.outbox where input->>'text' = $1 and state = 'claimed'
          and claimed_until > clock_timestamp() - interval '1 second'`,
        [text],
      )
      // Within a transaction that has failed, nothing can be asked.
      .catch(() => [undefined])
    if (rows.length === 0) unclaimed.push(text)
  }

  return {
    all,
    unclaimed,
    writesOf: ({ name }) => writes.get(name) ?? [],
    isUnderway: (text) => [...underway].some((one) => one.text === text && !one.process?.isDead),
    watched(process, stopFor, stops) {
      stopsFor.set(process.name, stopFor)
      const step: Process['step'] = (given) =>
        process.step({
          ...given,
          async work() {
            const what = given.what()
            const result = await given.work()
            const isCheck = /^\s*select from parley\.outbox where id/.test(what)
            if (isCheck) checked.add(process.name)
            if (
              (isCheck || /^\s*update parley\.outbox (?:as send set state = 'claimed'|set attempt)/.test(what)) &&
              stops.random.chance(stops.rate)
            ) {
              count('fault: stop')
              process.stop(stops.random.pick(isCheck ? shortStops : [...shortStops, ...longStops]))
            }
            return result
          },
        })
      return Object.create(process, { step: { value: step } })
    },
    fetchOf(process, { random: own, rates: ownRates }) {
      const held: Process = Object.create(process, {
        step: {
          value: ((given) =>
            process.step({
              ...given,
              isHeld: () =>
                !/^GET/.test(given.what()) &&
                (stopsFor.get(process.name) ?? 0) > longestUnnoticed &&
                checked.has(process.name),
              work() {
                if (!/^GET/.test(given.what())) checked.delete(process.name)
                return given.work()
              },
            })) satisfies Process['step'],
        },
      })
      const send = connect(held, account, { random: own, rates: ownRates, count })
      return async (input, init) => {
        const request = new Request(input, init)
        if (request.method === 'GET' || request.url.endsWith('/search')) return send(request)
        const body = await request.clone().text()
        const text = anyText.exec(body)?.[0]
        if (text === undefined) {
          const response = await send(request)
          if (response.ok)
            writes.set(process.name, [...(writes.get(process.name) ?? []), new URL(request.url).pathname])
          return response
        }
        await noteClaim(text)
        if (own.chance(ownRates.late ?? 0)) {
          count('fault: late')
          const { url, method, headers } = request
          const one = { text, process: undefined }
          underway.add(one)
          machine.after(own.between(second, 60 * second), () => {
            underway.delete(one)
            void account.answer(new Request(url, { method, headers, body }))
          })
          throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
        }
        const one = { text, process }
        underway.add(one)
        const response = await send(request).catch((error: unknown) => {
          // A request that was given up while its process was suspended may still go out.
          if (!request.signal.aborted) underway.delete(one)
          throw error
        })
        underway.delete(one)
        return response
      }
    },
  }
}
