import { agentConversation } from '@parley/agent-conversation'
import { createChatbot } from '@parley/chatbot'
import {
  type Adapter,
  type Event,
  memoryStore,
  requireOperation,
  type StateStore,
  supports,
  type Visitor,
} from '@parley/core'
import { createInbox } from '@parley/inbox'
import { langGraph } from '@parley/langgraph'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { type RouteDecision, type RouteOptions, route } from '@parley/swap'
import { loadStreamCode } from '@parley/testkit'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'

await loadStreamCode()
const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.2 })
afterAll(() => desk.stop())

const question = { text: 'When are you open on Saturday?' }
const visitorOf = (name: string) => ({ externalId: name })

let store: StateStore
beforeEach(() => {
  store = memoryStore()
  for (const name of ['liveChatAI', 'agentConversation', 'langGraph', 'leadConnector'] as const) desk[name].reset()
})

const old = (options: object = {}): Adapter =>
  liveChatAI({ ...desk.liveChatAI.accountOptions, clock, store, rate: false, ...options })
const next = (options: object = {}): Adapter =>
  langGraph({ ...desk.langGraph.accountOptions, clock, store, rate: false, ...options })
const routeWith = (options: Partial<RouteOptions> = {}) =>
  route({ from: old(), to: next(), share: 1, store, clock, ...options })

const away: typeof fetch = async () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) })
}

const ask = (agent: Adapter, name: string, text = question.text) =>
  requireOperation(agent, 'messages.ask')({ visitor: visitorOf(name) }, { text })

describe('the options of a route', () => {
  it.each([1.5, -0.1, Number.NaN, '0.5' as never])('a share of %s is refused by its name', (share) => {
    expect(() => routeWith({ share })).toThrow('option "share" must be a number from 0 to 1')
  })

  it('a share that becomes wrong while the program runs is an error that names it, and nothing is sent', async () => {
    const agent = routeWith({ share: () => 1.5 })
    await expect(ask(agent, 'ada')).rejects.toMatchObject({
      code: 'configuration',
      outcome: 'not-done',
      fields: [{ path: 'share', problem: 'must be a number from 0 to 1' }],
    })
    expect(desk.langGraph.requests).toEqual([])
    expect(desk.liveChatAI.requests).toEqual([])
  })

  it('two accounts of one name are refused, because their refs would be the same', () => {
    expect(() => routeWith({ to: old() })).toThrow('option "to" must be another account than from, livechatai:default')
  })

  it('a second route over one store with another vendor is refused, and names both pairs', async () => {
    await ask(routeWith(), 'ada')
    const other = agentConversation({ ...desk.agentConversation.accountOptions, clock, store })
    const second = routeWith({ to: other })
    await expect(ask(second, 'ada')).rejects.toThrow(
      'the store belongs to a route from livechatai:default to langgraph:default; give this route another name (this one is from livechatai:default to agent-conversation:default)',
    )
    expect(desk.agentConversation.requests).toEqual([])
    const named = routeWith({ to: other, name: 'spring' })
    expect((await ask(named, 'ben')).outcome).toBe('answered')
  })

  it('a route back over the same store is refused too', async () => {
    await ask(routeWith(), 'ada')
    await expect(ask(routeWith({ from: next(), to: old() }), 'ada')).rejects.toThrow('give this route another name')
  })

  it('an unknown option of the fallback is refused by its name', () => {
    expect(() => routeWith({ fallback: { errorRate: 2 } })).toThrow('"errorRate"')
    expect(() => routeWith({ fallback: { rate: 2 } as never })).toThrow('"rate"')
  })

  it.each([{ timeout: '9' }, { timeout: null }, { signal: 3 }, { retries: 1 }, null, 7])(
    'options of a question such as %j are refused before anything is sent, whichever account answers',
    async (options) => {
      for (const share of [0, 1]) {
        const agent = routeWith({ share })
        const asked = requireOperation(agent, 'messages.ask')({ visitor: visitorOf('ada') }, question, options as never)
        await expect(asked).rejects.toMatchObject({ code: 'invalid-request', outcome: 'not-done' })
        const ensured = requireOperation(agent, 'contacts.ensure')(visitorOf('ada'), options as never)
        await expect(ensured).rejects.toMatchObject({ code: 'invalid-request', outcome: 'not-done' })
      }
      expect([...desk.langGraph.requests, ...desk.liveChatAI.requests]).toEqual([])
    },
  )

  it('a share that cannot be found out is an error of the configuration with the cause, and nothing is sent', async () => {
    const cause = new Error('no flags')
    const agent = routeWith({ share: () => Promise.reject(cause) })
    await expect(ask(agent, 'ada')).rejects.toMatchObject({
      code: 'configuration',
      outcome: 'not-done',
      fields: [{ path: 'share' }],
      cause,
    })
    expect([...desk.langGraph.requests, ...desk.liveChatAI.requests]).toEqual([])
  })

  it('an onDecision that never ends, or that fails later, keeps no question waiting', async () => {
    const hanging = routeWith({ onDecision: () => new Promise<never>(() => {}) })
    expect(await ask(hanging, 'ada')).toMatchObject({ outcome: 'answered' })
    const failing = routeWith({ onDecision: () => Promise.reject(new Error('no log')) })
    expect(await ask(failing, 'ben')).toMatchObject({ outcome: 'answered' })
  })

  it('a store that fails is an error of the configuration, and nothing is sent', async () => {
    const failing = { ...memoryStore(), get: async () => Promise.reject(new Error('no database')) }
    await expect(ask(routeWith({ store: failing }), 'ada')).rejects.toMatchObject({ code: 'configuration' })
    expect(desk.langGraph.requests).toEqual([])
  })
})

describe('a store that fails now and then', () => {
  /** A store of which one call fails, and the number of calls. */
  function failingAt(which: number): { store: StateStore; calls(): number } {
    const real = memoryStore()
    let calls = 0
    const failing =
      <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        if (++calls === which) throw new Error('down')
        return call(...args)
      }
    const { get, set, delete: remove, lock } = real
    return {
      store: { get: failing(get), set: failing(set), delete: failing(remove), lock: failing(lock) },
      calls: () => calls,
    }
  }

  it.each([0, 1])('neither loses an answer nor lets a question be asked twice, with a share of %s', async (share) => {
    const outcomes: string[] = []
    for (let which = 1; ; which++) {
      const { store: failing, calls } = failingAt(which)
      const agent = routeWith({ share, store: failing })
      const text = `Question ${which}`
      const outcome = await ask(agent, 'ada', text).then(
        ({ outcome }) => outcome as string,
        ({ code, outcome }) => `${code} (${outcome})`,
      )
      outcomes.push(outcome)
      const sent = [...desk.liveChatAI.requests, ...desk.langGraph.requests].filter(({ body }) =>
        JSON.stringify(body)?.includes(`"${text}"`),
      )
      expect([which, outcome, sent.length]).toEqual([which, outcome, outcome === 'answered' ? 1 : 0])
      expect(['answered', 'configuration (not-done)']).toContain(outcome)
      if (calls() < which) break
    }
    expect(new Set(outcomes).size).toBe(2)
  })
})

describe('the share', () => {
  const sidesOf = async (share: number, names: readonly string[]) => {
    const agent = routeWith({
      share,
      store: memoryStore(),
      from: old({ store: memoryStore() }),
      to: next({ store: memoryStore() }),
    })
    const sides: Record<string, string> = {}
    for (const name of names) {
      const { contact } = await requireOperation(agent, 'contacts.ensure')(visitorOf(name))
      sides[name] = agent.route.placeOf(contact).side
    }
    return sides
  }
  const names = Array.from({ length: 40 }, (_, index) => `visitor-${index}`)

  it('is the part of the contacts, and a larger one only adds contacts', async () => {
    const [none, few, many, all] = [
      await sidesOf(0, names),
      await sidesOf(0.3, names),
      await sidesOf(0.6, names),
      await sidesOf(1, names),
    ]
    const to = (sides: Record<string, string>) => names.filter((name) => sides[name] === 'to')
    expect(to(none)).toEqual([])
    expect(to(all)).toEqual(names)
    expect(to(few).length).toBeGreaterThan(4)
    expect(to(many).length).toBeGreaterThan(to(few).length)
    expect(to(many)).toEqual(expect.arrayContaining(to(few)))
  })

  it('is the same in another process, and an open conversation stays where it began when the share changes', async () => {
    let share = 0
    const first = routeWith({ share: () => share })
    const before = await ask(first, 'ada')
    share = 1
    const second = routeWith({ share: () => share })
    const after = await ask(second, 'ada')
    expect(after.conversationId).toBe(before.conversationId)
    expect(second.route.placeOf({ ref: after.conversationRef as string }).side).toBe('from')
    expect((await ask(second, 'ben')).conversationId).toMatch(/^to~/)
    share = 0
    expect((await ask(first, 'ben')).conversationId).toMatch(/^to~/)
    expect((await ask(first, 'cid')).conversationId).not.toMatch(/^to~/)
    // A day later, the next question begins a new conversation.
    await clock.advance(86_400_000)
    expect((await ask(first, 'ben')).conversationId).not.toMatch(/^to~/)
  })

  it('leaves a conversation from before the route where it is', async () => {
    const before = await ask(old(), 'ada')
    const agent = routeWith()
    expect(await ask(agent, 'ada')).toMatchObject({ conversationId: before.conversationId })
    const again = await requireOperation(agent, 'messages.ask')(before.conversationId as string, question)
    expect(again.outcome).toBe('answered')
  })
})

describe('a failing account', () => {
  it('does not keep a new visitor waiting: what was not sent is asked at the old one', async () => {
    const decisions: RouteDecision[] = []
    const agent = routeWith({ to: next({ fetch: away }), onDecision: (decision) => void decisions.push(decision) })
    const answer = await ask(agent, 'ada')
    expect(answer).toMatchObject({ outcome: 'answered' })
    expect(answer.conversationId).not.toMatch(/^to~/)
    expect(decisions.map(({ kind, side, reason, moved }) => [kind, side, reason, moved])).toEqual([
      ['contact', 'to', 'share', false],
      ['contact', 'from', 'failed', false],
    ])
  })

  it('is left by all contacts when too much fails, and comes back by trials', async () => {
    let fetchIt = away
    const seen: string[] = []
    const agent = routeWith({
      to: next({ fetch: (...args: Parameters<typeof fetch>) => fetchIt(...args) }),
      onDecision: ({ kind, reason }) => void seen.push(kind === 'contact' ? reason : kind),
      fallback: { atLeast: 3, recoverAfter: 2 },
    })
    for (const name of ['a', 'b', 'c']) await ask(agent, name)
    expect(await agent.route.status()).toMatchObject({ state: 'fallback', results: 3, errorRate: 1, share: 1 })
    expect(seen.slice(-3)).toEqual(['share', 'fallback-began', 'failed'])
    seen.length = 0
    await ask(agent, 'd')
    expect(seen).toEqual(['fallback'])
    fetchIt = fetch
    for (const name of ['e', 'f', 'g']) {
      await clock.advance(30_000)
      await ask(agent, name)
    }
    expect(seen).toEqual(['fallback', 'trial', 'trial', 'fallback-ended', 'share'])
    const { state, counts } = await agent.route.status()
    expect({ state, counts }).toEqual({
      state: 'normal',
      counts: {
        from: { asked: 4, answered: 4, failed: 0 },
        to: { asked: 6, answered: 3, failed: 3 },
        moved: 0,
      },
    })
  })

  it('is left by a chatbot, whose visitor gets an answer with the third question', async () => {
    let fetchIt = fetch
    const agent = routeWith({ to: next({ fetch: (...args: Parameters<typeof fetch>) => fetchIt(...args) }) })
    const bot = createChatbot({ agent, store, clock, carryOver: { messages: 4 } })
    const ada = visitorOf('ada')
    expect(await bot.ask(ada, question)).toMatchObject({
      outcome: 'answered',
      conversationId: expect.stringMatching(/^to~/),
    })
    fetchIt = away
    await expect(bot.ask(ada, question)).rejects.toMatchObject({ code: 'network' })
    await expect(bot.ask(ada, question)).rejects.toMatchObject({ code: 'network' })
    const answer = await bot.ask(ada, question)
    expect(answer).toMatchObject({ outcome: 'answered', conversationId: expect.not.stringMatching(/^to~/) })
    // It stays there, also when the new account works again.
    fetchIt = fetch
    expect(await bot.ask(ada, question)).toMatchObject({ conversationId: answer.conversationId })
  })

  it('is left by a visitor for whom no conversation can be opened there', async () => {
    const closed: typeof fetch = (input, init) => {
      const { method, url } = input instanceof Request ? input : new Request(input, init)
      return method === 'POST' && url.endsWith('/threads') ? away(input, init) : fetch(input, init)
    }
    const agent = routeWith({ to: next({ fetch: closed }) })
    const bot = createChatbot({ agent, store, clock })
    await expect(bot.ask(visitorOf('ada'), question)).rejects.toMatchObject({ code: 'network' })
    expect(await bot.ask(visitorOf('ada'), question)).toMatchObject({
      outcome: 'answered',
      conversationId: expect.not.stringMatching(/^to~/),
    })
  })

  it('does not get a visitor again whom it lost with the first question', async () => {
    const silent: typeof fetch = (input, init) => {
      const { method, url } = input instanceof Request ? input : new Request(input, init)
      return method === 'POST' && url.includes('/runs') ? away(input, init) : fetch(input, init)
    }
    const agent = routeWith({ to: next({ fetch: silent }) })
    const bot = createChatbot({ agent, store, clock })
    await expect(bot.ask(visitorOf('ada'), question)).rejects.toMatchObject({ code: 'network' })
    for (const _ of [1, 2])
      expect(await bot.ask(visitorOf('ada'), question)).toMatchObject({
        outcome: 'answered',
        conversationId: expect.not.stringMatching(/^to~/),
      })
  })

  it('counts the questions of a visitor in a conversation that was found by its contact', async () => {
    let fetchIt = fetch
    const agent = routeWith({ to: next({ fetch: (...args: Parameters<typeof fetch>) => fetchIt(...args) }) })
    const { contact } = await requireOperation(agent, 'contacts.ensure')(visitorOf('ada'))
    // Another process opened it, and was killed.
    await requireOperation(next(), 'conversations.create')({ contact: contact.id.slice('to~'.length) })
    const [found] = (await requireOperation(agent, 'conversations.list')({ contactId: contact.id })).items
    expect((await requireOperation(agent, 'messages.ask')(found?.id as string, question)).outcome).toBe('answered')
    fetchIt = away
    for (const _ of [1, 2])
      await expect(requireOperation(agent, 'messages.ask')(found?.id as string, question)).rejects.toMatchObject({
        code: 'network',
      })
    fetchIt = fetch
    expect((await ask(agent, 'ada')).conversationId).not.toMatch(/^to~/)
  })

  it('does not count a call that its caller aborts', async () => {
    let fetchIt = fetch
    const agent = routeWith({ to: next({ fetch: (...args: Parameters<typeof fetch>) => fetchIt(...args) }) })
    const { conversationId } = await ask(agent, 'ada')
    for (const _ of [1, 2, 3]) {
      const left = new AbortController()
      fetchIt = async () => {
        left.abort(new Error('the visitor left'))
        throw left.signal.reason
      }
      const options = { signal: left.signal }
      await expect(
        requireOperation(agent, 'messages.ask')({ visitor: visitorOf('ada') }, question, options),
      ).rejects.toThrow('the visitor left')
    }
    fetchIt = fetch
    expect(await ask(agent, 'ada')).toMatchObject({ conversationId })
    expect((await agent.route.status()).counts.to).toEqual({ asked: 5, answered: 2, failed: 0 })
  })

  it('refuses a question in a conversation that was left, like one in a deleted conversation', async () => {
    let fetchIt = fetch
    const agent = routeWith({ to: next({ fetch: (...args: Parameters<typeof fetch>) => fetchIt(...args) }) })
    const { conversationId } = await ask(agent, 'ada')
    fetchIt = away
    for (const _ of [1, 2]) await expect(ask(agent, 'ada')).rejects.toMatchObject({ code: 'network' })
    fetchIt = fetch
    const again = requireOperation(agent, 'messages.ask')(conversationId as string, question)
    await expect(again).rejects.toMatchObject({ code: 'not-found', outcome: 'not-done' })
    await expect(again).rejects.toThrow(
      'the conversation was left, because livechatai:default answers this contact now',
    )
    // However often it is asked there.
    await expect(requireOperation(agent, 'messages.ask')(conversationId as string, question)).rejects.toThrow(
      'was left',
    )
    // It stays readable.
    expect((await requireOperation(agent, 'messages.list')(conversationId as string)).items.length).toBeGreaterThan(0)
  })
})

describe('a contact who has several keys', () => {
  const email = { email: 'ada@example.com', verified: true }
  const both = { ...visitorOf('ada'), ...email }

  it.each([
    ['one of them, and then the other', [email, visitorOf('ada')], visitorOf('ada')],
    ['the weaker one', [email, email], both],
    ['the stronger one', [visitorOf('ada'), visitorOf('ada')], email],
  ])('is one contact, who goes back after two failed questions under %s', async (_, failing, last) => {
    let fetchIt = fetch
    const agent = routeWith({ to: next({ fetch: (...args: Parameters<typeof fetch>) => fetchIt(...args) }) })
    const asking = (visitor: Visitor) => requireOperation(agent, 'messages.ask')({ visitor }, question)
    await asking(both)
    fetchIt = away
    for (const visitor of failing) await expect(asking(visitor)).rejects.toMatchObject({ code: 'network' })
    expect((await asking(last)).conversationId).not.toMatch(/^to~/)
    fetchIt = fetch
    for (const visitor of [both, email, visitorOf('ada')])
      expect((await asking(visitor)).conversationId).not.toMatch(/^to~/)
  })
})

describe('a question that the new account refuses', () => {
  const refusing =
    (status: number): typeof fetch =>
    async () =>
      new Response('{}', { status })

  it.each([400, 404, 422])(
    'goes to the old account with HTTP %i, because an unknown agent or a wrong setting refuses every question',
    async (status) => {
      const agent = routeWith({ to: next({ fetch: refusing(status) }), fallback: { atLeast: 2 } })
      for (const name of ['ada', 'ben', 'cid']) expect(await ask(agent, name)).toMatchObject({ outcome: 'answered' })
      expect(await agent.route.status()).toMatchObject({ state: 'fallback', results: 2, errorRate: 1 })
    },
  )

  it('counts for its contact in an open conversation too', async () => {
    let fetchIt = fetch
    const agent = routeWith({ to: next({ fetch: (...args: Parameters<typeof fetch>) => fetchIt(...args) }) })
    await ask(agent, 'ada')
    fetchIt = refusing(400)
    for (const _ of [1, 2]) await expect(ask(agent, 'ada')).rejects.toMatchObject({ code: 'invalid-request' })
    expect(await ask(agent, 'ada')).toMatchObject({ outcome: 'answered' })
  })

  it('that Parley refuses says nothing about the account, and is no question of the contact', async () => {
    const agent = routeWith({ to: next({ fetch: away }) })
    await expect(ask(agent, 'ada', ' ')).rejects.toMatchObject({ code: 'invalid-request' })
    expect(await agent.route.status()).toMatchObject({ results: 0, counts: { to: { failed: 0 } } })
    expect(await ask(agent, 'ada')).toMatchObject({ outcome: 'answered' })
  })
})

describe('what a route knows of its accounts', () => {
  it('an attempt that names nothing of an account reconciles as unknown, because it may be of either', async () => {
    const attempt = {
      kind: 'ask',
      conversationId: null,
      messageId: null,
      text: 'x',
      startedAt: '2026-01-15T10:00:00.000Z',
    } as const
    const found = await requireOperation(routeWith(), 'messages.reconcile')(attempt)
    expect(found).toEqual({ outcome: 'unknown', message: null, answer: null, attempt })
  })

  it('says where an entity is, and makes an event of either account one of its own', async () => {
    const agent = routeWith()
    const { conversationRef } = await ask(agent, 'ada')
    const place = agent.route.placeOf({ ref: conversationRef as string })
    expect(place).toMatchObject({ side: 'to', account: 'langgraph:default' })
    expect(place.ref).toMatch(/^langgraph:default\/conversation\//)
    const event: Event = {
      ...{
        kind: 'conversation.updated',
        vendor: 'langgraph',
        account: 'default',
        dedupeKey: 'langgraph 1',
        native: null,
      },
      conversation: place.ref,
    }
    expect(agent.route.event(event)).toEqual({ ...event, vendor: 'livechatai', conversation: conversationRef })
    const raw = { conversationId: 'c1', contact: { id: 'd1' } }
    const operator: Event = { ...event, kind: 'operator.created', operatorId: 'o1', raw }
    expect(agent.route.event(operator)).toMatchObject({ operatorId: 'to~o1', raw })
    const foreign: Event = { ...event, account: 'other' }
    expect(agent.route.event(foreign)).toBe(foreign)
  })

  it.each(['langgraph:default/conversation/1', 'other:default/conversation/1'])(
    'a ref that is none of the route, such as %s, is refused',
    (ref) => {
      const problem = 'ref must be one of the route, which begins with livechatai:default/'
      expect(() => routeWith().route.placeOf({ ref })).toThrow(problem)
    },
  )

  it.each([null, undefined, 7, 'livechatai:default/conversation/1'])(
    'neither an entity nor an event can be %s',
    (value) => {
      const { placeOf, event } = routeWith().route
      for (const use of [placeOf, event])
        expect(() => use(value as never)).toThrow(expect.objectContaining({ code: 'invalid-request' }))
    },
  )

  it('an event of the new account finds the visitor of the chatbot', async () => {
    const agent = routeWith()
    const bot = createChatbot({ agent, store, clock })
    const { conversationRef } = await bot.ask(visitorOf('ada'), question)
    const { ref } = agent.route.placeOf({ ref: conversationRef as string })
    const event = agent.route.event({
      ...{
        kind: 'conversation.updated',
        vendor: 'langgraph',
        account: 'default',
        dedupeKey: 'langgraph 1',
        native: null,
      },
      conversation: ref,
    })
    expect(await bot.deliver(event)).toMatchObject({ visitor: visitorOf('ada') })
  })

  it('forgets who answers a contact', async () => {
    let share = 0
    const agent = routeWith({
      share: () => share,
      from: old({ store: memoryStore() }),
      to: next({ store: memoryStore() }),
    })
    await ask(agent, 'ada')
    share = 1
    expect((await ask(agent, 'ada')).conversationId).not.toMatch(/^to~/)
    await agent.route.forget(visitorOf('ada'))
    expect((await ask(agent, 'ada')).conversationId).toMatch(/^to~/)
  })

  it('has the operations that both accounts have, with a reason for each that it lacks', async () => {
    const agent = routeWith()
    expect(supports(agent, 'conversations.close')).toBe(false)
    expect(agent.unsupported['conversations.close']).toMatch(/^langgraph:default: /)
    expect(agent.unsupported['knowledge.add']).toMatch('use the adapter of the account itself')
    expect(await agent.traits?.()).toMatchObject({
      answerSources: { value: 'none', reason: expect.stringMatching(/^langgraph:default: /) },
    })
  })

  it('refuses an operator of the other account for a conversation', async () => {
    const accountOf = (account: string) =>
      leadConnector({ ...desk.leadConnector.accountOptions, account, clock, store, rate: false })
    const agent = route({ from: accountOf('one'), to: accountOf('two'), share: 1, store, clock })
    const { conversationId } = await ask(agent, 'ada')
    const assigned = requireOperation(agent, 'conversations.assign')(conversationId as string, 'user_1')
    await expect(assigned).rejects.toThrow('operatorId must be of the account of the conversation, leadconnector:two')
  })

  it('is an account of an inbox, with the conversations of both by last activity', async () => {
    let share = 0
    const agent = routeWith({ share: () => share })
    for (const name of ['a', 'b', 'c', 'd']) {
      await ask(agent, name)
      share = 1 - share
      await clock.advance(60_000)
    }
    const inbox = createInbox({ accounts: [agent], clock })
    const { items } = await inbox.conversations.list({ limit: 4 })
    expect(items.map(({ id }) => id.startsWith('to~'))).toEqual([true, false, true, false])
    const all: string[] = []
    for await (const { ref } of inbox.conversations.list({ limit: 3 })) all.push(ref)
    expect(new Set(all).size).toBe(all.length)
    const both = [old(), next()].map(async (account) => {
      let count = 0
      for await (const _ of requireOperation(account, 'conversations.list')()) count++
      return count
    })
    const [one = 0, other = 0] = await Promise.all(both)
    expect(all).toHaveLength(one + other)
  })
})
