import { describe, expect, it } from 'vitest'
import {
  type Answer,
  type AnswerPart,
  type AskInput,
  type ConversationTarget,
  memoryStore,
  NetworkError,
  NotFoundError,
  type ParleyError,
  type SendOptions,
  type StateStore,
} from '../../src/index.ts'
import { askAs, streamAs, type VisitorWays } from '../../src/operations.ts'
import { acme, failure } from '../helpers/acme.ts'

const visitor = { externalId: 'web-1' }
const input = { text: 'When do you open?' }

/** An adapter whose vendor does what a test says. It records each step. */
function desk({
  store,
  ways = {},
  fails = () => undefined,
}: {
  store?: StateStore
  ways?: Partial<VisitorWays>
  /** The error of the nth question, counted from 1. */
  fails?: (count: number, conversation: string) => ParleyError | undefined | Promise<ParleyError>
} = {}) {
  const transport = acme('https://acme.test', store ? { store } : {})
  const steps: string[] = []
  const questions: { input: AskInput; options: SendOptions | undefined }[] = []
  let opened = 0
  const all: VisitorWays = {
    ensure: async ({ externalId }) => {
      steps.push(`ensure ${externalId}`)
      const contact = { ref: 'acme:main/contact/c1', vendor: 'acme', account: 'main', id: 'c1' }
      return { contact, isNew: true, warnings: [] }
    },
    open: async (contact) => {
      steps.push(`open ${contact}`)
      return { id: `v${++opened}` }
    },
    ...ways,
  }
  const ask = async (target: ConversationTarget, given: AskInput, options: SendOptions | undefined) => {
    steps.push(`ask ${target}`)
    questions.push({ input: given, options })
    const error = await fails(questions.length, String(target))
    if (error) throw error
    return { outcome: 'answered', text: 'At nine.', conversationId: target, warnings: [] } as unknown as Answer
  }
  async function* stream(target: ConversationTarget, given: AskInput, options: SendOptions | undefined) {
    const answer = await ask(target, given, options)
    yield { type: 'text', text: 'At nine.' } as AnswerPart
    yield { type: 'finish', answer } as AnswerPart
  }
  return {
    ...transport,
    steps,
    questions,
    ask: (options?: SendOptions, who: object = visitor) =>
      askAs(transport, [{ visitor: who }, input, options], all, ask),
    stream: (options?: SendOptions) => streamAs(transport, [{ visitor }, input, options], all, stream),
  }
}

const refusedConnection = () => Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' })

const lost = () => new NotFoundError({ message: 'No such conversation.', outcome: 'not-done' })

async function partsOf(stream: AsyncIterable<AnswerPart>): Promise<AnswerPart[]> {
  const parts: AnswerPart[] = []
  for await (const part of stream) parts.push(part)
  return parts
}

describe('a question of a visitor', () => {
  it('opens a conversation first, and the next one goes on in it', async () => {
    const { ask, steps } = desk()
    expect(await ask()).toMatchObject({ conversationId: 'v1', contactId: 'c1', contactRef: 'acme:main/contact/c1' })
    expect(await ask()).toMatchObject({ conversationId: 'v1', contactId: 'c1' })
    expect(steps).toEqual(['ensure web-1', 'open c1', 'ask v1', 'ask v1'])
  })

  it('goes on in another process that shares the store', async () => {
    const store = memoryStore()
    await desk({ store }).ask()
    const later = desk({ store })
    expect(await later.ask()).toMatchObject({ conversationId: 'v1' })
    expect(later.steps).toEqual(['ask v1'])
  })

  it('at the same time as another opens one conversation', async () => {
    const { ask, steps } = desk()
    await Promise.all([ask(), ask(), ask()])
    expect(steps.filter((step) => step.startsWith('open'))).toEqual(['open c1'])
    expect(steps.filter((step) => step === 'ask v1')).toHaveLength(3)
  })

  it('is another one for another visitor', async () => {
    const { ask, steps } = desk()
    await ask()
    expect(await ask(undefined, { externalId: 'web-2' })).toMatchObject({ conversationId: 'v2' })
    expect(steps).toContain('ensure web-2')
  })

  it('goes on by any of the keys of the visitor', async () => {
    const { ask, steps } = desk()
    const email = { email: 'ada@shop.example', verified: true }
    await ask(undefined, { externalId: 'web-1', ...email })
    expect(await ask(undefined, email)).toMatchObject({ conversationId: 'v1' })
    expect(await ask(undefined, { externalId: 'web-2', ...email })).toMatchObject({ conversationId: 'v1' })
    expect(await ask(undefined, { externalId: 'web-2' })).toMatchObject({ conversationId: 'v1' })
    expect(await ask(undefined, { externalId: 'web-3', email: 'ada@shop.example' })).toMatchObject({
      conversationId: 'v2',
    })
    expect(steps.filter((step) => step.startsWith('open'))).toHaveLength(2)
  })

  it('begins anew once if the vendor has deleted the conversation', async () => {
    const { ask, steps } = desk({ fails: (count) => (count === 2 ? lost() : undefined) })
    await ask()
    expect(await ask()).toMatchObject({ conversationId: 'v2' })
    expect(await ask()).toMatchObject({ conversationId: 'v2' })
    expect(steps).toEqual([
      'ensure web-1',
      'open c1',
      'ask v1',
      'ask v1',
      'ensure web-1',
      'open c1',
      'ask v2',
      'ask v2',
    ])
  })

  it('goes on in its conversation if it is the agent that does not exist', async () => {
    const fields = [{ path: 'agentId' }]
    const error = new NotFoundError({ message: 'No such agent.', outcome: 'not-done', fields })
    const { ask, steps } = desk({ fails: (count) => (count === 2 ? error : undefined) })
    await ask()
    expect(await failure(ask())).toMatchObject({ code: 'not-found', fields })
    expect(await ask()).toMatchObject({ conversationId: 'v1' })
    expect(steps.filter((step) => step.startsWith('open'))).toHaveLength(1)
  })

  it('does not begin anew forever', async () => {
    const { ask, steps } = desk({ fails: (count) => (count > 1 ? lost() : undefined) })
    await ask()
    expect(await failure(ask())).toMatchObject({ code: 'not-found', conversationId: 'v2' })
    expect(steps.filter((step) => step.startsWith('ask'))).toEqual(['ask v1', 'ask v1', 'ask v2'])
  })

  it.each(['unknown', 'partly-done'] as const)('is never asked again if it is %s', async (outcome) => {
    const error = new NotFoundError({ message: 'Gone.', outcome })
    const { ask, questions } = desk({ fails: (count) => (count === 2 ? error : undefined) })
    await ask()
    expect(await failure(ask())).toMatchObject({ code: 'not-found', outcome })
    expect(questions).toHaveLength(2)
  })

  it('that fails in the conversation it opened says so, and the next one goes on there', async () => {
    const refused = new NetworkError({ message: 'Refused.', outcome: 'not-done' })
    for (const store of [undefined, memoryStore()]) {
      const { ask, steps } = desk({ ...(store && { store }), fails: (count) => (count === 1 ? refused : undefined) })
      const error = await failure(ask())
      // Only a shared store makes it certain that whoever asks again finds the conversation.
      expect(error).toMatchObject({ outcome: 'partly-done', conversationId: 'v1', retryable: store !== undefined })
      await ask()
      expect(steps).toEqual(['ensure web-1', 'open c1', 'ask v1', 'ask v1'])
    }
  })

  it('whose contact was made and whose conversation cannot be opened says so', async () => {
    const open = () => Promise.reject(new NetworkError({ message: 'Refused.', outcome: 'not-done' }))
    expect(await failure(desk({ ways: { open } }).ask())).toMatchObject({
      code: 'network',
      operation: 'messages.ask',
      outcome: 'partly-done',
      message: expect.stringContaining('do not repeat'),
    })
  })

  it.each([
    ['POST', 'partly-done', false],
    ['GET', 'not-done', true],
    [undefined, 'not-done', true],
  ] as const)(
    'whose contact took the request %s is %s if no conversation can be opened',
    async (method, outcome, retryable) => {
      const transport = acme('https://acme.test', { fetch: async () => Response.json({}) })
      const down = acme('https://acme.test', { fetch: () => Promise.reject(refusedConnection()), maxRetries: 0 })
      const ways: VisitorWays = {
        ensure: async (_, options) => {
          const call = transport.begin('contacts.ensure', options)
          if (method) await call.request({ method, path: '/contacts' })
          return { contact: { ref: 'acme:main/contact/c1', vendor: 'acme', account: 'main', id: 'c1' }, warnings: [] }
        },
        open: async (_, options) => {
          await down.begin('conversations.create', options).request({ method: 'POST', path: '/conversations' })
          return { id: 'v1' }
        },
      }
      const never = () => Promise.reject(new Error('It must not be called.'))
      const error = await failure(askAs(transport, [{ visitor }, input, undefined], ways, never))
      expect(error).toMatchObject({ code: 'network', operation: 'messages.ask', outcome, retryable })
      expect(error.message).toContain('messages.ask')
      expect(error.message).not.toContain('conversations.create')
    },
  )

  it('that fails at a read of its contact or its conversation says that nothing was done', async () => {
    const transport = acme('https://acme.test', { fetch: () => Promise.reject(refusedConnection()), maxRetries: 0 })
    const lookUp = async (operation: string): Promise<never> => {
      await transport.begin(operation).request({ path: '/contacts' })
      throw new Error('It must not be answered.')
    }
    const contact = { ref: 'acme:main/contact/c1', vendor: 'acme', account: 'main', id: 'c1' }
    const open = () => lookUp('conversations.create')
    for (const ensure of [() => lookUp('contacts.ensure'), async () => ({ contact, warnings: [] })]) {
      const ask = () => Promise.reject(new Error('It must not be called.'))
      const error = await failure(askAs(transport, [{ visitor }, input, undefined], { ensure, open }, ask))
      expect(error).toMatchObject({ code: 'network', operation: 'messages.ask', outcome: 'not-done' })
    }
  })

  it.each([
    ['without a text', { text: ' ' }, visitor, 'text'],
    ['of nobody', input, {}, 'visitor.externalId'],
    ['of a visitor with a misspelled field', input, { externalId: 'x', mail: 'y' }, 'visitor.mail'],
  ])('%s is refused before a contact is made', async (_, wrong, who, path) => {
    const transport = acme('https://acme.test')
    const never = () => Promise.reject(new Error('It must not be called.'))
    const ways = { ensure: never, open: never } as unknown as VisitorWays
    const error = await failure(askAs(transport, [{ visitor: who }, wrong, undefined], ways, never))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path }] })
  })

  it('takes what somebody else wrote under its name for nothing', async () => {
    for (const value of ['', '[]', '{"contactId":7}', 'nonsense']) {
      const store = { ...memoryStore(), get: async () => value }
      const { ask, steps } = desk({ store })
      await ask()
      expect(steps).toEqual(['ensure web-1', 'open c1', 'ask v1'])
    }
  })

  it('is not sent if the store cannot be read', async () => {
    const store = { ...memoryStore(), get: () => Promise.reject(new Error('Away.')) }
    const { ask, steps } = desk({ store })
    expect(await failure(ask())).toMatchObject({
      code: 'configuration',
      outcome: 'not-done',
      fields: [{ path: 'store' }],
    })
    expect(steps).toEqual([])
  })

  it('is asked all the same if the store cannot remember the conversation, with a warning', async () => {
    const store = { ...memoryStore(), set: () => Promise.reject(new Error('Full.')) }
    expect(await desk({ store }).ask()).toMatchObject({
      conversationId: 'v1',
      warnings: [{ code: 'degraded', message: expect.stringContaining('another conversation') }],
    })
  })

  it('has the time that is left, and passes the attempt of the question only', async () => {
    const seen: object[] = []
    const { ask, questions, clock } = desk({
      ways: {
        open: async (_, options) => {
          seen.push(options)
          await clock.advance(2_000)
          return { id: 'v1' }
        },
      },
    })
    const onAttempt = () => {}
    await ask({ timeout: 10_000, onAttempt })
    expect(seen).toEqual([{ timeout: 10_000 }])
    expect(questions[0]?.options).toEqual({ timeout: 8_000, onAttempt })
  })

  it('that finds its conversation deleted at the same time as another opens one conversation', async () => {
    let ask3 = () => {}
    let answer3 = () => {}
    const isAsked3 = new Promise<void>((resolve) => {
      ask3 = resolve
    })
    const isAnswered3 = new Promise<void>((resolve) => {
      answer3 = resolve
    })
    const { ask, steps } = desk({
      fails(count, conversation) {
        if (count === 1 || conversation !== 'v1') return undefined
        if (count === 2) return isAsked3.then(lost)
        ask3()
        return isAnswered3.then(lost)
      },
    })
    await ask()
    const [first, second] = [ask(), ask()]
    expect(await first).toMatchObject({ conversationId: 'v2' })
    answer3()
    expect(await second).toMatchObject({ conversationId: 'v2' })
    expect(steps.filter((step) => step.startsWith('open'))).toHaveLength(2)
  })

  it('has the vendor’s channel for visitors, unless it names one', async () => {
    const { ask, questions } = desk({ ways: { channel: 'web' } })
    await ask()
    expect(questions[0]?.input).toEqual({ ...input, channel: 'web' })
  })
})

describe('a streamed question of a visitor', () => {
  it('does the same, and nothing before it is iterated', async () => {
    const { stream, steps } = desk()
    const unread = stream()
    expect(steps).toEqual([])
    expect(await partsOf(unread)).toMatchObject([
      { type: 'text', text: 'At nine.' },
      { type: 'finish', answer: { conversationId: 'v1', contactRef: 'acme:main/contact/c1' } },
    ])
    expect(steps).toEqual(['ensure web-1', 'open c1', 'ask v1'])
  })

  it('begins anew once if the vendor has deleted the conversation', async () => {
    const { stream, steps } = desk({ fails: (count) => (count === 2 ? lost() : undefined) })
    await partsOf(stream())
    expect((await partsOf(stream())).at(-1)).toMatchObject({ answer: { conversationId: 'v2' } })
    expect(steps.filter((step) => step.startsWith('ask'))).toEqual(['ask v1', 'ask v1', 'ask v2'])
  })
})
