import { describe, expect, test } from 'vitest'
import {
  type Answer,
  type AnswerPart,
  createTransport,
  type Message,
  NetworkError,
  NotFoundError,
  type OperationOptions,
  PermissionError,
  ResponseError,
  type SendAttempt,
  type Source,
} from '../../src/index.ts'
import {
  awaitAnswer,
  beginSending,
  deliver,
  isOutcomeUnknown,
  readBack,
  type SendResponse,
  type SentReader,
  streamOnce,
  timeToSend,
} from '../../src/operations.ts'
import { acme } from '../helpers/acme.ts'

/** Time goes on only when something waits for it. */
function desk() {
  let now = Date.parse('2026-01-02T10:00:00.000Z')
  const waits: number[] = []
  const after = (milliseconds: number, callback: () => void) => {
    waits.push(milliseconds)
    now += milliseconds
    queueMicrotask(callback)
    return () => {}
  }
  const transport = createTransport(
    { vendor: 'acme', baseUrl: 'https://acme.example', authorize: () => ({}), readProblem: () => undefined },
    { credential: 'none', clock: { now: () => now, after } },
  )
  return { begin: (options: OperationOptions = {}) => transport.begin('messages.ask', options), waits }
}
const given = { kind: 'ask', conversationId: null, contactId: 'p', text: 'When?', after: 'm-0' } as const

describe('a send attempt', () => {
  test('is given to the caller before the request, and again each time more is known', async () => {
    const told: SendAttempt[] = []
    const outgoing = await beginSending(desk().begin(), { onAttempt: (attempt) => void told.push(attempt) }, given)
    const first = {
      ...given,
      messageId: null,
      startedAt: '2026-01-02T10:00:00.000Z',
      deadline: '2026-01-02T10:01:00.000Z',
    }
    expect(told).toEqual([first])
    await outgoing.update({ conversationId: 'c' }, 'answer')
    await outgoing.update({ conversationId: 'c', messageId: undefined }, 'answer')
    await outgoing.update({ messageId: 'm' }, 'answer')
    expect(told).toEqual([first, { ...first, conversationId: 'c' }, { ...first, conversationId: 'c', messageId: 'm' }])
    expect(outgoing.attempt).toEqual(told.at(-1))
  })

  test('lacks values that were not given', async () => {
    const { attempt } = await beginSending(desk().begin(), undefined, { ...given, after: undefined, mark: undefined })
    expect(Object.keys(attempt).sort()).toEqual([
      'contactId',
      'conversationId',
      'deadline',
      'kind',
      'messageId',
      'startedAt',
      'text',
    ])
  })

  test('is awaited: an error of its first callback ends the operation before the request', async () => {
    const onAttempt = async () => {
      throw new Error('The store is down')
    }
    await expect(beginSending(desk().begin(), { onAttempt }, given)).rejects.toThrow('The store is down')
  })

  test('produces a warning if a later callback fails, because the message is on its way', async () => {
    const call = desk().begin()
    let calls = 0
    const onAttempt = () => {
      if (++calls > 1) throw new Error('The store is down')
    }
    const { attempt, update } = await beginSending(call, { onAttempt }, given)
    await update({ messageId: 'm' }, 'answer')
    expect(attempt.messageId).toBe('m')
    expect(call.reading.warnings).toMatchObject([
      { code: 'degraded', message: expect.stringMatching(/Store the attempt from the result/) },
    ])
  })

  test('is completed even without a callback', async () => {
    const { attempt, update } = await beginSending(desk().begin(), undefined, given)
    await update({ messageId: 'm' }, 'answer')
    expect(attempt.messageId).toBe('m')
  })

  test('is not sent if the caller aborted while storing it', async () => {
    const controller = new AbortController()
    const onAttempt = () => controller.abort(new Error('enough'))
    await expect(beginSending(desk().begin({ signal: controller.signal }), { onAttempt }, given)).rejects.toThrow(
      'enough',
    )
  })

  test.each([
    ['onAttempt', { onAttempt: 'store' as never }, given],
    ['after', undefined, { ...given, after: 7 as never }],
  ])('is refused with a wrong %s', async (path, options, input) => {
    await expect(beginSending(desk().begin(), options, input)).rejects.toMatchObject({
      fields: [{ path, problem: expect.stringMatching(/^must be ./) }],
    })
  })
})

describe('a write that failed', () => {
  test.each([
    [true, new NetworkError({ message: 'gone', outcome: 'unknown' })],
    [false, new NetworkError({ message: 'gone', outcome: 'not-done' })],
    [false, new NetworkError({ message: 'gone' })],
    [false, { outcome: 'unknown' }],
  ])('may have happened after %s', (expected, error) => {
    expect(isOutcomeUnknown(error)).toBe(expected)
  })
})

describe('the time that a send gets', () => {
  test.each([
    [30_000, 60_000, 30_000],
    [60_000, 60_000, 50_000],
    [30_000, 6_000, 4_000],
    [30_000, 1, 1],
  ])('of at most %i ms within %i ms is %i ms', (most, timeout, expected) => {
    expect(timeToSend(desk().begin({ timeout }), most)).toBe(expected)
  })
})

/** A reader whose reads fail with these errors in turn, and then find nothing. */
const failing = (looks: Error[]): SentReader => ({
  kinds: ['ask'],
  longestRequest: 60_000,
  visibilityLag: 60_000,
  readThread: async () => {
    const error = looks.shift()
    if (error) throw error
    return { messages: [], isComplete: true }
  },
  isOther: () => false,
  answerTo: async () => null,
})

describe('reading back after a send', () => {
  const attempt: SendAttempt = {
    kind: 'ask',
    conversationId: 'c',
    messageId: null,
    text: 'When?',
    startedAt: '2026-01-02T10:00:00.000Z',
  }

  test('looks three times at growing intervals', async () => {
    const { begin, waits } = desk()
    expect(await readBack({ call: begin(), reader: failing([]), attempt })).toBeUndefined()
    expect(waits).toEqual([1_000, 2_000, 4_000])
  })

  test('continues after a failure, ends at a refusal, and warns about each', async () => {
    const network = new NetworkError({ message: 'gone' })
    const refusal = new PermissionError({ message: 'no' })
    const { begin, waits } = desk()
    const told: string[] = []
    const reader = failing([network, refusal])
    await readBack({ call: begin(), reader, attempt }, ({ code }) => void told.push(code))
    expect([waits, told]).toEqual([
      [1_000, 2_000],
      ['network', 'permission'],
    ])
  })

  test.each([
    [new ResponseError({ message: 'cannot be read' }), 3],
    [new NotFoundError({ message: 'not there yet' }), 3],
    [new PermissionError({ message: 'no' }), 1],
  ])('looks again after %o: %i looks', async (error, looks) => {
    const { begin, waits } = desk()
    await readBack({ call: begin(), reader: failing([error, error, error]), attempt })
    expect(waits).toHaveLength(looks)
  })

  test('throws the error that the caller makes of a failure', async () => {
    const explain = () => {
      throw new Error('explained')
    }
    const look = readBack(
      { call: desk().begin(), reader: failing([new PermissionError({ message: 'no' })]), attempt },
      explain,
    )
    await expect(look).rejects.toThrow('explained')
  })

  test('returns the match, its conversation and the messages around it', async () => {
    const message = {
      id: 'm',
      text: 'When?',
      type: { value: 'text', native: null },
      createdAt: '2026-01-02T10:00:00.000Z',
    } as Message
    const reader: SentReader = { ...failing([]), readThread: async () => ({ messages: [message], isComplete: false }) }
    expect(await readBack({ call: desk().begin(), reader, attempt })).toEqual({
      conversationId: 'c',
      message,
      thread: { messages: [message], isComplete: false },
    })
  })

  test('stops at the deadline', async () => {
    const { begin, waits } = desk()
    await readBack({ call: begin({ timeout: 2_000 }), reader: failing([]), attempt })
    expect(waits).toEqual([1_000, 1_000])
  })

  test('does not swallow an error that is not Parley’s', async () => {
    const { begin } = desk()
    await expect(readBack({ call: begin(), reader: failing([new TypeError('a bug')]), attempt })).rejects.toThrow(
      'a bug',
    )
  })
})

describe('a delivered message', () => {
  const stored = {
    ...{ id: 'm', text: 'At nine.', createdAt: '2026-01-02T10:00:00.000Z', author: { kind: 'operator' } },
    type: { value: 'text', native: null },
  }
  const lost = new NetworkError({ message: 'gone', outcome: 'unknown' })
  const refused = new PermissionError({ message: 'no', outcome: 'not-done' })
  const answer = { messageId: 'm', message: stored as Message }

  const rows: [where: string, response: SendResponse | Error | undefined, isStored: boolean, expected: object][] = [
    ['in the response', answer, false, { outcome: 'accepted', messageId: 'm' }],
    ['in the conversation after a lost response', lost, true, { outcome: 'accepted', messageId: 'm' }],
    ['in the conversation after a response without ids', undefined, true, { outcome: 'accepted', messageId: 'm' }],
    ['nowhere', undefined, false, { outcome: 'unknown', messageId: null, message: null }],
    ['only as accepted', { messageId: null, message: null }, true, { outcome: 'accepted', messageId: null }],
  ]
  test.each(rows)('that is found %s has its outcome and id', async (_, response, isStored, expected) => {
    const call = desk().begin()
    const outgoing = await beginSending(call, undefined, { kind: 'reply', conversationId: 'c', text: 'At nine.' })
    const messages = isStored ? [answer.message] : []
    const reader: SentReader = { ...failing([]), readThread: async () => ({ messages, isComplete: true }) }
    const sent = await deliver(call, reader, outgoing, async () => {
      if (response instanceof Error) throw response
      return response
    })
    expect(sent).toMatchObject({ ...expected, conversationId: 'c' })
    expect(sent.attempt.messageId).toBe(sent.messageId)
    expect(sent.message?.id ?? null).toBe(sent.messageId)
  })

  test('is not looked for if the vendor refused it', async () => {
    const { begin, waits } = desk()
    const call = begin()
    const outgoing = await beginSending(call, undefined, { kind: 'reply', conversationId: 'c', text: 'At nine.' })
    await expect(deliver(call, failing([]), outgoing, () => Promise.reject(refused))).rejects.toBe(refused)
    expect(waits).toEqual([])
  })
})

describe('waiting for an answer', () => {
  const answer = { outcome: 'answered' } as Answer
  const pending = () => ({ outcome: 'pending' }) as Answer

  test('looks at growing intervals until the answer is there', async () => {
    const { begin, waits } = desk()
    const look = async (count: number) => (count === 9 ? answer : undefined)
    expect(await awaitAnswer(begin(), look, pending)).toBe(answer)
    expect(waits).toEqual([250, 400, 640, 1_024, 1_638, 2_621, 4_194, 5_000, 5_000])
  })

  test('continues after a failure that can pass', async () => {
    const look = async (count: number) => {
      if (count === 1) throw new NetworkError({ message: 'gone' })
      return answer
    }
    expect(await awaitAnswer(desk().begin(), look, pending)).toBe(answer)
  })

  test('continues after an answer that cannot be read, and does not swallow an error that is not Parley’s', async () => {
    const failing = (error: Error) => async (count: number) => {
      if (count === 1) throw error
      return answer
    }
    expect(await awaitAnswer(desk().begin(), failing(new ResponseError({ message: 'cut' })), pending)).toBe(answer)
    await expect(awaitAnswer(desk().begin(), failing(new TypeError('a bug')), pending)).rejects.toThrow('a bug')
  })

  test('is pending after a refusal, with a warning, and at the deadline', async () => {
    const call = desk().begin()
    const refuse = async () => {
      throw new PermissionError({ message: 'no' })
    }
    expect((await awaitAnswer(call, refuse, pending)).outcome).toBe('pending')
    expect(call.reading.warnings).toMatchObject([
      { code: 'degraded', message: expect.stringMatching(/\(permission\)/) },
    ])
    expect((await awaitAnswer(desk().begin({ timeout: 3_000 }), async () => undefined, pending)).outcome).toBe(
      'pending',
    )
  })
})

describe('an answer that does not stream', () => {
  const transport = acme('https://acme.example', { protocol: { accountId: 'agent-1' } })
  const parts = async (answer: Partial<Answer>) => {
    const given: AnswerPart[] = []
    const whole = { outcome: 'answered', text: null, sources: [], warnings: [], ...answer } as unknown as Answer
    for await (const part of streamOnce(transport, async () => whole)) given.push(part)
    return given
  }
  const warning = {
    vendor: 'acme',
    account: 'main',
    code: 'no-streaming',
    message: 'acme does not stream; the answer arrives in one piece.',
    operation: 'messages.stream',
  }
  const sources = [{ id: 's' }] as Source[]

  test('comes as one text, its sources and the answer, after a warning', async () => {
    const other = { ...warning, code: 'degraded' as const }
    const answer = { outcome: 'answered', text: 'At 9.', sources, warnings: [warning, other] }
    expect(await parts({ text: 'At 9.', sources, warnings: [other] as never })).toEqual([
      { type: 'warning', warning },
      { type: 'text', text: 'At 9.' },
      { type: 'sources', sources },
      { type: 'finish', answer },
    ])
  })

  test('has no part for missing text or sources', async () => {
    expect((await parts({})).map(({ type }) => type)).toEqual(['warning', 'finish'])
  })

  test('is not requested before the iteration begins', async () => {
    let asked = 0
    const stream = streamOnce(transport, async () => {
      asked++
      return {} as Answer
    })
    expect(asked).toBe(0)
    await stream.next()
    expect(asked).toBe(0)
  })
})
