import { readFileSync } from 'node:fs'
import {
  type Adapter,
  buildRef,
  type Event,
  memoryStore,
  parseRef,
  type RuntimeOptions,
  type StateStore,
} from '@parley/core'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { failure } from '@parley/testkit'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { loadVendors } from '../../../test/vendors.ts'
import { type ChatbotOptions, createChatbot, type HandOff, type LateAnswer } from '../src/index.ts'

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.2 })
afterAll(() => desk.stop())
const vendors = await loadVendors()
beforeEach(() => {
  for (const { name } of vendors) {
    desk[name].reset()
    desk[name].faults.clear()
  }
})

const hours = 'When are you open on Saturday?'
const visitor = { externalId: 'web-1', name: 'Ada Lark' }

describe.each(vendors.map((vendor) => [vendor.label, vendor] as const))('a chatbot over %s', (_, vendor) => {
  const agentWith = (options: RuntimeOptions = {}): Adapter =>
    vendor.create({ ...desk[vendor.name].accountOptions, clock, random: () => 0.5, rate: false, ...options })
  const botOf = (options: Partial<ChatbotOptions> = {}) => createChatbot({ agent: agentWith(), clock, ...options })
  const posts = () => desk[vendor.name].requests.filter(({ method }) => method === 'POST').length

  it('answers, goes on in the same conversation, and shows the history of this chat', async () => {
    const bot = botOf()
    const first = await bot.ask(visitor, { text: hours })
    expect(first).toMatchObject({
      outcome: 'answered',
      conversationRef: expect.any(String),
      contactRef: expect.any(String),
    })
    const next = await bot.ask(visitor, { text: 'Do you sell gift cards?' })
    expect(next.conversationId).toBe(first.conversationId)
    const { messages } = await bot.history(visitor)
    expect(messages.map(({ author }) => author.kind).filter((kind) => kind !== 'system')).toEqual([
      ...['contact', 'agent'],
      ...['contact', 'agent'],
    ])
    expect(messages[0]?.text).toBe(hours)
    const other = await bot.ask({ externalId: 'web-2' }, { text: hours })
    expect(other.conversationId).not.toBe(first.conversationId)
  })

  it('streams the same answer', async () => {
    // With the real time, because a clock that runs by itself takes the loading of code for waiting.
    const agent = vendor.create({ ...desk[vendor.name].accountOptions, rate: false })
    const bot = createChatbot({ agent })
    const texts: string[] = []
    let conversationId: string | null = null
    for await (const part of bot.stream(visitor, { text: hours })) {
      if (part.type === 'text') texts.push(part.text)
      if (part.type === 'finish') conversationId = part.answer.conversationId
    }
    expect(texts.join('')).toContain('Saturday from 10:00')
    expect((await bot.ask(visitor, { text: hours })).conversationId).toBe(conversationId)
  })

  it('asks a message with the same id once, also in another process', async () => {
    const store = memoryStore()
    const first = await botOf({ store }).ask(visitor, { id: 'm-1', text: hours })
    const before = posts()
    const again = await botOf({ store }).ask(visitor, { id: 'm-1', text: hours })
    expect(again).toMatchObject({ outcome: 'answered', text: first.text, conversationId: first.conversationId })
    expect(posts()).toBe(before)
  })

  it('asks two messages at once one after the other, in one conversation', async () => {
    const bot = botOf()
    const both = await Promise.all([
      bot.ask(visitor, { id: 'a', text: hours }),
      bot.ask(visitor, { id: 'b', text: 'Do you sell gift cards?' }),
    ])
    expect(both.map(({ outcome }) => outcome)).toEqual(['answered', 'answered'])
    expect(new Set(both.map(({ conversationId }) => conversationId)).size).toBe(1)
  })

  it('finds out by reading what became of a question whose process was killed, and never sends it twice', async () => {
    const store = memoryStore()
    const bot = botOf({ store })
    await bot.ask(visitor, { text: hours })
    // The question is sent, and the process ends before it has the answer.
    let isSent = false
    const killed: typeof fetch = async (input, init) => {
      if (isSent) throw new Error('The process is gone.')
      const request = new Request(input, init)
      isSent = (await request.clone().text()).includes('gift cards')
      const answer = await fetch(request)
      if (isSent) throw new Error('The process is gone.')
      return answer
    }
    const dying = createChatbot({ agent: agentWith({ fetch: killed }), store, clock })
    await dying.ask(visitor, { id: 'm-9', text: 'Do you sell gift cards?' }, { timeout: 30_000 }).catch(() => undefined)
    await clock.advance(60_000)
    const after = await botOf({ store }).ask(visitor, { id: 'm-9', text: 'Do you sell gift cards?' })
    expect(['answered', 'unknown', 'pending', 'unanswered']).toContain(after.outcome)
    const { messages } = await bot.history(visitor)
    expect(messages.filter(({ text }) => text === 'Do you sell gift cards?')).toHaveLength(1)
  })

  it('hands over, says who answers, and gives back where the vendor can', async () => {
    const seen: HandOff[] = []
    const bot = botOf({ onHandOff: (handOff) => void seen.push(handOff) })
    expect(await failure(bot.handOff(visitor))).toMatchObject({ code: 'conflict' })
    expect(await bot.status(visitor)).toEqual({
      ...{ conversationRef: null, contactRef: null, control: null, open: [], unverified: {} },
    })
    await bot.ask({ ...visitor, email: 'typed@example.com' }, { text: hours })
    const handOff = await bot.handOff(visitor, 'The visitor asked for a person.')
    expect(seen).toEqual([handOff])
    const canTakeOver = agentWith().control?.takeOver !== undefined
    expect(handOff).toMatchObject({
      by: canTakeOver ? 'vendor' : 'application',
      reason: 'The visitor asked for a person.',
    })
    if (!canTakeOver) expect(handOff.explanation).toMatch(/\.$/)
    const status = await bot.status(visitor)
    expect(status.unverified).toEqual({ email: 'typed@example.com' })
    if (!canTakeOver) return
    expect(status.control?.holder).toBe('operator')
    expect((await bot.release(visitor)).holder).toBe('agent')
  })

  it('tells the application of a hand-off once, and again after it has ended or the notice failed', async () => {
    const seen: HandOff[] = []
    let isBroken = true
    const bot = botOf({
      onHandOff: (handOff) => {
        if (isBroken) throw new Error('No mail.')
        seen.push(handOff)
      },
    })
    await bot.ask(visitor, { text: hours })
    await expect(bot.handOff(visitor)).rejects.toThrow('No mail.')
    isBroken = false
    await bot.handOff(visitor)
    await bot.handOff(visitor)
    expect(seen).toHaveLength(1)
    await bot.release(visitor)
    await bot.handOff(visitor)
    expect(seen).toHaveLength(2)
  })

  it('tells the application once that the agent has handed over by itself, where the vendor says so', async () => {
    const seen: HandOff[] = []
    const errors: unknown[] = []
    const bot = botOf({ onHandOff: (handOff) => void seen.push(handOff), onError: (error) => errors.push(error) })
    await bot.ask(visitor, { text: hours })
    expect(seen).toEqual([])
    await bot.ask(visitor, { text: 'I want to talk to a human' })
    const { control } = await bot.status(visitor)
    expect(seen.map(({ by }) => by)).toEqual(control?.holder === 'operator' ? ['agent'] : [])
    if (control?.holder === 'operator') expect(seen[0]?.control?.holder).toBe('operator')
    await bot.ask(visitor, { text: 'Hello?' }).catch(() => undefined)
    expect(seen.length).toBeLessThan(2)
    expect(errors).toEqual([])
  })

  it('has an empty chat when the vendor has lost the conversation, and begins another', async () => {
    const bot = botOf()
    await bot.ask(visitor, { text: hours })
    desk[vendor.name].reset()
    expect(await bot.history(visitor)).toEqual({ messages: [], hasMore: false, warnings: [] })
    expect(await bot.status(visitor)).toMatchObject({ conversationRef: null, control: null })
    expect(await failure(bot.handOff(visitor))).toMatchObject({ code: 'conflict' })
    const next = await bot.ask(visitor, { text: hours })
    expect(next).toMatchObject({ outcome: 'answered' })
    expect((await bot.history(visitor)).messages.length).toBeGreaterThan(1)
  })

  it('takes an event only for the conversation that a visitor has at this account', async () => {
    const store = memoryStore()
    const bot = botOf({ store })
    const { conversationRef, conversationId } = await bot.ask(visitor, { text: hours })
    const event = (conversation: string) =>
      ({
        ...{ kind: 'conversation.updated', vendor: vendor.name, account: 'default', dedupeKey: 'e-1', native: null },
        conversation,
      }) as Event
    const { externalId } = visitor
    expect(await bot.deliver(event(conversationRef as string))).toEqual({ visitor: { externalId }, answers: [] })
    const { vendor: name, account } = parseRef(conversationRef as string)
    const other = { kind: 'conversation' as const, id: conversationId as string }
    expect(await bot.deliver(event(buildRef({ ...other, vendor: name, account: `${account}-2` })))).toBeNull()
    expect(await bot.deliver(event(buildRef({ ...other, vendor: 'elsewhere', account })))).toBeNull()
    expect(await bot.deliver(event(buildRef({ ...other, vendor: name, account, id: 'unknown' })))).toBeNull()
    // The vendor has lost the conversation, and the visitor has another one.
    await bot.forget(visitor)
    expect(await bot.deliver(event(conversationRef as string))).toBeNull()
  })

  it('goes on by any key that is verified', async () => {
    const bot = botOf()
    const email = { email: 'ada@lark.example', verified: true }
    const first = await bot.ask({ externalId: 'web-1', ...email }, { text: hours })
    const next = await bot.ask({ externalId: 'web-9', ...email }, { text: 'Do you sell gift cards?' })
    expect(next.conversationId).toBe(first.conversationId)
    expect((await bot.ask({ externalId: 'web-9' }, { text: hours })).conversationId).toBe(first.conversationId)
    const stranger = await bot.ask({ externalId: 'web-8', email: 'ada@lark.example' }, { text: hours })
    expect(stranger.conversationId).not.toBe(first.conversationId)
  })

  it('asks a question again that was provably not sent, although it has the same id', async () => {
    const store = memoryStore()
    await botOf({ store }).ask(visitor, { text: hours })
    const refused: typeof fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }) }))
    const down = createChatbot({ agent: agentWith({ fetch: refused, maxRetries: 0 } as object), store, clock })
    const question = { id: 'm-7', text: 'Do you sell gift cards?' }
    expect(await failure(down.ask(visitor, question))).toMatchObject({ code: 'network' })
    expect((await botOf({ store }).status(visitor)).open).toEqual([])
    expect(await botOf({ store }).ask(visitor, question)).toMatchObject({ outcome: 'answered' })
  })

  it('opens one conversation for two first questions at once that share a verified address', async () => {
    const bot = botOf()
    const email = { email: 'ada@lark.example', verified: true }
    const both = await Promise.all([
      bot.ask({ externalId: 'web-1', ...email }, { text: hours }),
      bot.ask({ externalId: 'web-2', ...email }, { text: 'Do you sell gift cards?' }),
    ])
    expect(new Set(both.map(({ conversationId }) => conversationId)).size).toBe(1)
  })

  it('forgets a visitor', async () => {
    const store = memoryStore()
    const bot = botOf({ store })
    await bot.ask(visitor, { id: 'm-1', text: hours })
    await bot.forget(visitor)
    expect(await bot.status(visitor)).toMatchObject({ conversationRef: null, open: [] })
  })

  it.each<[string, Partial<StateStore>]>([
    ['cannot be read', { get: () => Promise.reject(new Error('Away.')) }],
    ['cannot be locked', { lock: () => Promise.reject(new Error('Away.')) }],
    ['cannot be written', { set: () => Promise.reject(new Error('Full.')) }],
  ])('asks nothing if its store %s', async (_name, broken) => {
    const error = await failure(botOf({ store: { ...memoryStore(), ...broken } }).ask(visitor, { text: 'Lost words?' }))
    expect(error).toMatchObject({ code: 'configuration', fields: [{ path: 'store' }] })
    expect(JSON.stringify(desk[vendor.name].requests)).not.toContain('Lost words')
  })

  it.each([
    [{}, { text: 'x' }, 'visitor.externalId'],
    [visitor, { text: ' ' }, 'text'],
    [visitor, { text: 'x', id: '' }, 'id'],
  ])('refuses %j with %j before anything is sent', async (who, input, path) => {
    const before = desk[vendor.name].requests.length
    expect(await failure(botOf().ask(who, input))).toMatchObject({ code: 'invalid-request', fields: [{ path }] })
    expect(desk[vendor.name].requests).toHaveLength(before)
  })
})

it('begins a conversation at the new vendor after a change of the vendor, with what was said before', async () => {
  const store = memoryStore()
  const carryOver = { messages: 4 }
  const bodies: string[] = []
  const recorded: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    bodies.push(await request.clone().text())
    return fetch(request)
  }
  const agents = vendors.map((vendor) =>
    vendor.create({ ...desk[vendor.name].accountOptions, clock, random: () => 0.5, fetch: recorded }),
  )
  const botOf = (agent: Adapter) => createChatbot({ agent, store, carryOver, clock })
  for (const agent of agents)
    expect(await botOf(agent).ask(visitor, { text: hours })).toMatchObject({
      outcome: 'answered',
      conversationRef: expect.stringMatching(`^${agent.vendor}:`),
    })
  const said = () => bodies.filter((body) => body.includes('Earlier in this chat')).length
  for (const [index, vendor] of vendors.entries()) {
    const agent = agents[index] as Adapter
    if ((await agent.traits?.())?.questionContext?.value !== 'yes') continue
    desk[vendor.name].reset()
    const before = said()
    // The vendor has lost the conversation, so the next question opens another one.
    await botOf(agent).ask(visitor, { text: 'Do you sell gift cards?' })
    expect(said()).toBe(before + 1)
    await botOf(agent).ask({ externalId: 'web-3' }, { text: hours })
    expect(said()).toBe(before + 1)
  }
})

it('delivers an answer that came later', async () => {
  const vendor = vendors.find(({ name }) => 'pendingLooks' in desk[name].settings) as (typeof vendors)[number]
  const emulator = desk[vendor.name]
  const agent = vendor.create({ ...emulator.accountOptions, clock, random: () => 0.5 })
  const late: LateAnswer[] = []
  const bot = createChatbot({ agent, clock, onAnswer: (one) => void late.push(one) })
  await bot.ask(visitor, { text: hours })
  Object.assign(emulator.settings, { pendingLooks: 4 })
  const asked = await bot.ask(visitor, { id: 'm-2', text: 'Do you sell gift cards?' }, { timeout: 600 })
  expect(asked.outcome).toBe('pending')
  expect((await bot.status(visitor)).open).toMatchObject([{ id: 'm-2' }])
  for (let count = 0; count < 6 && late.length === 0; count++) await bot.check(visitor)
  expect(late).toMatchObject([{ id: 'm-2', answer: { outcome: 'answered' } }])
  expect((await bot.status(visitor)).open).toEqual([])
  expect(await bot.check(visitor)).toEqual([])
})

it('is described in the guide with the traits that the vendors have', async () => {
  const guide = readFileSync(new URL('../../../docs/chatbot.md', import.meta.url), 'utf8')
  const rows = [...guide.matchAll(/^\| (.*) \|$/gm)].map(([, cells = '']) => cells.split(' | '))
  const start = rows.findIndex(([first]) => first === 'Trait')
  const [, ...labels] = rows[start] as string[]
  expect(labels.toSorted()).toEqual(vendors.map(({ label }) => label).toSorted())
  const stated = rows.slice(start + 2)
  expect(stated.length).toBeGreaterThan(5)
  for (const [index, label] of labels.entries()) {
    const vendor = vendors.find((one) => one.label === label) as (typeof vendors)[number]
    const traits = (await vendor.create({ ...desk[vendor.name].accountOptions }).traits?.()) ?? {}
    for (const [name = '', ...cells] of stated) {
      const { value } = traits[name.slice(1, -1) as keyof typeof traits] ?? {}
      expect(`${label} ${name} ${cells[index]?.match(/^[\w-]+/)?.[0]}`).toBe(`${label} ${name} ${value}`)
    }
  }
})
