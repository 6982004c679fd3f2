import { describe, expect, it } from 'vitest'
import { createAgentConversationEmulator } from '../src/agent-conversation/index.ts'
import { type Emulator, type PlantedMessage, type SendingSettings, storedText, ticker } from '../src/kit/emulator.ts'
import { type TestClock, testClock } from '../src/kit/test-clock.ts'
import { createLeadConnectorEmulator } from '../src/leadconnector/index.ts'
import { createLiveChatAIEmulator } from '../src/livechatai/index.ts'
import { createWorld } from '../src/world/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests read fields of many shapes
type Body = any

interface Shown {
  id: string
  text: string | undefined
  /** Milliseconds since the epoch; NaN: no time is shown. */
  at: number
}

/** What the tests below do at each vendor. */
interface Desk {
  emulator: Emulator<SendingSettings>
  clock: TestClock
  conversationId: string
  ask(text: string): Promise<string>
  reply(text: string): Promise<string>
  /** Oldest first. */
  thread(): Promise<Shown[]>
}

const world = createWorld(7)
const time = (value: unknown) => Date.parse(String(value))

const makers: Record<string, () => Promise<Desk>> = {
  async leadconnector() {
    const clock = testClock(world.now)
    const emulator = createLeadConnectorEmulator({
      world,
      now: clock.now,
      after: clock.after,
      thinkingTime: 0,
      random: () => 0.5,
    })
    const { token = '', locationId = '' } = emulator.credentials
    const call = await caller(emulator, { authorization: `Bearer ${token}`, version: '2021-04-15' })
    const { conversations } = await call('GET', `/conversations/search?locationId=${locationId}&limit=100`)
    const { id, contactId } = conversations.find((one: Body) => one.phone && one.email)
    const send = async (path: string, body: object) => (await call('POST', path, body)).messageId
    return {
      emulator,
      clock,
      conversationId: id,
      ask: (message) => send('/conversations/messages/inbound', { type: 'SMS', conversationId: id, message }),
      reply: (message) => send('/conversations/messages', { type: 'SMS', contactId, message }),
      thread: async () => {
        const { messages } = (await call('GET', `/conversations/${id}/messages?limit=100`)).messages
        return messages.map((one: Body) => ({ id: one.id, text: one.body, at: time(one.dateAdded) })).reverse()
      },
    }
  },
  async livechatai() {
    const clock = testClock(world.now)
    const emulator = createLiveChatAIEmulator({
      world,
      now: clock.now,
      after: clock.after,
      thinkingTime: 0,
      random: () => 0.5,
    })
    const { apiKey = '', agentId = '', operatorId: userId = '' } = emulator.credentials
    const call = await caller(emulator, { authorization: `Bearer ${apiKey}` })
    const { conversationId } = (await call('POST', '/api/v2/conversations/create', { agentId })).data
    const path = `/api/v2/conversations/${conversationId}`
    return {
      emulator,
      clock,
      conversationId,
      ask: async (question) =>
        (await call('POST', '/api/v2/conversations', { question, agentId, conversationId })).data.messageId,
      reply: async (message) => (await call('POST', `${path}/reply`, { message, userId })).data.messageId,
      thread: async () =>
        (await call('GET', path)).data.messages.map((one: Body) => ({
          ...{ id: one.id, text: one.content, at: time(one.createdAt) },
        })),
    }
  },
  async 'agent-conversation'() {
    const clock = testClock(world.now)
    const emulator = createAgentConversationEmulator({
      world,
      now: clock.now,
      after: clock.after,
      thinkingTime: 0,
      random: () => 0.5,
    })
    const call = await caller(emulator, { 'Agent-Secret-Key': emulator.credentials['apiKey'] ?? '' })
    const [user] = (await call('GET', '/external/agents/users')).data
    const { id } = await call('POST', '/external/conversations', { conversationUserId: user.id })
    const path = `/external/conversations/${id}`
    return {
      emulator,
      clock,
      conversationId: id,
      async ask(message) {
        await call('PUT', `${path}/mode`, { mode: 'ai' })
        return (await call('POST', `${path}/messages/async`, { message })).id
      },
      async reply(message) {
        await call('PUT', `${path}/mode`, { mode: 'manual' })
        return (await call('POST', `${path}/send-manual-message`, { message })).id
      },
      thread: async () =>
        (await call('GET', `${path}/messages`)).messages.map((one: Body) => ({
          ...{ id: one.id, text: one.message, at: time(one.createdAt) },
        })),
    }
  },
}

async function caller(emulator: Emulator, headers: Record<string, string>) {
  return async (method: string, path: string, body?: object): Promise<Body> => {
    const json = { ...headers, 'content-type': 'application/json' }
    const response = await emulator.app.request(path, {
      method,
      headers: json,
      body: body ? JSON.stringify(body) : null,
    })
    return response.json()
  }
}

/** Whole seconds: emulators that never stamp the same millisecond twice are a few ahead. */
const secondsAfter = (start: number, shown: Shown | undefined) => Math.floor(((shown?.at ?? Number.NaN) - start) / 1000)

const withId = (wanted: string) => (shown: Shown) => shown.id === wanted

describe.each(Object.entries(makers))('a message that is sent to the emulated %s', (_, open) => {
  it.each(['ask', 'reply'] as const)('is stored unchanged with the time of the clock: %s', async (verb) => {
    const desk = await open()
    const text = `It's "here": https://example.com/a/long/path`
    const id = await desk[verb](text)
    const stored = (await desk.thread()).find(withId(id))
    expect(stored?.text).toBe(text)
    expect(secondsAfter(world.now, stored)).toBe(0)
  })

  it.each(['ask', 'reply'] as const)('is rewritten when it is stored: %s', async (verb) => {
    const desk = await open()
    const text = 'So "yes", it\'s there: https://example.com/a/long/path\n-- \nAnn'
    for (const mode of ['footer', 'quotes', 'short-link', 'trimmed-signature'] as const) {
      desk.emulator.settings.storedText = mode
      const id = await desk[verb](text)
      const stored = (await desk.thread()).find(withId(id))?.text
      expect(stored).toBe(storedText(desk.emulator.settings, text))
      expect(stored).not.toBe(text)
    }
  })

  it.each(['ask', 'reply'] as const)('has the time of a clock that can be wrong both ways: %s', async (verb) => {
    const desk = await open()
    for (const offset of [600_000, -600_000, 0]) {
      desk.emulator.settings.clockOffsetMs = offset
      await desk.clock.advance(1_000_000)
      const id = await desk[verb]('When are you open?')
      const stored = (await desk.thread()).find(withId(id))
      expect(secondsAfter(desk.clock.now() + offset, stored)).toBe(0)
    }
  })

  it.each(['ask', 'reply'] as const)('is hidden as long as configured: %s', async (verb) => {
    const desk = await open()
    const before = await desk.thread()
    desk.emulator.settings.hideSentMs = 5_000
    const id = await desk[verb]('When are you open?')
    expect(await desk.thread()).toEqual(before)
    await desk.clock.advance(4_999)
    expect(await desk.thread()).toEqual(before)
    await desk.clock.advance(1)
    expect((await desk.thread()).filter(withId(id))).toHaveLength(1)
  })

  it('is not removed by a person who writes while it is hidden', async () => {
    const desk = await open()
    desk.emulator.settings.hideSentMs = 5_000
    const ids = [await desk.ask('When are you open?'), await desk.reply('At nine.')]
    await desk.clock.advance(5_000)
    expect((await desk.thread()).map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
  })

  it.each(['ask', 'reply'] as const)('is dropped with the usual answer: %s', async (verb) => {
    const desk = await open()
    const before = await desk.thread()
    desk.emulator.settings.sends = 'lost'
    expect(await desk[verb]('When are you open?')).toEqual(expect.any(String))
    await desk.clock.advance(60_000)
    expect(await desk.thread()).toEqual(before)
  })

  it.each(['contact', 'agent', 'operator'] as const)('is stored beside the messages planted by the %s', async (by) => {
    const desk = await open()
    const first = await desk.ask('When are you open?')
    const planted = desk.emulator.plant(desk.conversationId, { by, text: 'Planted.' })
    const dated = desk.emulator.plant(desk.conversationId, { by, text: 'Dated.', at: desk.clock.now() - 3_600_000 })
    const undated = desk.emulator.plant(desk.conversationId, { by, text: 'Undated.', at: null })
    const thread = await desk.thread()
    const at = (id: string | null) => thread.find((shown) => shown.id === id)
    expect(at(planted)?.text).toBe('Planted.')
    expect(at(dated)?.at).toBe(desk.clock.now() - 3_600_000)
    expect(at(undated)?.at).toBeNaN()
    const place = (id: string | null) => thread.findIndex((shown) => shown.id === id)
    expect(place(dated)).toBeLessThan(place(first))
    expect(place(planted)).toBeGreaterThan(place(first))
  })

  it('can be planted only in an existing conversation', async () => {
    const { emulator } = await open()
    expect(() => emulator.plant('no-such-conversation', { by: 'contact', text: 'Hi' })).toThrow(RangeError)
  })
})

describe('the emulators refuse planted values that the vendor cannot hold', () => {
  const odd: readonly PlantedMessage[] = [
    { by: 'workflow', text: 'Hi' },
    { by: 'operator', kind: 'call', text: '' },
    { by: 'operator', kind: 'note', text: 'Hi' },
    { by: 'system', kind: 'activity', text: 'Hi' },
  ]
  it.each(['livechatai', 'agent-conversation'])('the emulator refuses %s', async (vendor) => {
    const desk = await (makers[vendor] as () => Promise<Desk>)()
    expect(odd.map((message) => desk.emulator.plant(desk.conversationId, message))).toEqual(odd.map(() => null))
    expect(await desk.thread()).toEqual([])
  })

  it('the emulated LeadConnector holds all of them', async () => {
    const desk = await (makers['leadconnector'] as () => Promise<Desk>)()
    const ids = odd.map((message) => desk.emulator.plant(desk.conversationId, message))
    expect((await desk.thread()).map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
  })
})

describe('a sent text is rewritten', () => {
  const rewrite = (mode: SendingSettings['storedText'], text: string) =>
    storedText({ storedText: mode, clockOffsetMs: 0, hideSentMs: 0, sends: 'stored' }, text)

  it('a sent text is rewritten only if there is something to rewrite', () => {
    expect(rewrite('quotes', "Say \"yes\" (it's 'fine').")).toBe('Say “yes” (it’s ‘fine’).')
    expect(rewrite('short-link', 'See https://example.com/a and http://b.example.')).toMatch(/^See \S+ and \S+$/)
    expect(rewrite('trimmed-signature', 'Hi\n-- \nAnn')).toBe('Hi')
    for (const mode of ['quotes', 'short-link', 'trimmed-signature'] as const) expect(rewrite(mode, 'Hi')).toBe('Hi')
    expect(rewrite('footer', 'Hi')).toContain('Hi\n')
    expect(rewrite('footer', '')).toBe('')
  })
})

it('a ticker never returns an instant twice, and follows an offset back', () => {
  let offset = 0
  const tick = ticker(
    () => 1_000,
    () => offset,
  )
  expect([tick(), tick()]).toEqual([1_000, 1_001])
  offset = -500
  expect(tick()).toBe(502)
})
