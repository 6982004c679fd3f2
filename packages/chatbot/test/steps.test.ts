import {
  type Adapter,
  type Answer,
  type AnswerPart,
  type AskInput,
  type ConversationTarget,
  type Event,
  isParleyError,
  type Message,
  memoryStore,
  NotFoundError,
  type Reconciliation,
  type SendAttempt,
  type SendOptions,
  type StateStore,
} from '@parley/core'
import { defaultNow, testClock } from '@parley/sandbox'
import { failure } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { type ChatbotOptions, createChatbot, type LateAnswer } from '../src/index.ts'

const visitor = { externalId: 'web-1' }
const email = { email: 'ada@lark.example', verified: true }
const start = Date.parse('2026-01-15T10:00:00.000Z')

const message = (id: string, more: Partial<Message> = {}): Message =>
  ({
    ...{ ref: `acme:main/message/${id}`, vendor: 'acme', account: 'main', id, conversationId: 'v1', text: id },
    ...{ type: { value: 'text' }, direction: 'inbound', author: { kind: 'contact' }, sources: [], ...more },
  }) as unknown as Message

/** An agent that does what a test says. It records what it was asked. */
function small({
  account = 'main',
  before = [],
  answers = () => ({}),
  reconciled,
  pageSize = 100,
  traits = {},
  creating,
}: {
  account?: string
  /** The messages of every conversation, newest first. */
  before?: Message[]
  /** What becomes of the nth question, counted from 1. */
  answers?: (count: number, input: AskInput) => Partial<Answer> | Promise<Partial<Answer>>
  reconciled?: (attempt: SendAttempt) => Partial<Reconciliation> | Promise<Partial<Reconciliation>>
  pageSize?: number
  traits?: Record<string, { value: string }>
  /** Runs while a conversation is opened. */
  creating?: () => Promise<void>
} = {}) {
  const asked: { conversation: string; input: AskInput }[] = []
  let opened = 0
  let time = start
  const ask = async (target: ConversationTarget, input: AskInput, options: SendOptions = {}): Promise<Answer> => {
    const conversationId = String(target)
    time += 1000
    const attempt: SendAttempt = {
      ...{ kind: 'ask', conversationId, messageId: null, text: input.text },
      startedAt: new Date(time).toISOString(),
    }
    await options.onAttempt?.(attempt)
    options.signal?.throwIfAborted()
    asked.push({ conversation: conversationId, input })
    return {
      ...{
        outcome: 'answered',
        text: 'At nine.',
        message: null,
        messages: [],
        sources: [],
        sourcesState: 'unavailable',
      },
      ...{ conversationId, conversationRef: `acme:${account}/conversation/${conversationId}`, attempt, warnings: [] },
      ...(await answers(asked.length, input)),
    } as Answer
  }
  async function* stream(...given: Parameters<typeof ask>): AsyncGenerator<AnswerPart> {
    const answer = await ask(...given)
    yield { type: 'text', text: 'At ' }
    yield { type: 'text', text: 'nine.' }
    yield { type: 'finish', answer }
  }
  const agent = {
    ...{ vendor: 'acme', account },
    traits: () => ({ conversationsPerContact: { value: 'many' }, questionContext: { value: 'yes' }, ...traits }),
    contacts: { ensure: async () => ({ contact: { id: 'c1' }, isNew: true, warnings: [] }) },
    conversations: {
      async create() {
        await creating?.()
        opened += 1
        return { id: `v${opened}` }
      },
    },
    messages: {
      ask,
      stream,
      list: async (_: string, { limit = pageSize, cursor = '0' }: { limit?: number; cursor?: string } = {}) => {
        const from = Number(cursor)
        const next = from + limit < before.length ? String(from + limit) : null
        return { items: before.slice(from, from + limit), next, warnings: [] }
      },
      reconcile: async (attempt: SendAttempt) => ({
        ...{ outcome: 'unknown', message: null, answer: null, attempt, ...(await reconciled?.(attempt)) },
      }),
    },
  } as unknown as Adapter
  return { agent, asked, opened: () => opened }
}

/** A store whose values a test can see. */
function open(more: Partial<StateStore> = {}) {
  const inner = memoryStore()
  const values = new Map<string, string>()
  const store: StateStore = {
    ...inner,
    async set(key, value) {
      values.set(key, value)
      await inner.set(key, value)
    },
    async delete(key) {
      values.delete(key)
      await inner.delete(key)
    },
    ...more,
  }
  return { store, values }
}

const deferred = <T = void>() => {
  let resolve = (_: T) => {}
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

const told = async (bot: ReturnType<typeof createChatbot>, limit?: number) => {
  const { messages, hasMore } = await bot.history(visitor, limit === undefined ? {} : { limit })
  return { ids: messages.map(({ id }) => id), hasMore }
}

describe('the history of a conversation that has older messages', () => {
  const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString()
  const old = (count: number, createdAt?: (index: number) => string) =>
    Array.from({ length: count }, (_, index) =>
      message(`secret-${index}`, createdAt ? { createdAt: createdAt(index) } : {}),
    )

  const shared = { conversationsPerContact: { value: 'one' } }

  it.each([
    ['with times', true],
    ['without times', false],
  ])('has none of them when the last of them was deleted, on any page (%s)', async (_, hasTimes) => {
    const before = old(30, hasTimes ? (index) => at(-index) : undefined)
    const { agent } = small({
      ...{ before, traits: shared, pageSize: 4 },
      answers: (count) => ({
        attempt: { text: `q${count}`, messageId: `q${count}`, startedAt: at(count) } as SendAttempt,
      }),
    })
    const bot = createChatbot({ agent })
    await bot.ask(visitor, { text: 'q1' })
    const own = [1, 2, 3].map((minute) => message(`q${minute}`, hasTimes ? { createdAt: at(minute) } : {})).reverse()
    before.splice(0, 1, ...own)
    await bot.ask(visitor, { text: 'q2' })
    expect(await told(bot, 5)).toEqual({ ids: ['q1', 'q2', 'q3'], hasMore: false })
    expect(await told(bot, 2)).toEqual({ ids: ['q2', 'q3'], hasMore: true })
    expect(await told(bot)).toEqual({ ids: ['q1', 'q2', 'q3'], hasMore: false })
  })

  it('ends at the last of them, on any page', async () => {
    const before = old(3, () => at(0))
    const { agent } = small({ before, traits: shared, pageSize: 2 })
    const bot = createChatbot({ agent })
    await bot.ask(visitor, { text: 'q1' })
    before.unshift(
      ...[5, 4, 3, 2, 1].map((minute) => message(`q${minute}`, { createdAt: at(minute) })),
      message('note', { type: { value: 'note' } as Message['type'], createdAt: at(0.5) }),
      message('internal', { direction: 'internal', createdAt: at(0.5) }),
    )
    expect(await told(bot)).toEqual({ ids: ['q1', 'q2', 'q3', 'q4', 'q5'], hasMore: false })
    expect(await told(bot, 2)).toEqual({ ids: ['q4', 'q5'], hasMore: true })
  })
})

describe('a question', () => {
  it('about an agent that does not exist leaves the conversation as it is', async () => {
    const { agent, opened } = small({
      answers(count) {
        if (count === 1) return {}
        throw new NotFoundError({ message: 'No such agent.', outcome: 'not-done', fields: [{ path: 'agentId' }] })
      },
    })
    const bot = createChatbot({ agent })
    await bot.ask(visitor, { text: 'a' })
    expect(await failure(bot.ask(visitor, { text: 'b', agentId: 'nope' }))).toMatchObject({ code: 'not-found' })
    expect(opened()).toBe(1)
    expect((await bot.status(visitor)).conversationRef).toContain('v1')
  })

  it('in a conversation that the vendor has deleted begins anew, and nothing leads to the old one', async () => {
    const { agent, opened } = small({
      answers(count) {
        if (count === 2) throw new NotFoundError({ message: 'Gone.', outcome: 'not-done' })
        return {}
      },
    })
    const { store, values } = open()
    const bot = createChatbot({ agent, store })
    await bot.ask(visitor, { text: 'a' })
    const keys = new Set(values.keys())
    expect(await bot.ask(visitor, { id: 'm', text: 'b' })).toMatchObject({ conversationId: 'v2' })
    expect(opened()).toBe(2)
    expect([...keys].filter((key) => !values.has(key))).toEqual([expect.stringContaining('conversation')])
  })

  it('is remembered before it is sent, and its visitor before a conversation is opened', async () => {
    const seen: unknown[] = []
    const look = async () => {
      const { contactRef, conversationRef, open: questions } = await bot.status(visitor)
      seen.push([contactRef !== null, conversationRef !== null, questions.map(({ id }) => id)])
    }
    const { agent } = small({
      creating: look,
      async answers() {
        await look()
        return {}
      },
    })
    const bot = createChatbot({ agent })
    await bot.ask(visitor, { id: 'm', text: 'a' })
    expect(seen).toEqual([
      [true, false, []],
      [true, true, ['m']],
    ])
  })

  it.each(['unknown', 'partly-done'] as const)(
    'that may have arrived (%s) is not sent again, nor anywhere else',
    async (outcome) => {
      const { agent, asked, opened } = small({
        answers(count) {
          if (count === 2) throw new NotFoundError({ message: 'Gone.', outcome })
          return {}
        },
      })
      const bot = createChatbot({ agent })
      await bot.ask(visitor, { text: 'a' })
      expect(await failure(bot.ask(visitor, { id: 'm', text: 'b' }))).toMatchObject({ code: 'not-found', outcome })
      expect((await bot.status(visitor)).open).toMatchObject([{ id: 'm' }])
      expect(await bot.ask(visitor, { id: 'm', text: 'b' })).toMatchObject({ outcome: 'unknown', contactId: 'c1' })
      expect([asked.length, opened()]).toEqual([2, 1])
    },
  )

  it('that fails in a conversation that was just opened, or after its first words, is not sent again', async () => {
    const gone = new NotFoundError({ message: 'Gone.', outcome: 'not-done' })
    const { agent, asked, opened } = small({
      answers(count) {
        if (count === 1) throw gone
        return {}
      },
    })
    const stream = agent.messages?.stream
    const breaking = {
      ...agent,
      messages: {
        ...agent.messages,
        async *stream(...given: Parameters<NonNullable<typeof stream>>) {
          for await (const part of stream?.(...given) ?? []) {
            yield part
            throw gone
          }
        },
      },
    } as Adapter
    const { store } = open()
    const bot = createChatbot({ agent: breaking, store })
    expect(await failure(bot.ask(visitor, { text: 'a' }))).toBe(gone)
    const read = async () => {
      for await (const _ of bot.stream(visitor, { text: 'b' }));
    }
    expect(await failure(read())).toBe(gone)
    expect([asked.length, opened()]).toEqual([2, 1])
  })

  it('that is answered has its answer although the store fails by then', async () => {
    let isFull = false
    const { store } = open()
    const full: StateStore = {
      ...store,
      set: (key, value) => (isFull ? Promise.reject(new Error('Full.')) : store.set(key, value)),
    }
    const { agent } = small({
      answers() {
        isFull = true
        return {}
      },
    })
    const bot = createChatbot({ agent, store: full })
    expect(await bot.ask(visitor, { id: 'm', text: 'a' })).toMatchObject({ outcome: 'answered', text: 'At nine.' })
  })

  it('is not kept if onAttempt refuses it', async () => {
    const { agent, asked } = small()
    const bot = createChatbot({ agent })
    const onAttempt = () => Promise.reject(new Error('Not now.'))
    await expect(bot.ask(visitor, { id: 'm', text: 'a' }, { onAttempt })).rejects.toThrow('Not now.')
    expect((await bot.status(visitor)).open).toEqual([])
    expect(await bot.ask(visitor, { id: 'm', text: 'a' })).toMatchObject({ outcome: 'answered' })
    expect(asked).toHaveLength(1)
  })

  it('that comes again has the same answer, with the contact', async () => {
    const { agent } = small()
    const bot = createChatbot({ agent })
    const first = await bot.ask(visitor, { id: 'm', text: 'a' })
    expect(first.contactId).toBe('c1')
    expect(await bot.ask(visitor, { id: 'm', text: 'a' })).toEqual(JSON.parse(JSON.stringify(first)))
    expect(await failure(bot.ask(visitor, { id: 'm', text: 'b' }))).toMatchObject({ code: 'conflict' })
    expect(await bot.ask({ externalId: 'web-2' }, { id: 'm', text: 'b' })).toMatchObject({ conversationId: 'v2' })
  })

  it.each(['x'.repeat(201), 'a\0', '\ud800'])('is refused for an id that cannot be kept (%#)', async (id) => {
    const { agent, asked } = small()
    const error = await failure(createChatbot({ agent }).ask(visitor, { id, text: 'a' }))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: 'id' }] })
    expect(asked).toEqual([])
  })

  it('gives back every lock when its reader leaves, at any part', async () => {
    const { agent, asked } = small()
    const bot = createChatbot({ agent })
    for (let parts = 1; parts <= 3; parts++) {
      let count = 0
      for await (const _ of bot.stream(visitor, { text: `a${parts}` })) if (++count === parts) break
    }
    bot.stream(visitor, { text: 'never' })
    expect(await bot.ask(visitor, { text: 'b' }, { timeout: 5_000 })).toMatchObject({ outcome: 'answered' })
    expect(asked).toHaveLength(4)
  })

  it('waits for another one no longer than its timeout, and gives up its place', async () => {
    const clock = testClock(defaultNow)
    const answer = deferred<Partial<Answer>>()
    const { agent, asked } = small({ answers: (count) => (count === 1 ? answer.promise : {}) })
    const bot = createChatbot({ agent, clock })
    const first = bot.ask(visitor, { text: 'a' })
    const late = bot.ask({ ...visitor, ...email }, { text: 'b' }, { timeout: 1_000 }).catch((error: unknown) => error)
    const controller = new AbortController()
    const aborted = bot.ask(visitor, { text: 'c' }, controller).catch((error: unknown) => error)
    await clock.advance(2_000)
    controller.abort(new Error('Gone.'))
    expect(await late).toMatchObject({ code: 'timeout', outcome: 'not-done' })
    expect(await aborted).toMatchObject({ message: 'Gone.' })
    answer.resolve({})
    await first
    expect(await bot.ask({ ...visitor, ...email }, { text: 'd' })).toMatchObject({ outcome: 'answered' })
    expect(asked.map(({ input }) => input.text)).toEqual(['a', 'd'])
  })

  it('whose signal is aborted before leaves nothing behind, although the store fails', async () => {
    const unhandled: unknown[] = []
    const note = (error: unknown) => void unhandled.push(error)
    process.on('unhandledRejection', note)
    const { store } = open({ lock: () => Promise.reject(new Error('Away.')) })
    const bot = createChatbot({ agent: small().agent, store })
    const signal = AbortSignal.abort(new Error('Gone.'))
    await expect(bot.ask(visitor, { text: 'a' }, { signal })).rejects.toThrow('Gone.')
    await new Promise((resolve) => setTimeout(resolve, 10))
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })

  it.each(['null', '{}', '[]', '7', '{"visitor":{}}', '{"sameAs":7}', '{"asked":[{"id":"m2","attempt":{}}]}'])(
    'is asked although the store has %s for the visitor',
    async (garbage) => {
      const { agent } = small()
      const { store, values } = open()
      const bot = createChatbot({ agent, store })
      await bot.ask(visitor, { id: 'm', text: 'a' })
      const key = [...values].find(([, value]) => value.includes('"asked"'))?.[0] as string
      const known = JSON.parse(values.get(key) as string)
      const bad = JSON.parse(garbage)
      await store.set(key, JSON.stringify(bad?.asked ? { ...known, ...bad } : bad))
      expect(await bot.ask(visitor, { id: 'm2', text: 'b' })).toMatchObject({ outcome: 'answered' })
      expect(await bot.check(visitor)).toEqual([])
      await bot.forget(visitor)
    },
  )
})

describe('what is kept', () => {
  it('is the answers of the latest twenty questions, and the latest hundred keys', async () => {
    const { store, values } = open()
    const bot = createChatbot({ agent: small().agent, store })
    for (let count = 0; count < 25; count++) await bot.ask({ ...visitor, ...email }, { id: `m${count}`, text: 'a' })
    expect([...values.keys()].filter((key) => key.includes(' answer '))).toHaveLength(20)
    for (let count = 0; count < 105; count++) await bot.ask({ externalId: `new-${count}`, ...email }, { text: 'a' })
    expect([...values.values()].filter((value) => value.startsWith('{"sameAs"')).length).toBeLessThanOrEqual(101)
  })

  it('is a chat of its own under another key', async () => {
    const bot = createChatbot({ agent: small().agent })
    await bot.ask(visitor, { text: 'a' })
    await bot.ask(email, { text: 'b' })
    await bot.ask({ ...visitor, ...email }, { text: 'c' })
    expect(await bot.ask(email, { text: 'd' })).toMatchObject({ conversationId: 'v2' })
  })
})

describe('what is carried over', () => {
  const carryOver = { messages: 4 }
  const contextOf = (asked: { input: AskInput }[]) => asked.at(-1)?.input.context

  it('is cut, and goes to the same visitor only', async () => {
    const { store } = open()
    await createChatbot({ agent: small().agent, store, carryOver }).ask(visitor, { text: 'long '.repeat(100_000) })
    const other = small({ account: 'other' })
    const bot = createChatbot({ agent: other.agent, store, carryOver })
    await bot.ask({ externalId: 'web-2', email: 'web-1' }, { text: 'a' })
    expect(contextOf(other.asked)).toBeUndefined()
    await bot.ask(visitor, { text: 'a' })
    expect(contextOf(other.asked)).toContain('long')
    expect(contextOf(other.asked)?.length).toBeLessThan(5_000)
    await bot.ask(visitor, { text: 'b' })
    expect(contextOf(other.asked)).toBeUndefined()
  })
})

describe('to forget a visitor', () => {
  it('leaves nothing in the store, whatever the visitor was known by', async () => {
    const { store, values } = open()
    const bot = createChatbot({ agent: small().agent, store, carryOver: { messages: 4 } })
    await bot.ask({ ...visitor, ...email }, { id: 'a', text: 'a' })
    await bot.ask({ externalId: 'web-9', ...email }, { id: 'b', text: 'b' })
    await bot.ask({ externalId: 'web-9' }, { text: 'c' })
    await bot.forget(visitor)
    expect([...values.keys()]).toEqual([])
  })

  it('leaves nothing of two chats that have become one, and nothing of others is touched', async () => {
    const { store, values } = open()
    const bot = createChatbot({ agent: small().agent, store, carryOver: { messages: 4 } })
    await bot.ask({ externalId: 'web-2' }, { id: 'x', text: 'x' })
    const others = [...values.keys()].sort()
    await bot.ask(visitor, { id: 'a', text: 'a' })
    await bot.ask(email, { id: 'b', text: 'b' })
    await bot.forget({ ...visitor, ...email })
    expect([...values.keys()].sort()).toEqual(others)
  })

  it('waits for a first question that is under way by another key', async () => {
    const { store, values } = open()
    const answer = deferred<Partial<Answer>>()
    const { agent, asked } = small({ answers: () => answer.promise })
    const bot = createChatbot({ agent, store })
    const first = bot.ask({ ...visitor, ...email }, { id: 'a', text: 'a' })
    while (asked.length === 0) await new Promise(setImmediate)
    const forgotten = bot.forget(email)
    answer.resolve({})
    await first
    await forgotten
    expect([...values.keys()]).toEqual([])
  })
})

describe('a late answer', () => {
  const pending = (count: number): Partial<Answer> => (count === 1 ? { outcome: 'unknown' } : {})

  it('to a question that is asked again meanwhile does not make it ask a third time', async () => {
    const isDelivered = deferred()
    const { agent, asked } = small({
      answers: () => ({ outcome: 'unknown' }),
      reconciled: ({ startedAt }) => ({
        outcome: startedAt < new Date(start + 1_500).toISOString() ? 'not-done' : 'unknown',
      }),
    })
    const isTold = deferred()
    const bot = createChatbot({
      agent,
      onAnswer: () => {
        isTold.resolve()
        return isDelivered.promise
      },
    })
    await bot.ask(visitor, { id: 'm', text: 'a' })
    const checked = bot.check(visitor)
    await isTold.promise
    await bot.ask(visitor, { id: 'm', text: 'a' })
    expect(asked).toHaveLength(2)
    isDelivered.resolve()
    expect(await checked).toMatchObject([{ id: 'm', answer: { outcome: 'failed' } }])
    await bot.ask(visitor, { id: 'm', text: 'a' })
    expect(asked).toHaveLength(2)
  })

  it('is delivered again if onAnswer throws, which may ask', async () => {
    const late: LateAnswer[] = []
    const { agent, asked } = small({
      answers: pending,
      reconciled: (attempt) => ({ outcome: 'done', answer: { outcome: 'answered', text: 'Late.', attempt } as Answer }),
    })
    let fails = true
    const bot = createChatbot({
      agent,
      async onAnswer(one) {
        if (fails) throw new Error('Mail is down.')
        await bot.ask(visitor, { text: 'thanks' })
        late.push(one)
      },
    })
    await bot.ask(visitor, { id: 'm', text: 'a' })
    await expect(bot.check(visitor)).rejects.toThrow('Mail is down.')
    fails = false
    expect(await bot.check(visitor)).toEqual(late)
    expect(late).toHaveLength(1)
    expect(await bot.check(visitor)).toEqual([])
    expect(asked).toHaveLength(2)
  })

  it('is delivered for an event of its conversation, and of no other', async () => {
    const { agent } = small({
      answers: pending,
      reconciled: (attempt) => ({ outcome: 'done', answer: { outcome: 'answered', text: 'Late.', attempt } as Answer }),
    })
    const { store } = open()
    const bot = createChatbot({ agent, store })
    await bot.ask(visitor, { id: 'm', text: 'a' })
    const about = (conversation: string) => ({ type: 'message.created', conversation }) as unknown as Event
    const { conversationRef } = await bot.status(visitor)
    const ref = String(conversationRef)
    const twin = createChatbot({ agent: small({ account: 'twin' }).agent, store })
    expect(await twin.deliver(about(ref))).toBeNull()
    expect(await bot.deliver(about(ref.replace('v1', 'v2')))).toBeNull()
    expect(await bot.deliver(about(ref))).toMatchObject({ visitor, answers: [{ id: 'm' }] })
  })

  it('does not keep others waiting who have a timeout, although onAnswer never ends', async () => {
    const clock = testClock(defaultNow)
    const isTold = deferred()
    const { agent } = small({
      answers: pending,
      reconciled: (attempt) => ({ outcome: 'done', answer: { outcome: 'answered', text: 'Late.', attempt } as Answer }),
    })
    const bot = createChatbot({
      ...{ agent, clock },
      onAnswer: () => {
        isTold.resolve()
        return new Promise<void>(() => {})
      },
    })
    await bot.ask(visitor, { id: 'm', text: 'a' })
    void bot.check(visitor)
    await isTold.promise
    const other = bot.check(visitor, { timeout: 1_000 }).catch((error: unknown) => error)
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
    await clock.advance(2_000)
    expect(await other).toMatchObject({ code: 'timeout' })
    expect(await bot.ask(visitor, { text: 'b' })).toMatchObject({ outcome: 'answered' })
  })
})

describe('a browser', () => {
  const says = (text: string, more: object[] = []) => ({
    message: { id: 'm-1', role: 'user', parts: [{ type: 'text', text }, ...more] },
  })
  const botOf = (options: Partial<ChatbotOptions> = {}) => {
    const one = small()
    return { ...one, bot: createChatbot({ agent: one.agent, ...options }) }
  }
  const post = (body: ReadableStream<Uint8Array>) =>
    new Request('https://site.example/chat', { method: 'POST', body, ...{ duplex: 'half' as const } })

  it('whose body breaks is told so', async () => {
    const { bot, asked } = botOf()
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('secret')) })
    const response = await bot.respond(visitor, post(body), { format: 'text' })
    expect(response.status).toBe(400)
    expect(await response.text()).not.toContain('secret')
    expect(asked).toEqual([])
  })

  it.each(['timeout', 'signal'])('that sends nothing is waited for no longer than the %s says', async (limit) => {
    const clock = testClock(defaultNow)
    const { bot, asked } = botOf({ clock })
    const isCancelled = deferred()
    const isRead = deferred()
    const body = new ReadableStream<Uint8Array>(
      {
        pull: () => {
          isRead.resolve()
          return new Promise<void>(() => {})
        },
        cancel: () => isCancelled.resolve(),
      },
      { highWaterMark: 0 },
    )
    const controller = new AbortController()
    const own = limit === 'timeout' ? { timeout: 1_000 } : { signal: controller.signal }
    const response = bot.respond(visitor, post(body), { format: 'text', ...own }).catch((error: unknown) => error)
    await isRead.promise
    await clock.advance(2_000)
    controller.abort(new Error('Gone.'))
    expect(await response).toMatchObject(limit === 'timeout' ? { status: 504 } : { message: 'Gone.' })
    await isCancelled.promise
    expect(asked).toEqual([])
  })

  it('cannot make the vendor take any number of files', async () => {
    const { bot, asked } = botOf()
    const file = { type: 'file', url: 'data:text/plain;base64,YQ==', mediaType: 'text/plain' }
    const many = await bot.respond(visitor, says('a', Array(11).fill(file)), { format: 'text' })
    expect([many.status, await many.json()]).toMatchObject([400, { fields: [{ path: 'message.parts' }] }])
    const few = await bot.respond(visitor, says('a', Array(10).fill(file)), { format: 'text' })
    expect(await few.text()).toBe('At nine.')
    expect(asked[0]?.input.attachments).toHaveLength(10)
  })

  it.each([
    () => {
      throw new Error('The log is full.')
    },
    () => Promise.reject(new Error('The log is away.')),
  ])('is answered although onError fails (%#)', async (onError) => {
    const unhandled: unknown[] = []
    const note = (error: unknown) => void unhandled.push(error)
    process.on('unhandledRejection', note)
    const { agent } = small({
      answers: () => {
        throw new Error('secret')
      },
    })
    const bot = createChatbot({ agent, onError: onError as () => void })
    expect((await bot.respond(visitor, {}, { format: 'text' })).status).toBe(400)
    const broken = await bot.respond(visitor, says('a'), { format: 'text' })
    const error = await broken.text().catch((reason: unknown) => reason)
    expect(isParleyError(error)).toBe(false)
    expect(String(error)).not.toContain('secret')
    const shown = await bot.respond(visitor, { message: { ...says('b').message, id: 'm-2' } })
    expect(await shown.text()).not.toContain('secret')
    await new Promise((resolve) => setTimeout(resolve, 10))
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })
})
