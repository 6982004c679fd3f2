import { describe, expect, test } from 'vitest'
import {
  type Answer,
  createTransport,
  type Message,
  NetworkError,
  NotFoundError,
  type SendAttempt,
} from '../../src/index.ts'
import { beginSending, reconcileAttempt, type SentReader } from '../../src/operations.ts'
import { farEnoughFor } from '../../src/sending/find-sent.ts'

const started = Date.parse('2026-01-02T10:00:00.000Z')
const minute = 60_000
const at = (offset: number): string => new Date(started + offset).toISOString()

const message = (id: string, text: string | null, offset: number | null, fields: Partial<Message> = {}): Message => ({
  ref: `acme:default/message/${id}`,
  vendor: 'acme',
  account: 'default',
  id,
  conversationId: 'c',
  type: { value: 'text', native: null },
  direction: 'outbound',
  author: { kind: 'operator', basis: 'vendor' },
  sourcesState: 'unavailable',
  text,
  createdAt: offset === null ? null : at(offset),
  ...fields,
})

const attempt: SendAttempt = {
  kind: 'reply',
  conversationId: 'c',
  messageId: null,
  text: 'We open at 9.',
  startedAt: at(0),
}

/** Every request takes a minute at most, and what is stored shows within another. */
const reader: SentReader = {
  kinds: ['ask', 'reply'],
  longestRequest: minute,
  visibilityLag: minute,
  readThread: async () => ({ messages: [], isComplete: true }),
  isOther: ({ direction }) => direction === 'inbound',
  answerTo: async () => null,
}

function desk() {
  let now = started
  const transport = createTransport(
    { vendor: 'acme', baseUrl: 'https://acme.example', authorize: () => ({}), readProblem: () => undefined },
    { credential: 'none', clock: { now: () => now, after: () => () => {} } },
  )
  return {
    begin: (operation = 'messages.reconcile', options = {}) => transport.begin(operation, options),
    pass: (milliseconds: number) => {
      now += milliseconds
    },
  }
}

interface Case {
  messages?: Message[]
  given?: Partial<SendAttempt>
  /** Of the attempt when it is reconciled, in milliseconds. Default: so old that nothing can still arrive. */
  age?: number
  own?: Partial<SentReader>
  otherMessageIds?: string[]
}

async function reconcile({ messages = [], given = {}, age = 13 * minute, own = {}, otherMessageIds = [] }: Case) {
  const { begin, pass } = desk()
  pass(age)
  const all = { ...reader, readThread: async () => ({ messages, isComplete: true }), ...own }
  return reconcileAttempt(begin(), all, { ...attempt, ...given }, { otherMessageIds })
}

const same = attempt.text
const longAgo = -60 * minute

describe('an attempt that is reconciled with its conversation', () => {
  test.each<[string, string, Case]>([
    ['done', 'the known id is shown', { messages: [message('m', 'Changed', longAgo)], given: { messageId: 'm' } }],
    ['done', 'the mark is shown', { messages: [message('m', 'x', null, { externalId: 'k' })], given: { mark: 'k' } }],
    ['unknown', 'the known id is not shown', { given: { messageId: 'm' } }],
    [
      'unknown',
      'another message has the text of a known id',
      { messages: [message('n', same, 5)], given: { messageId: 'm' } },
    ],
    ['done', 'one message has the text', { messages: [message('m', same, 5)] }],
    ['done', 'white space was changed', { messages: [message('m', ' We  open\nat 9. ', 5)] }],
    ['done', 'the time was cut to the second', { messages: [message('m', same, -1_000)] }],
    ['unknown', 'the text is older than the attempt', { messages: [message('m', same, -1_001)] }],
    ['unknown', 'the text is ten minutes older', { messages: [message('m', same, -10 * minute)] }],
    ['not-done', 'the text is more than ten minutes older', { messages: [message('m', same, -10 * minute - 1)] }],
    [
      'done',
      'the text stands before and after the attempt',
      { messages: [message('m', same, -minute), message('n', same, 5)] },
    ],
    ['unknown', 'two messages have the text', { messages: [message('m', same, 5), message('n', same, 6)] }],
    ['unknown', 'a footer was added', { messages: [message('m', `${same}\nReply STOP to opt out`, 5)] }],
    ['unknown', 'the text has no time', { messages: [message('m', same, null)] }],
    [
      'unknown',
      'the time is a placeholder',
      { messages: [message('m', same, -started), message('n', 'x', -started - 9e13)] },
    ],
    ['unknown', 'a message has no text', { messages: [message('m', null, 5)] }],
    ['unknown', 'a file was sent without a text', { messages: [message('m', '', 5)], given: { text: '' } }],
    [
      'done',
      'the text is the address of a file',
      {
        messages: [message('m', null, 5, { attachments: [{ url: 'https://a.example/1' } as never] })],
        given: { text: 'https://a.example/1' },
      },
    ],
    [
      'not-done',
      'the vendor states that it is something else',
      { messages: [message('m', same, 5, { direction: 'inbound' })] },
    ],
    [
      'not-done',
      'the message is the call of a tool',
      { messages: [message('m', same, 5, { type: { value: 'tool', native: null } })] },
    ],
    [
      'done',
      'the call of a tool has the same text',
      { messages: [message('m', same, 5), message('t', same, 6, { type: { value: 'tool', native: null } })] },
    ],
    ['not-done', 'another attempt holds the message', { messages: [message('m', same, 5)], otherMessageIds: ['m'] }],
    [
      'not-done',
      'the message has the mark of another attempt',
      {
        messages: [message('m', same, 5, { externalId: 'other' })],
        given: { mark: 'k' },
      },
    ],
    [
      'done',
      'the message has no mark although one was sent',
      { messages: [message('m', same, 5)], given: { mark: 'k' } },
    ],
    [
      'done',
      'the message has an id of the application, and none was sent',
      { messages: [message('m', same, 5, { externalId: 'x' })] },
    ],
    ['unknown', 'the message has neither text nor file', { messages: [message('m', null, 5, { attachments: [] })] }],
    ['not-done', 'nothing is there', {}],
  ])('is %s if %s', async (outcome, _, given) => {
    expect((await reconcile(given)).outcome).toBe(outcome)
  })

  test('gets the values that were found', async () => {
    expect(await reconcile({ messages: [message('m', same, 5)] })).toEqual({
      outcome: 'done',
      message: message('m', same, 5),
      answer: null,
      attempt: { ...attempt, messageId: 'm' },
    })
  })
})

describe('is decided by `after` without a clock', () => {
  const known = message('k', 'Hello', -minute)
  test.each<[string, string, Message[]]>([
    ['done', 'follows it at the same instant', [known, message('m', same, -minute)]],
    ['done', 'follows it without a time', [known, message('m', same, null)]],
    ['not-done', 'stands before it', [message('m', same, -2 * minute), known]],
    ['unknown', 'shares its instant', [message('m', same, -minute), known]],
    [
      'done',
      'follows it, and another has the same words before it',
      [message('m', same, -2 * minute), known, message('n', same, 5)],
    ],
    ['unknown', 'is new and says something else', [known, message('m', 'Else', 5)]],
    ['unknown', 'is there at all, because the one it names is not shown', []],
  ])('with %s: the message %s', async (outcome, _, messages) => {
    expect((await reconcile({ messages, given: { after: 'k' } })).outcome).toBe(outcome)
  })

  test.each<[string, string, Message[]]>([
    ['unknown', 'stands before one without a time', [message('m', same, null), message('k', 'Hello', null)]],
    ['unknown', 'has no time and stands before it', [message('m', same, null), known]],
    ['unknown', 'is dated and stands before one without a time', [message('m', same, 5), message('k', 'Hello', null)]],
    [
      'not-done',
      'is old and stands before one without a time',
      [message('m', same, longAgo), message('k', 'Hello', null)],
    ],
    ['unknown', 'was stamped five seconds before it', [message('m', same, -minute - 5_000), known]],
    ['not-done', 'was stamped more than five seconds before it', [message('m', same, -minute - 5_001), known]],
    ['unknown', 'follows it and was stamped before it', [known, message('m', same, -minute - 1)]],
  ])('with %s: the message %s', async (outcome, _, messages) => {
    expect((await reconcile({ messages, given: { after: 'k' } })).outcome).toBe(outcome)
  })

  test('is decided by position if the message has no time', async () => {
    const messages = [message('m', same, -minute), message('a', 'x', null), message('n', same, 5)]
    expect((await reconcile({ messages, given: { after: 'a' } })).message?.id).toBe('n')
  })

  test('is never matched with the message that `after` names', async () => {
    const messages = [message('k', same, 5)]
    expect((await reconcile({ messages, given: { after: 'k' } })).outcome).toBe('not-done')
  })
})

describe('is decided by the vendor’s sequence where messages have no time', () => {
  const known = message('k', 'Hello', null)
  const own = (messages: Message[]): Partial<SentReader> => ({
    readThread: async () => ({ messages, isComplete: true, isSequence: true }),
  })
  test.each<[string, string, Message[], Partial<SendAttempt>]>([
    ['done', 'follows `after`', [known, message('m', same, null)], { after: 'k' }],
    ['not-done', 'stands before `after`', [message('m', same, null), known], { after: 'k' }],
    [
      'done',
      'follows it, and another stands before',
      [message('m', same, null), known, message('n', same, null)],
      { after: 'k' },
    ],
    ['unknown', 'follows it twice', [known, message('m', same, null), message('n', same, null)], { after: 'k' }],
    ['unknown', 'follows it with another text', [known, message('m', 'Else', null)], { after: 'k' }],
    ['not-done', 'is missing, and nothing follows `after`', [known], { after: 'k' }],
    ['unknown', 'is there, and `after` is not', [message('m', same, null)], { after: 'k' }],
    ['unknown', 'is there, and there is no `after`', [message('m', same, null)], {}],
    ['done', 'follows `after`, with an older time', [known, message('m', same, longAgo)], { after: 'k' }],
    ['not-done', 'stands before `after`, with a later time', [message('m', same, 5), known], { after: 'k' }],
    ['unknown', 'has an old time, and there is no `after`', [message('m', same, longAgo)], {}],
    ['unknown', 'has a time of now, and there is no `after`', [message('m', same, 5)], {}],
    ['unknown', 'has an old time, and `after` is not there', [message('m', same, longAgo)], { after: 'k' }],
    ['done', 'has the mark', [message('m', 'x', null, { externalId: 'mark' })], { mark: 'mark' }],
    ['not-done', 'has another mark', [message('m', same, null, { externalId: 'other' })], { mark: 'mark' }],
  ])('with %s: the message %s', async (outcome, _, messages, given) => {
    expect((await reconcile({ own: own(messages), given })).outcome).toBe(outcome)
  })
})

test('a sequence that was read back to an old time only, without `after`, proves nothing', async () => {
  const shown = [message('k', 'Hello', longAgo)]
  const own = (isSequence: boolean): Partial<SentReader> => ({
    isOther: () => true,
    readThread: async (_, __, isFarEnough) => ({ messages: shown, isComplete: shown.some(isFarEnough), isSequence }),
  })
  expect((await reconcile({ own: own(false) })).outcome).toBe('not-done')
  expect((await reconcile({ own: own(true) })).outcome).toBe('unknown')
})

describe('an input for an agent that waits', () => {
  const given = { kind: 'input', text: 'yes', requestId: 'r' } as const
  const kinds = ['input'] as const
  const answer = { outcome: 'answered' } as Answer
  test.each<[string, string, boolean | undefined, number]>([
    ['done', 'it no longer waits', false, 0],
    ['unknown', 'it waits, and the input may still arrive', true, 0],
    ['not-done', 'it waits, and the input can no longer arrive', true, 13 * minute],
    ['unknown', 'the conversation cannot be read', undefined, 13 * minute],
  ])('is %s if %s', async (outcome, _, waits, age) => {
    const own = { kinds, isWaiting: async () => waits, answerTo: async () => answer }
    const reconciliation = await reconcile({ given, age, own })
    expect(reconciliation).toEqual({
      outcome,
      message: null,
      answer: outcome === 'done' ? answer : null,
      attempt: { ...attempt, ...given },
    })
  })

  test('is unknown at a vendor that cannot say', async () => {
    expect((await reconcile({ given, own: { kinds } })).outcome).toBe('unknown')
  })
})

describe('a message that its conversation does not show, but that may have been removed,', () => {
  const old = 13 * minute
  test.each<[Awaited<ReturnType<typeof reconcile>>['outcome'], string, () => Promise<boolean>]>([
    ['unknown', 'it may', async () => true],
    ['not-done', 'it was not', async () => false],
    ['unknown', 'the lookup fails', () => Promise.reject(new NotFoundError({ message: 'gone' }))],
  ])('is %s if %s', async (outcome, _, mayBeRemoved) => {
    expect((await reconcile({ age: old, own: { mayBeRemoved } })).outcome).toBe(outcome)
  })

  test('is looked up only before the outcome not-done, and a bug in the lookup is not hidden', async () => {
    const mayBeRemoved = () => Promise.reject(new Error('a bug'))
    expect((await reconcile({ age: minute, own: { mayBeRemoved } })).outcome).toBe('unknown')
    await expect(reconcile({ age: old, own: { mayBeRemoved } })).rejects.toThrow('a bug')
  })
})

describe('the outcome `not-done` needs proof', () => {
  const stored = { ...attempt }
  test.each<[string, string, Case]>([
    ['unknown', 'the attempt of another process is 12 minutes old', { age: 12 * minute }],
    ['not-done', 'it is older', { age: 12 * minute + 1 }],
    ['unknown', 'its time to be sent has not come', { given: { sendAt: at(60 * minute) }, age: 60 * minute }],
    ['unknown', 'its time has come a moment ago', { given: { sendAt: at(60 * minute) }, age: 71 * minute }],
    ['not-done', 'its time has come', { given: { sendAt: at(60 * minute) }, age: 71 * minute + 1 }],
    [
      'unknown',
      'the conversation was not read far enough',
      { own: { readThread: async () => ({ messages: [], isComplete: false }) } },
    ],
    ['unknown', 'its conversation is not known', { given: { kind: 'ask', conversationId: null } }],
  ])('with %s: %s', async (outcome, _, given) => {
    expect((await reconcile({ ...given, given: { ...stored, ...given.given } })).outcome).toBe(outcome)
  })

  test('uses the deadline of the operation for an attempt of this process', async () => {
    const { begin, pass } = desk()
    const call = begin('messages.reply', { timeout: 5 * minute })
    const { attempt: own } = await beginSending(call, undefined, { kind: 'reply', conversationId: 'c', text: 'Hi' })
    const outcome = async (given: SendAttempt) => (await reconcileAttempt(begin(), reader, given)).outcome
    pass(6 * minute)
    expect(await outcome(own)).toBe('unknown')
    pass(1)
    expect(await outcome(own)).toBe('not-done')
    const stored = JSON.parse(JSON.stringify(own)) as SendAttempt
    expect(await outcome(stored)).toBe('unknown')
    // Its own deadline goes with it, and ten minutes for another clock.
    pass(10 * minute - 1)
    expect(await outcome(stored)).toBe('unknown')
    pass(1)
    expect(await outcome(stored)).toBe('not-done')
  })

  test('accepts the object of onAttempt as an attempt of this process', async () => {
    const { begin, pass } = desk()
    let told: SendAttempt | undefined
    const onAttempt = (given: SendAttempt) => {
      told = given
    }
    const call = begin('messages.reply')
    await beginSending(call, { onAttempt }, { kind: 'reply', conversationId: 'c', text: 'Hi' })
    pass(3 * minute)
    expect((await reconcileAttempt(begin(), reader, told as SendAttempt)).outcome).toBe('not-done')
  })

  test('is not given before the longest request is over, even if the attempt’s deadline was shorter', async () => {
    const { begin, pass } = desk()
    const call = begin('messages.reply', { timeout: 1 })
    const { attempt: own } = await beginSending(call, undefined, { kind: 'reply', conversationId: 'c', text: 'Hi' })
    pass(2 * minute)
    expect((await reconcileAttempt(begin(), reader, own)).outcome).toBe('unknown')
    pass(1)
    expect((await reconcileAttempt(begin(), reader, own)).outcome).toBe('not-done')
  })

  test('is not given if an item cannot be read, unless it belongs to another list', async () => {
    const warned = async (code: 'bad-item' | 'unknown-term', when: 'before' | 'while') => {
      const { begin, pass } = desk()
      pass(13 * minute)
      const call = begin()
      const warn = () => call.reading.warn(code, 'Something cannot be read.')
      if (when === 'before') warn()
      const readThread = async () => {
        if (when === 'while') warn()
        return { messages: [], isComplete: true }
      }
      return (await reconcileAttempt(call, { ...reader, readThread }, attempt)).outcome
    }
    expect(await warned('bad-item', 'while')).toBe('unknown')
    expect(await warned('bad-item', 'before')).toBe('not-done')
    expect(await warned('unknown-term', 'while')).toBe('not-done')
  })
})

describe('the reader that reconciling uses', () => {
  test('is told how far back to read', async () => {
    const isFar: boolean[] = []
    const messages = [0, -10 * minute, -10 * minute - 1].map((offset) => message('m', 'x', offset))
    await reconcile({
      own: {
        readThread: async (_call, _id, isFarEnough) => {
          isFar.push(...[...messages, message('n', 'x', null)].map(isFarEnough))
          return { messages: [], isComplete: true }
        },
      },
    })
    expect(isFar).toEqual([false, false, true, false])
  })

  test('is told to read beyond `after` while the order can still change', async () => {
    const isFar: boolean[] = []
    await reconcile({
      given: { after: 'k' },
      own: {
        readThread: async (_call, _id, isFarEnough) => {
          const older = [message('o', 'x', -5_000), message('p', 'x', -5_001), message('q', 'x', null)]
          isFar.push(...[message('n', 'x', longAgo), message('k', 'x', 0), ...older].map(isFarEnough))
          return { messages: [], isComplete: true }
        },
      },
    })
    expect(isFar).toEqual([false, false, false, true, false])
  })

  test('stops before the attempt’s time or before the message that `after` names', () => {
    const older = [message('n', 'x', -6_000), message('m', 'x', -5_001), message('l', 'x', -10 * minute - 1)]
    const stops = (given: Partial<SendAttempt>, messages = older) =>
      messages.map(farEnoughFor({ ...attempt, ...given }))
    expect(stops({})).toEqual([false, false, true])
    expect(stops({ after: 'elsewhere' })).toEqual([false, false, false])
    const named = message('a', 'x', 0)
    expect(stops({ after: 'a' }, [...older, named, ...older])).toEqual([false, false, false, false, true, true, true])
    const border = message('b', 'x', -5_000)
    expect(stops({ after: 'a' }, [named, border, message('t', 'x', null)])).toEqual([false, false, false])
    const timeless = message('a', 'x', null)
    expect(stops({ after: 'a' }, [timeless, ...older])).toEqual([false, false, false, true])
  })

  test('is not asked for a message without a known id', async () => {
    const asked: string[] = []
    const readMessage = async (_: unknown, id: string) => void asked.push(id)
    await reconcile({ own: { readMessage: readMessage as never } })
    expect(asked).toEqual([])
  })

  test('needs no conversation for a message with an id', async () => {
    const readMessage = async () => message('m', same, 5)
    const given = { messageId: 'm', conversationId: null as never }
    const reconciled = await reconcile({ given, own: { readMessage: readMessage as never } })
    expect(reconciled).toMatchObject({ outcome: 'done', attempt: { conversationId: 'c' } })
  })

  test('reads a single message if the vendor can, and then no conversation', async () => {
    const own: Partial<SentReader> = {
      readMessage: async (_call, id) => (id === 'm' ? message('m', 'Changed', longAgo) : undefined),
      readThread: async () => {
        throw new Error('not needed')
      },
    }
    expect((await reconcile({ own, given: { messageId: 'm' } })).outcome).toBe('done')
    expect((await reconcile({ own, given: { messageId: 'n' } })).outcome).toBe('unknown')
  })

  test('is asked for a proof of each candidate, and its failure proves nothing', async () => {
    const messages = [message('m', 'Else', 5), message('n', 'More', 6)]
    const asked: string[] = []
    const provesOther = async (_call: unknown, { id }: Message) => {
      asked.push(id)
      return true
    }
    expect((await reconcile({ messages, own: { provesOther } })).outcome).toBe('not-done')
    expect(asked).toEqual(['m', 'n'])
    const fails = async () => {
      throw new NotFoundError({ message: 'gone' })
    }
    expect((await reconcile({ messages, own: { provesOther: fails } })).outcome).toBe('unknown')
    const many = (length: number) => Array.from({ length }, (_, index) => message(`m${index}`, 'Else', 5))
    expect((await reconcile({ messages: many(10), own: { provesOther } })).outcome).toBe('not-done')
    expect((await reconcile({ messages: many(11), own: { provesOther } })).outcome).toBe('unknown')
    const breaks = async () => {
      throw new TypeError('a bug')
    }
    await expect(reconcile({ messages, own: { provesOther: breaks } })).rejects.toThrow('a bug')
  })

  test('is asked first about the message with the same text, which is not ours if another is proved', async () => {
    const messages = [message('n', 'Else', 4), message('m', same, 5), message('o', 'More', 6)]
    const asked: string[] = []
    const proving = (...others: string[]): Partial<SentReader> => ({
      provesOther: async (_call, { id }) => {
        asked.push(id)
        return others.includes(id)
      },
    })
    expect(await reconcile({ messages, own: proving('n', 'o') })).toMatchObject({
      outcome: 'done',
      message: { id: 'm' },
    })
    expect(asked).toEqual(['m'])
    expect((await reconcile({ messages, own: proving('m') })).outcome).toBe('unknown')
    expect((await reconcile({ messages, own: proving('m', 'n', 'o') })).outcome).toBe('not-done')
    const both = [message('m', same, 5), message('n', same, 6)]
    expect(await reconcile({ messages: both, own: proving('m') })).toMatchObject({
      outcome: 'done',
      message: { id: 'n' },
    })
  })

  test('is asked for the answer to a question with every known value, and only for questions', async () => {
    const asked: unknown[] = []
    const own: Partial<SentReader> = {
      answerTo: async (_call, known, question, thread) => {
        asked.push([known, question?.id, thread?.messages.length])
        return null
      },
    }
    const messages = [message('m', same, 5)]
    await reconcile({ messages, own })
    expect(asked).toEqual([])
    await reconcile({ messages, own, given: { kind: 'ask' } })
    expect(asked).toEqual([[{ ...attempt, kind: 'ask', messageId: 'm' }, 'm', 1]])
  })

  test('can lack lookups of single messages and of new conversations', async () => {
    const given: Partial<SendAttempt> = { kind: 'ask', conversationId: null }
    expect((await reconcile({ given })).outcome).toBe('unknown')
    expect((await reconcile({ given: { messageId: 'm' }, messages: [message('m', same, 5)] })).outcome).toBe('done')
  })

  test('is asked for texts that a list omits', async () => {
    const messages = [message('m', '', 5)]
    const addTexts = async (_call: unknown, found: readonly Message[]) => {
      for (const each of found) each.text = same
    }
    expect((await reconcile({ messages, own: { addTexts } })).outcome).toBe('done')
  })

  test('finds the conversation of a question that opened one, and only a single match is a proof', async () => {
    const given: Partial<SendAttempt> = { kind: 'ask', conversationId: null, contactId: 'p' }
    const threads: Record<string, Message[]> = { a: [message('m', same, 5)], b: [], c: [message('n', same, 6)] }
    const inEach = (ids: string[]): Partial<SentReader> => ({
      findConversations: async () => ids,
      readThread: async (_call, id) => ({ messages: threads[id] ?? [], isComplete: true }),
    })
    expect(await reconcile({ given, own: inEach(['b', 'a']) })).toMatchObject({
      outcome: 'done',
      attempt: { conversationId: 'a', messageId: 'm' },
    })
    expect((await reconcile({ given, own: inEach(['a', 'c']) })).outcome).toBe('unknown')
    expect((await reconcile({ given, own: inEach(['b']) })).outcome).toBe('unknown')
  })
})

describe('an attempt of this adapter', () => {
  const send = async ({ begin }: ReturnType<typeof desk>, text: string) =>
    beginSending(begin('messages.reply'), undefined, { kind: 'reply', conversationId: 'c', text })

  test('keeps the vendor’s id, so that no other attempt claims the message', async () => {
    const one = desk()
    const first = await send(one, same)
    one.pass(5)
    const second = await send(one, same)
    await first.update({ messageId: 'm' }, 'answer')
    one.pass(13 * minute)
    const own = { ...reader, readThread: async () => ({ messages: [message('m', same, 5)], isComplete: true }) }
    const outcome = async (given: SendAttempt, of = one) => (await reconcileAttempt(of.begin(), own, given)).outcome
    expect(await outcome(second.attempt)).toBe('not-done')
    expect(await outcome({ ...first.attempt, messageId: null })).toBe('done')
    // Ids may repeat elsewhere.
    const other = desk()
    other.pass(13 * minute)
    expect(await outcome({ ...second.attempt, startedAt: at(0) }, other)).toBe('done')
  })

  test('is told apart from another one with other text that began at the same instant', async () => {
    const one = desk()
    const first = await send(one, same)
    const second = await send(one, 'Other words')
    await first.update({ messageId: 'm' }, 'answer')
    one.pass(13 * minute)
    const own = { ...reader, readThread: async () => ({ messages: [message('m', 'Changed', 5)], isComplete: true }) }
    expect((await reconcileAttempt(one.begin(), own, second.attempt)).outcome).toBe('not-done')
  })

  const thread = (...messages: Message[]) => ({ ...reader, readThread: async () => ({ messages, isComplete: true }) })
  const outcomeIn = async (one: ReturnType<typeof desk>, own: SentReader, given: SendAttempt) =>
    (await reconcileAttempt(one.begin(), own, given)).outcome
  const stored = (given: SendAttempt): SendAttempt => JSON.parse(JSON.stringify(given))

  test('has a certain match if the vendor named the message, and a probable one by its text', async () => {
    const one = desk()
    const first = await send(one, same)
    one.pass(5)
    const second = await send(one, same)
    const own = thread(message('m', same, 5))
    one.pass(13 * minute)
    expect(await outcomeIn(one, own, first.attempt)).toBe('done')
    expect(await outcomeIn(one, own, second.attempt)).toBe('unknown')
    expect(await outcomeIn(one, own, { ...first.attempt, messageId: 'm' })).toBe('done')
    expect(await outcomeIn(one, own, second.attempt)).toBe('not-done')
  })

  test('keeps the vendor’s id if the same message is then found by its text', async () => {
    const one = desk()
    const first = await send(one, same)
    one.pass(5)
    const second = await send(one, same)
    const own = thread(message('m', same, 5))
    await first.update({ messageId: 'm' }, 'answer')
    one.pass(13 * minute)
    expect(await outcomeIn(one, own, { ...first.attempt, messageId: null })).toBe('done')
    expect(await outcomeIn(one, own, second.attempt)).toBe('not-done')
  })

  test('is the same attempt after it was stored in between', async () => {
    const one = desk()
    const first = await send(one, same)
    const own = thread(message('m', same, 5))
    one.pass(13 * minute)
    expect(await outcomeIn(one, own, stored(first.attempt))).toBe('done')
    expect(await outcomeIn(one, own, first.attempt)).toBe('done')
    expect(await outcomeIn(one, own, stored(first.attempt))).toBe('done')
  })

  test('is remembered among a thousand', async () => {
    const one = desk()
    const first = await send(one, same)
    one.pass(5)
    await first.update({ messageId: 'm' }, 'answer')
    const outcome = async () => {
      const later = { ...attempt, startedAt: at(5) }
      const own = { ...reader, readThread: async () => ({ messages: [message('m', same, 6)], isComplete: true }) }
      return (await reconcileAttempt(one.begin(), own, later)).outcome
    }
    for (let index = 0; index < 999; index++)
      await (await send(one, `Text ${index}`)).update({ messageId: `m${index}` }, 'answer')
    expect(await outcome()).toBe('unknown')
    await (await send(one, 'One more')).update({ messageId: 'last' }, 'answer')
    expect(await outcome()).toBe('done')
  })

  test('is undecided if another attempt claimed the same message', async () => {
    const one = desk()
    const first = await send(one, same)
    const second = await send(one, same)
    const own = { ...reader, readThread: async () => ({ messages: [message('m', same, 5)], isComplete: true }) }
    const outcome = async (given: SendAttempt) => (await reconcileAttempt(one.begin(), own, given)).outcome
    expect([await outcome(first.attempt), await outcome(second.attempt)]).toEqual(['done', 'unknown'])
    expect(await outcome(first.attempt)).toBe('done')
    // The vendor's own answer counts more than what was concluded.
    await second.update({ messageId: 'm' }, 'answer')
    one.pass(3 * minute)
    expect(await outcome({ ...first.attempt, startedAt: at(1) })).toBe('unknown')
  })
})

describe('a conversation that the vendor does not have', () => {
  const gone = () => Promise.reject(new NotFoundError({ message: 'gone' }))
  test.each<[string, Partial<SentReader>, Partial<SendAttempt>]>([
    ['a reply', { readThread: gone }, {}],
    ['a question', { readThread: gone }, { kind: 'ask' }],
    ['a known message', { readMessage: gone }, { messageId: 'm' }],
    ['an input', { kinds: ['input'], isWaiting: gone }, { kind: 'input', requestId: 'r' }],
  ])('leaves open whether %s was sent, with a warning', async (_, own, given) => {
    const { begin, pass } = desk()
    pass(60 * minute)
    const call = begin()
    const found = await reconcileAttempt(call, { ...reader, ...own }, { ...attempt, ...given })
    expect(found).toEqual({ outcome: 'unknown', message: null, answer: null, attempt: { ...attempt, ...given } })
    expect(call.reading.warnings).toMatchObject([
      { code: 'degraded', message: expect.stringContaining('no longer has') },
    ])
  })

  test('is not what any other failure means', async () => {
    const readThread = () => Promise.reject(new NetworkError({ message: 'broken' }))
    await expect(reconcile({ own: { readThread } })).rejects.toMatchObject({ code: 'network' })
    // The message is there, and something else about its answer is not.
    const own = { readThread: async () => ({ messages: [message('m', same, 5)], isComplete: true }), answerTo: gone }
    await expect(reconcile({ own, given: { kind: 'ask' } })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a value that is no attempt', () => {
  const instant = 'must be an instant in ISO 8601'
  test.each<[string, string, unknown]>([
    ['attempt', 'must be an object', undefined],
    ['attempt', 'must be an object', 'attempt'],
    ['attempt.kind', 'must be one of ask, reply', { ...attempt, kind: 'note' }],
    ['attempt.kind', 'must be one of ask, reply', { ...attempt, kind: undefined }],
    ['attempt.text', 'must be a string', { ...attempt, text: null }],
    ['attempt.startedAt', instant, { ...attempt, startedAt: 'soon' }],
    ['attempt.startedAt', instant, { ...attempt, startedAt: undefined }],
    ['attempt.conversationId', 'must be an id', { ...attempt, conversationId: null }],
    ['attempt.conversationId', 'must be an id', { ...attempt, conversationId: undefined }],
    ['attempt.conversationId', 'must be an id', { ...attempt, kind: 'ask', conversationId: 7 }],
    ['attempt.messageId', 'must be', { ...attempt, messageId: 7 }],
    ['attempt.contactId', 'must be', { ...attempt, contactId: {} }],
    ['attempt.after', 'must be', { ...attempt, after: 7 }],
    ['attempt.mark', 'must be', { ...attempt, mark: [] }],
    ['attempt.operatorId', 'must be', { ...attempt, operatorId: 7 }],
    ...(['contactId', 'messageId', 'after', 'operatorId', 'requestId'] as const).map(
      (name): [string, string, unknown] => [
        `attempt.${name}`,
        'must be an id, not a ref',
        { ...attempt, [name]: 'acme:default/message/m' },
      ],
    ),
    ['attempt.sendAt', instant, { ...attempt, sendAt: 7 }],
    ['attempt.deadline', instant, { ...attempt, deadline: 'soon' }],
  ])('is refused because of %s: %s', async (path, problem, given) => {
    const refused = reconcileAttempt(desk().begin(), reader, given as SendAttempt)
    await expect(refused).rejects.toMatchObject({ code: 'invalid-request', fields: [{ path }] })
    await expect(refused).rejects.toThrow(problem)
  })

  const input = { ...attempt, kind: 'input', text: 'yes', requestId: 'r' }
  test.each<[string, string, unknown]>([
    ['attempt.requestId', 'is required', { ...input, requestId: undefined }],
    ['attempt.requestId', 'is required', { ...input, requestId: null }],
    ['attempt.requestId', 'is required', { ...input, requestId: '' }],
    ['attempt.requestId', 'must be', { ...input, requestId: 7 }],
    ['attempt.conversationId', 'must be an id', { ...input, conversationId: null, messageId: 'm' }],
  ])('is refused as an input because of %s: %s', async (path, problem, given) => {
    const isWaiting = () => Promise.reject(new Error('it was read back'))
    const own: SentReader = { ...reader, kinds: ['input'], isWaiting }
    const refused = reconcileAttempt(desk().begin(), own, given as SendAttempt)
    await expect(refused).rejects.toMatchObject({ code: 'invalid-request', fields: [{ path }] })
    await expect(refused).rejects.toThrow(problem)
  })

  test.each([['m'], [[7]], [{}]])('is refused if the ids of other attempts are %j', async (otherMessageIds) => {
    const refused = reconcileAttempt(desk().begin(), reader, attempt, { otherMessageIds: otherMessageIds as never })
    await expect(refused).rejects.toMatchObject({
      fields: [{ path: 'otherMessageIds', problem: 'must be a list of ids' }],
    })
  })

  test('differs from an attempt without ids or with null for unknown ones', async () => {
    const nothing = { contactId: null, sendAt: null, after: null, mark: null, operatorId: null }
    const { begin } = desk()
    const given = { ...attempt, ...nothing } as never
    expect((await reconcileAttempt(begin(), reader, given, { otherMessageIds: null as never })).attempt).toEqual(
      attempt,
    )
    const { conversationId: _, messageId: __, ...rest } = { ...attempt, kind: 'ask' as const }
    expect((await reconcileAttempt(begin(), reader, rest as never)).attempt).toEqual({
      ...attempt,
      kind: 'ask',
      conversationId: null,
    })
  })
})
