import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { sandbox, testClock } from '../src/index.ts'

const start = '2026-01-01T09:00:00.000Z'
const shown = (clock: { now(): number }) => new Date(clock.now()).toISOString()

describe('a test clock that is advanced', () => {
  test('stands still until it is moved', async () => {
    const clock = testClock(start)
    expect(shown(clock)).toBe(start)
    await clock.advance(90_000)
    expect(shown(clock)).toBe('2026-01-01T09:01:30.000Z')
    expect(clock.elapsed).toBe(90_000)
  })

  test('ends waits in the order of time, including waits that began in between', async () => {
    const clock = testClock(0)
    const ends: [string, number][] = []
    const end = (name: string) => ends.push([name, clock.now()])
    clock.after(3_000, () => end('third'))
    clock.after(1_000, () => {
      end('first')
      clock.after(1_000, () => end('second'))
    })
    clock.after(3_000, () => end('fourth'))
    clock.after(3_001, () => end('late'))
    await clock.advance(3_000)
    expect(ends).toEqual([
      ['first', 1_000],
      ['second', 2_000],
      ['third', 3_000],
      ['fourth', 3_000],
    ])
    expect(clock.waits).toEqual([1_000, 1_000, 3_000, 3_000])
    expect(clock.pending).toBe(1)
  })

  test('runs the work after a wait before it ends the next one', async () => {
    const clock = testClock(0)
    const after = (milliseconds: number) => new Promise<void>((resolve) => void clock.after(milliseconds, resolve))
    const ends: number[] = []
    const work = (async () => {
      for (let step = 0; step < 3; step++) {
        await after(100)
        for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
        ends.push(clock.now())
      }
    })()
    await clock.advance(300)
    await work
    expect(ends).toEqual([100, 200, 300])
  })

  test('does not call a cancelled callback', async () => {
    const clock = testClock(0)
    const cancel = clock.after(10, () => expect.unreachable('it was cancelled'))
    cancel()
    await clock.advance(20)
    expect(clock.pending).toBe(0)
  })

  test('adds up two moves that begin together', async () => {
    const clock = testClock(0)
    await Promise.all([clock.advance(1_000), clock.advance(500)])
    expect(clock.now()).toBe(1_500)
  })

  test('throws the error of a callback, and can be advanced again', async () => {
    const clock = testClock(0)
    clock.after(10, () => {
      throw new Error('planted')
    })
    await expect(clock.advance(20)).rejects.toThrow('planted')
    await clock.advance(20)
    expect(clock.now()).toBe(30)
  })

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, '5' as unknown as number])(
    'cannot be advanced by %s milliseconds',
    async (milliseconds) => {
      await expect(testClock(0).advance(milliseconds)).rejects.toThrow('milliseconds must be a number from 0 upwards')
    },
  )

  test.each(['yesterday', Number.NaN])('cannot start at %s', (instant) => {
    expect(() => testClock(instant)).toThrow('start must be')
  })
})

describe('an automatic test clock', () => {
  test('advances to the next wait, and stops if nothing waits', async () => {
    const clock = testClock(0, { automatic: true })
    const after = (milliseconds: number) => new Promise<void>((resolve) => void clock.after(milliseconds, resolve))
    const cancel = clock.after(86_400_000, () => expect.unreachable('the work is done before'))
    await after(3_600_000)
    await after(60_000)
    cancel()
    expect(clock.now()).toBe(3_660_000)
    expect(clock.pending).toBe(0)
  })

  test('does not advance while a digest is made in another thread', async () => {
    const clock = testClock(0, { automatic: true })
    const cancel = clock.after(60_000, () => expect.unreachable('the digest takes no simulated time'))
    await crypto.subtle.digest('SHA-256', new Uint8Array(100_000_000))
    cancel()
    expect(clock.now()).toBe(0)
  })
})

describe('a test clock that the sandbox shares', async () => {
  const clock = testClock(start)
  const desk = await sandbox.start({ clock, thinkingTime: 45_000 })
  const { agentConversation, liveChatAI } = desk
  afterAll(() => desk.stop())
  beforeEach(() => {
    agentConversation.reset()
    liveChatAI.reset()
  })
  const key = liveChatAI.credentials['apiKey'] ?? ''
  const agents = () =>
    fetch(`${liveChatAI.url}/api/v2/agents`, { headers: { authorization: `Bearer ${key}` } }).then(
      ({ status }) => status,
    )
  const ask = () =>
    fetch(`${liveChatAI.url}/api/v2/conversations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ agentId: liveChatAI.credentials['agentId'], question: 'When do you open?' }),
    }).then((response) => response.json() as Promise<{ data?: unknown }>)
  const isOver = async (work: Promise<unknown>) => {
    await clock.advance(0)
    return Promise.race([work.then(() => true), Promise.resolve().then(() => Promise.resolve(false))])
  }

  test('starts at the time of the world', () => {
    expect(new Date(desk.world.now).toISOString()).toBe(start)
  })

  test('does not advance while a request is on its way', async () => {
    const before = clock.now()
    const seen: number[] = []
    const work = agents().then(() => seen.push(clock.now()))
    await clock.advance(60_000)
    await work
    expect(seen).toEqual([before])
  })

  test('controls an emulated agent’s thinking time', async () => {
    const answer = ask()
    await clock.advance(44_999)
    expect(await isOver(answer)).toBe(false)
    await clock.advance(1)
    expect((await answer).data).toBeDefined()
  })

  test('controls the delay of a slow answer', async () => {
    liveChatAI.faults.next({ kind: 'delay', milliseconds: 20_000 })
    const answer = agents()
    await clock.advance(19_999)
    expect(await isOver(answer)).toBe(false)
    await clock.advance(1)
    expect(await answer).toBe(200)
  })

  test('advances while a request hangs', async () => {
    liveChatAI.faults.next({ kind: 'hang' })
    const gone = new AbortController()
    clock.after(30_000, () => gone.abort())
    const answer = fetch(liveChatAI.url, { signal: gone.signal }).catch((error: Error) => error.name)
    await clock.advance(30_000)
    expect(await answer).toBe('AbortError')
    // Once the client has left, nothing is held: the next request counts again.
    const seen: number[] = []
    const before = clock.now()
    void agents().then(() => seen.push(clock.now()))
    await clock.advance(1_000)
    expect(seen).toEqual([before])
  })

  test('advances while a stream hangs', async () => {
    Object.assign(liveChatAI.settings, { streaming: 'text', streamHangs: true })
    const body = { agentId: liveChatAI.credentials['agentId'], question: 'When do you open?', streaming: true }
    const gone = new AbortController()
    const answer = fetch(`${liveChatAI.url}/api/v2/conversations`, {
      method: 'POST',
      signal: gone.signal,
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    }).then((response) => response.text())
    const ended = answer.catch((error: Error) => error.name)
    await clock.advance(45_000)
    clock.after(30_000, () => gone.abort())
    await clock.advance(30_000)
    expect(await ended).toBe('AbortError')
    Object.assign(liveChatAI.settings, { streaming: 'json', streamHangs: false })
  })
})
