import { type Adapter, memoryStore, requireOperation, type StateStore } from '@parley/core'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { type EvaluationAgent, evaluate } from '@parley/swap'
import { loadStreamCode } from '@parley/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVendors, nameOf, type Vendor } from '../vendors.ts'

/*
 * Evaluations whose connections break and whose process is killed after any request or any call of the store, by a seed. Each
 * goes on in the next process. Whatever happens, no question is sent twice, and the last process has an answer to each
 * question that was sent.
 */

await loadStreamCode()

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.1 })
afterAll(() => desk.stop())
const vendors = await loadVendors()
const seeds = Number(process.env['PARLEY_EVALUATION_SEEDS'] ?? 6)

/** mulberry32 */
const randomOf = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const broken = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })

/** A process that lives for so many steps. A step is a request or a call of the store. */
function processOf(random: () => number, steps: number, store: StateStore) {
  let left = steps
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    if (left-- <= 0) throw new Error('killed')
    return work()
  }
  const fetchIt: typeof fetch = (input, init) =>
    step(async () => {
      const request = new Request(input, init)
      const luck = random()
      if (luck < 0.05) throw broken('ECONNRESET')
      const answer = await fetch(request)
      if (luck < 0.12) {
        await answer.arrayBuffer()
        throw broken('ECONNRESET')
      }
      // The process is killed between the request and its answer.
      if (left <= 0) throw new Error('killed')
      return answer
    })
  const own: StateStore = {
    get: (key) => step(() => store.get(key)),
    set: (key, value) => step(() => store.set(key, value)),
    delete: (key) => step(() => store.delete(key)),
    lock: (key, work) => step(() => store.lock(key, work)),
  }
  return { fetch: fetchIt, store: own }
}

const questions = [
  { id: 'open', text: 'When are you open on Saturday?' },
  { id: 'cards', text: 'Do you sell gift cards?' },
  { id: 'bikes', text: 'Do I need an appointment to look at bikes?' },
]

async function live(vendor: Vendor, seed: number): Promise<string[]> {
  const served = desk[vendor.name]
  served.reset()
  const random = randomOf(seed)
  const [store, contacts] = [memoryStore(), memoryStore()]
  const open = (options: object): Adapter =>
    vendor.create({ ...served.accountOptions, clock, random: () => 0.5, rate: false, store: contacts, ...options })
  const reaches = (await open({}).traits?.())?.answerReach?.value === 'contact'
  const agentOf = (adapter: Adapter): EvaluationAgent => ({
    adapter,
    ...(reaches && { testContact: { externalId: 'own-phone', name: 'Test' } }),
  })
  const run = (options: object, own: StateStore) =>
    evaluate({ agents: [agentOf(open(options))], questions, clock, store: own, timeout: 30_000, concurrency: 2 })
  for (let life = 0; life < 5; life++) {
    const process = processOf(random, Math.floor(random() * 45), store)
    await run({ fetch: process.fetch }, process.store).catch(() => undefined)
    await clock.advance(25 * 60_000)
  }
  const result = await run({}, store)
  const problems: string[] = []
  const said = await saidBy(
    open({}),
    result.answers.flatMap(({ conversationRef }) => conversationRef ?? []),
  )
  const received = sentQuestions(served.requests)
  for (const { id, text } of questions) {
    const answer = result.answers.find(({ question }) => question === id)
    const times = received.filter((each) => each === text).length
    const stored = said.filter((each) => each === text).length
    if (times > 1) problems.push(`${id} was sent ${times} times`)
    if (stored > 1) problems.push(`${id} is ${stored} times in the conversations`)
    if (answer?.outcome === 'answered' && times === 0) problems.push(`${id} was answered and never sent`)
    if (answer?.outcome !== 'answered' && answer?.outcome !== 'unknown')
      problems.push(`${id} ended as ${answer?.outcome}`)
  }
  return problems
}

/** The texts of the questions in the bodies of requests that the vendor has done, whatever it calls them. */
const sentQuestions = (requests: readonly { body: unknown; status: number | null }[]): string[] =>
  requests.flatMap(({ body, status }) => {
    const json = status !== null && status < 300 ? JSON.stringify(body) : ''
    return questions.filter(({ text }) => json.includes(JSON.stringify(text))).map(({ text }) => text)
  })

async function saidBy(adapter: Adapter, refs: readonly string[]): Promise<string[]> {
  const said: string[] = []
  for (const ref of new Set(refs))
    for await (const { text, author } of requireOperation(
      adapter,
      'messages.list',
    )(decodeURIComponent(ref.split('/')[2] ?? '')))
      if (author.kind === 'contact' && text) said.push(text)
  return said
}

describe.each(vendors.map((vendor) => [vendor.label, vendor] as const))(
  'an evaluation of %s that is killed again and again',
  (_, vendor) => {
    it(
      'sends no question twice, and ends with an answer to each, or says that it is not known',
      async () => {
        const found: string[] = []
        for (let seed = 1; seed <= seeds; seed++)
          for (const problem of await live(vendor, seed)) found.push(`seed ${seed} at ${nameOf(vendor)}: ${problem}`)
        expect(found).toEqual([])
      },
      100_000 + seeds * 20_000,
    )
  },
)
