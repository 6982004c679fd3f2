import { describe, expect, test } from 'vitest'
import {
  type Answer,
  type Attempt,
  awaitAnswer,
  beginSending,
  createTransport,
  NetworkError,
  type OperationOptions,
  PermissionError,
  readBack,
  type SentReader,
  timeToSend,
} from '../../src/index.ts'

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

describe('the attempt', () => {
  test('is given to the caller before anything is sent, and each time more is known', async () => {
    const told: Attempt[] = []
    const outgoing = await beginSending(desk().begin(), { onAttempt: (attempt) => void told.push(attempt) }, given)
    const first = { ...given, messageId: null, startedAt: '2026-01-02T10:00:00.000Z' }
    expect(told).toEqual([first])
    await outgoing.learn({ conversationId: 'c' }, 'answer')
    await outgoing.learn({ conversationId: 'c', messageId: undefined }, 'answer')
    await outgoing.learn({ messageId: 'm' }, 'answer')
    expect(told).toEqual([first, { ...first, conversationId: 'c' }, { ...first, conversationId: 'c', messageId: 'm' }])
    expect(outgoing.attempt).toEqual(told.at(-1))
  })

  test('leaves out what was not given', async () => {
    const { attempt } = await beginSending(desk().begin(), undefined, { ...given, after: undefined, mark: undefined })
    expect(Object.keys(attempt).sort()).toEqual([
      'contactId',
      'conversationId',
      'kind',
      'messageId',
      'startedAt',
      'text',
    ])
  })

  test('is waited for: what its first call throws ends the operation before anything is sent', async () => {
    const onAttempt = async () => {
      throw new Error('The store is down')
    }
    await expect(beginSending(desk().begin(), { onAttempt }, given)).rejects.toThrow('The store is down')
  })

  test('that cannot be stored later is a warning, because the message is on its way', async () => {
    const call = desk().begin()
    let calls = 0
    const onAttempt = () => {
      if (++calls > 1) throw new Error('The store is down')
    }
    const { attempt, learn } = await beginSending(call, { onAttempt }, given)
    await learn({ messageId: 'm' }, 'answer')
    expect(attempt.messageId).toBe('m')
    expect(call.reading.warnings.map(({ code }) => code)).toEqual(['degraded'])
  })

  test('is not sent when the caller gave up while storing it', async () => {
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
    await expect(beginSending(desk().begin(), options, input)).rejects.toMatchObject({ fields: [{ path }] })
  })
})

describe('the time of a send', () => {
  test.each([
    [30_000, 60_000, 30_000],
    [60_000, 60_000, 50_000],
    [30_000, 6_000, 4_000],
    [30_000, 1, 1],
  ])('of at most %i ms within %i ms is %i ms', (most, timeout, expected) => {
    expect(timeToSend(desk().begin({ timeout }), most)).toBe(expected)
  })
})

describe('reading back', () => {
  const attempt: Attempt = {
    kind: 'ask',
    conversationId: 'c',
    messageId: null,
    text: 'When?',
    startedAt: '2026-01-02T10:00:00.000Z',
  }
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

  test('looks three times, further and further apart', async () => {
    const { begin, waits } = desk()
    expect(await readBack({ call: begin(), reader: failing([]), attempt })).toBeUndefined()
    expect(waits).toEqual([1_000, 2_000, 4_000])
  })

  test('goes on after a failure, ends with a refusal, and tells of each', async () => {
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

  test('stops when the time is up', async () => {
    const { begin, waits } = desk()
    await readBack({ call: begin({ timeout: 2_000 }), reader: failing([]), attempt })
    expect(waits).toEqual([1_000, 1_000])
  })

  test('does not swallow what is no error of ours', async () => {
    const { begin } = desk()
    await expect(readBack({ call: begin(), reader: failing([new TypeError('a bug')]), attempt })).rejects.toThrow(
      'a bug',
    )
  })
})

describe('waiting for an answer', () => {
  const answer = { outcome: 'answered' } as Answer
  const pending = () => ({ outcome: 'pending' }) as Answer

  test('looks until it is there, further and further apart', async () => {
    const { begin, waits } = desk()
    const look = async (count: number) => (count === 6 ? answer : undefined)
    expect(await awaitAnswer(begin(), look, pending)).toBe(answer)
    expect(waits).toEqual([1_000, 1_500, 2_250, 3_375, 5_000, 5_000])
  })

  test('goes on after a failure that may pass', async () => {
    const look = async (count: number) => {
      if (count === 1) throw new NetworkError({ message: 'gone' })
      return answer
    }
    expect(await awaitAnswer(desk().begin(), look, pending)).toBe(answer)
  })

  test('is pending after a refusal, which a warning tells, and at the deadline', async () => {
    const call = desk().begin()
    const refuse = async () => {
      throw new PermissionError({ message: 'no' })
    }
    expect((await awaitAnswer(call, refuse, pending)).outcome).toBe('pending')
    expect(call.reading.warnings.map(({ code }) => code)).toEqual(['degraded'])
    expect((await awaitAnswer(desk().begin({ timeout: 3_000 }), async () => undefined, pending)).outcome).toBe(
      'pending',
    )
  })
})
