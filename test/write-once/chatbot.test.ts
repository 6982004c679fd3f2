import { type Chatbot, createChatbot } from '@parley/chatbot'
import { type Adapter, memoryStore, requireOperation, type StateStore, type Visitor } from '@parley/core'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVendors, nameOf, type Vendor } from '../vendors.ts'

/*
 * Chatbots whose connections break and whose processes are killed between any two steps, by a seed. Two processes work at
 * once over one store, which at times writes and then fails. They ask, answer browsers that leave, and look for late
 * answers. Whatever happens, no question is sent twice, and no visitor gets two conversations.
 */

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.2 })
afterAll(() => desk.stop())
const vendors = await loadVendors()
const seeds = Number(process.env['PARLEY_CHATBOT_SEEDS'] ?? 25)

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
      if (luck < 0.08) throw broken('ECONNRESET')
      const answer = await fetch(request)
      if (luck < 0.16) {
        await answer.arrayBuffer()
        throw broken('ECONNRESET')
      }
      if (luck < 0.2) return Response.json({ message: 'Internal server error' }, { status: 500 })
      return answer
    })
  const own: StateStore = {
    get: (key) => step(() => store.get(key)),
    set: (key, value) =>
      step(async () => {
        await store.set(key, value)
        if (steps !== Number.POSITIVE_INFINITY && random() < 0.03) throw new Error('The answer is lost.')
      }),
    delete: (key) => step(() => store.delete(key)),
    lock: (key, work) => step(() => store.lock(key, work)),
  }
  return { fetch: fetchIt, store: own }
}

const questions = ['When are you open on Saturday?', 'Do you sell gift cards?']

/** A browser that may leave after any piece of its answer. */
async function visit(
  bot: Chatbot,
  visitor: Visitor,
  { id, text }: { id: string; text: string },
  random: () => number,
): Promise<void> {
  const body = { message: { id, role: 'user', parts: [{ type: 'text', text }] } }
  const response = await bot.respond(visitor, body, { format: 'text', timeout: 60_000 }).catch(() => undefined)
  const reader = response?.body?.getReader()
  while (reader && random() < 0.7) if ((await reader.read().catch(() => ({ done: true }))).done) return
  await reader?.cancel().catch(() => undefined)
}

async function live(vendor: Vendor, seed: number): Promise<string[]> {
  desk[vendor.name].reset()
  const random = randomOf(seed)
  const store = memoryStore()
  const visitor = { externalId: `seed-${seed}` }
  const agentWith = (options: object): Adapter =>
    vendor.create({
      ...desk[vendor.name].accountOptions,
      clock,
      random: () => 0.5,
      rate: false,
      store: memoryStore(),
      ...options,
    })
  const contactStore = memoryStore()
  const outcomes = new Map<string, string>()
  for (let life = 0; life < 6; life++) {
    const isLast = life >= 4
    const work = async () => {
      const process = processOf(random, isLast ? Number.POSITIVE_INFINITY : Math.floor(random() * 40), store)
      const agent = agentWith({ store: contactStore, ...(!isLast && { fetch: process.fetch }) })
      const bot = createChatbot({ agent, store: process.store, clock })
      for (const [index, text] of questions.entries()) {
        const id = `m-${index}`
        const luck = isLast ? 1 : random()
        if (luck < 0.2) await visit(bot, visitor, { id, text }, random)
        else {
          const answer = await bot.ask(visitor, { id, text }, { timeout: 60_000 }).catch(() => undefined)
          if (answer) outcomes.set(text, answer.outcome)
          if (isLast && !answer) outcomes.set(text, 'an error')
        }
        if (luck < 0.4) await bot.check(visitor, { timeout: 30_000 }).catch(() => undefined)
      }
    }
    await Promise.all(isLast ? [work()] : [work(), work()])
    await clock.advance(20 * 60_000)
  }
  const problems: string[] = []
  const quiet = agentWith({ store: contactStore })
  const { contact } = await requireOperation(quiet, 'contacts.ensure')(visitor)
  const conversations = (await requireOperation(quiet, 'conversations.list')({ contactId: contact.id })).items
  if (conversations.length > 1) problems.push(`${conversations.length} conversations`)
  const said: string[] = []
  for (const { id } of conversations)
    for await (const { text, author } of requireOperation(quiet, 'messages.list')(id))
      if (author.kind === 'contact' && text) said.push(text)
  for (const text of questions) {
    const count = said.filter((each) => each === text).length
    if (count > 1) problems.push(`"${text}" was sent ${count} times`)
    const outcome = outcomes.get(text)
    if (outcome === undefined || outcome === 'an error') problems.push(`"${text}" ended as ${String(outcome)}`)
    if (outcome === 'answered' && count === 0) problems.push(`"${text}" was answered and is not in the thread`)
  }
  return problems
}

describe.each(vendors.map((vendor) => [vendor.label, vendor] as const))('a chatbot over %s', (_, vendor) => {
  it(
    'sends no question twice and opens no second conversation, whatever breaks',
    async () => {
      const found: string[] = []
      for (let seed = 1; seed <= seeds; seed++)
        for (const problem of await live(vendor, seed)) found.push(`seed ${seed} at ${nameOf(vendor)}: ${problem}`)
      expect(found).toEqual([])
    },
    100_000 + seeds * 20_000,
  )
})
