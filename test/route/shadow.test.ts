import { agentConversation } from '@parley/agent-conversation'
import { createChatbot } from '@parley/chatbot'
import { type Adapter, type Answer, memoryStore, requireOperation, type VisitorTarget } from '@parley/core'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { type Comparison, shadow } from '@parley/swap'
import { loadStreamCode } from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadVendors, nameOf, type Vendor } from '../vendors.ts'
import { expected } from '../write-once/expected.ts'
import { visitTheShop } from '../write-once/program.ts'

await loadStreamCode()
const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock })
afterAll(() => desk.stop())
const vendors = await loadVendors()
const ada = { externalId: 'ada', name: 'Ada Lark', email: 'ada@example.com', verified: true }
const question = { text: 'When are you open on Saturday?' }

// Loads the code of both before a clock counts: the clock would take the loading for a wait.
beforeAll(async () => {
  for (const agent of [live(), candidate()]) await requireOperation(agent, 'messages.ask')({ visitor: ada }, question)
})
beforeEach(() => {
  for (const { name } of vendors) desk[name].reset()
})

const live = (options: object = {}): Adapter =>
  liveChatAI({ ...desk.liveChatAI.accountOptions, clock, rate: false, ...options })
const candidate = (options: object = {}): Adapter =>
  agentConversation({ ...desk.agentConversation.accountOptions, clock, rate: false, ...options })

function deferred() {
  let resolve: (value: unknown) => void = () => {}
  const promise = new Promise<unknown>((end) => {
    resolve = end
  })
  return { promise, resolve }
}

/** A candidate whose answers the test makes. */
const answering = (ask: () => Promise<unknown>): Adapter => {
  const real = candidate()
  return { ...real, messages: { ...real.messages, ask: ask as () => Promise<Answer> } }
}

describe('a shadow', () => {
  it('answers as the live account does, and compares each answer with that of the candidate', async () => {
    const seen: Comparison[] = []
    const agent = shadow({ live: live(), candidate: candidate(), clock, onComparison: (each) => void seen.push(each) })
    const answer = await requireOperation(agent, 'messages.ask')({ visitor: ada }, question)
    expect(answer.conversationRef).toMatch(/^livechatai:/)
    await agent.shadow.settled()
    expect(seen).toHaveLength(1)
    const [{ live: first, candidate: second, difference, question: asked } = {} as Comparison] = seen
    expect(asked).toBe(question.text)
    expect(first).toMatchObject({ account: 'livechatai:default', outcome: 'answered', text: answer.text })
    expect(second).toMatchObject({ account: 'agent-conversation:default', outcome: 'answered', text: answer.text })
    expect(second.sources.length).toBeGreaterThan(0)
    expect(second.latency).toBeGreaterThan(0)
    expect(difference).toBe(0)
    expect(agent.shadow.report()).toEqual({
      questions: 1,
      candidate: { answered: 1, failed: 0, skipped: 0 },
      live: { answered: 1, failed: 0 },
      difference: 0,
    })
  })

  it('gives the candidate nothing of the person but an id of its own', async () => {
    const agent = shadow({ live: live(), candidate: candidate(), clock })
    const ask = requireOperation(agent, 'messages.ask')
    const { conversationId } = await ask({ visitor: ada }, question)
    await ask(conversationId as string, question)
    await ask(conversationId as string, question)
    await agent.shadow.settled()
    const sent = JSON.stringify(desk.agentConversation.requests)
    expect(sent).toContain('shadow-')
    expect(sent).not.toMatch(/Ada|ada@|"ada"/)
    // The questions of one conversation are in one conversation of the candidate.
    const opened = desk.agentConversation.requests.filter(
      ({ method, path }) => method === 'POST' && /\/conversations$/.test(path),
    )
    expect(opened.length).toBeLessThanOrEqual(2)
  })

  it('refuses a candidate whose answers reach a person, before anything is sent', async () => {
    const reaching = leadConnector({ ...desk.leadConnector.accountOptions, clock })
    const agent = shadow({ live: live(), candidate: reaching, clock })
    const problem = 'the candidate leadconnector:default cannot be asked without reaching a person'
    await expect(requireOperation(agent, 'messages.ask')({ visitor: ada }, question)).rejects.toThrow(problem)
    await expect(agent.shadow.check()).rejects.toMatchObject({ code: 'configuration', outcome: 'not-done' })
    expect(desk.liveChatAI.requests).toEqual([])
    expect(desk.leadConnector.requests).toEqual([])
  })

  it('refuses a candidate whose traits do not say who gets an answer', async () => {
    const { traits: _, ...silent } = candidate()
    await expect(shadow({ live: live(), candidate: silent, clock }).shadow.check()).rejects.toThrow('answerReach')
  })

  it.each([
    ['hangs', () => new Promise<never>(() => {}), 'unknown'],
    ['fails', () => Promise.reject(new Error('the candidate’s own words')), 'unknown'],
    [
      'throws at once',
      () => {
        throw new Error('the candidate’s own words')
      },
      'unknown',
    ],
    ['answers a number', () => Promise.resolve(7), 'response'],
    ['answers with a text that is none', () => Promise.resolve({ outcome: 'answered', text: { $: 1 } }), 'response'],
    ['answers with an unknown outcome', () => Promise.resolve({ outcome: 'constructor', text: 'x' }), 'response'],
  ] as const)('shows a visitor nothing of a candidate that %s', async (_, ask, error) => {
    const seen: Comparison[] = []
    const agent = shadow({
      live: live(),
      candidate: answering(ask),
      clock,
      onComparison: (each) => void seen.push(each),
    })
    const alone = await requireOperation(live(), 'messages.ask')({ visitor: ada }, question)
    const began = clock.now()
    const answer = await requireOperation(agent, 'messages.ask')({ visitor: { externalId: 'ben' } }, question)
    expect({ outcome: answer.outcome, text: answer.text }).toEqual({ outcome: alone.outcome, text: alone.text })
    expect(clock.now() - began).toBe(0)
    await agent.shadow.settled()
    expect(seen.map(({ candidate: { outcome, text, error } }) => ({ outcome, text, error }))).toEqual([
      { outcome: 'error', text: null, error },
    ])
  })

  it('lets a question wait at most a second for the traits of a candidate, and asks the candidate later', async () => {
    const { promise, resolve } = deferred()
    const seen: Comparison[] = []
    const slow = { ...candidate(), traits: () => promise } as unknown as Adapter
    const agent = shadow({ live: live(), candidate: slow, clock, onComparison: (each) => void seen.push(each) })
    const began = clock.now()
    const first = await requireOperation(agent, 'messages.ask')({ visitor: ada }, question)
    expect(first.outcome).toBe('answered')
    expect(clock.now() - began).toBe(1_000)
    await requireOperation(agent, 'messages.ask')({ visitor: { externalId: 'ben' } }, question)
    expect(clock.now() - began).toBe(1_000)
    resolve(await candidate().traits?.())
    await agent.shadow.settled()
    expect(seen.map(({ candidate: { outcome } }) => outcome)).toEqual(['answered', 'answered'])
  })

  it('asks no candidate whose traits come late and say that its answers reach a person', async () => {
    const reaching = leadConnector({ ...desk.leadConnector.accountOptions, clock })
    const { promise, resolve } = deferred()
    const seen: Comparison[] = []
    const slow = { ...reaching, traits: () => promise } as unknown as Adapter
    const agent = shadow({ live: live(), candidate: slow, clock, onComparison: (each) => void seen.push(each) })
    await requireOperation(agent, 'messages.ask')({ visitor: ada }, question)
    resolve(await reaching.traits?.())
    await agent.shadow.settled()
    expect(seen.map(({ candidate: { error } }) => error)).toEqual(['configuration'])
    expect(desk.leadConnector.requests).toEqual([])
    const refused = requireOperation(agent, 'messages.ask')({ visitor: ada }, question)
    await expect(refused).rejects.toThrow('without reaching a person')
  })

  it('does not let a live answer wait: no request of the candidate begins before it', async () => {
    const order: string[] = []
    const noting =
      (name: string): typeof fetch =>
      (...args) => {
        order.push(name)
        return fetch(...args)
      }
    const agent = shadow({
      live: live({ fetch: noting('live') }),
      candidate: candidate({ fetch: noting('candidate') }),
      clock,
    })
    await requireOperation(agent, 'messages.ask')({ visitor: ada }, question)
    expect(order).not.toContain('candidate')
    await agent.shadow.settled()
    expect(order.indexOf('candidate')).toBe(order.lastIndexOf('live') + 1)
  })

  it('skips questions when too many wait for a candidate that hangs', async () => {
    const agent = shadow({
      ...{
        live: live(),
        candidate: answering(() => new Promise<never>(() => {})),
        clock: testClock(),
        concurrency: 1,
        waiting: 1,
      },
    })
    for (const externalId of ['a', 'b', 'c', 'd'])
      await requireOperation(agent, 'messages.ask')({ visitor: { externalId } }, question)
    expect(agent.shadow.report()).toMatchObject({ questions: 4, candidate: { skipped: 2 }, live: { answered: 4 } })
  })

  it('compares streamed answers, and passes their parts on', async () => {
    const agent = shadow({ live: live(), candidate: candidate(), clock })
    const bot = createChatbot({ agent, store: memoryStore(), clock })
    const kinds: string[] = []
    for await (const { type } of bot.stream(ada, question)) kinds.push(type)
    expect(kinds.at(-1)).toBe('finish')
    await agent.shadow.settled()
    expect(agent.shadow.report()).toMatchObject({ questions: 1, candidate: { answered: 1 } })
  })

  it('is known to the candidate by one id in a conversation, however the conversation is asked in', async () => {
    const visitors: unknown[] = []
    const real = candidate()
    const noting: Adapter = {
      ...real,
      messages: {
        ...real.messages,
        ask: (target, ...rest) => {
          visitors.push((target as VisitorTarget).visitor.externalId)
          return requireOperation(real, 'messages.ask')(target, ...rest)
        },
      },
    }
    const agent = shadow({ live: live({ store: memoryStore() }), candidate: noting, clock })
    const asking = requireOperation(agent, 'messages.ask')
    const { conversationId } = await asking({ visitor: { externalId: 'ada' } }, question)
    await asking({ visitor: ada }, question)
    await asking(conversationId as string, question)
    await agent.shadow.settled()
    expect(new Set(visitors).size).toBe(1)
    await asking({ visitor: { externalId: 'ben' } }, question)
    await agent.shadow.settled()
    expect(new Set(visitors).size).toBe(2)
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('no log')
      },
    ],
    ['fails later', () => Promise.reject(new Error('no log'))],
  ])('ignores that what the application does with a comparison %s', async (_, onComparison: () => void) => {
    const agent = shadow({ ...{ live: live(), candidate: candidate(), clock }, onComparison })
    await requireOperation(agent, 'messages.ask')({ visitor: ada }, question)
    await agent.shadow.settled()
    expect(agent.shadow.report()).toMatchObject({ candidate: { answered: 1 } })
  })
})

const pairs = vendors.flatMap((one) =>
  vendors
    .filter((other) => other !== one && nameOf(other) !== 'leadconnector')
    .map((other) => [nameOf(one), nameOf(other), one, other] as const),
)

describe.each(pairs)('the program at %s with %s as its shadow', (_one, _other, one, other) => {
  it('sees nothing but what the traits of the live account announce', async () => {
    const store = memoryStore()
    const opened = (vendor: Vendor) =>
      vendor.create({ ...desk[vendor.name].accountOptions, clock, random: () => 0.5, store, rate: false })
    const open = () => shadow({ live: opened(one), candidate: opened(other), clock })
    const transcript = await visitTheShop({ open, sleep: () => clock.advance(86_400_000) })
    expect(transcript).toEqual(await expected(opened(one)))
  })
})
