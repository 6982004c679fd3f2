import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { createRateLimiter, type Priority, paged, priorities, type Slot } from '../../src/index.ts'
import { acme, failure } from '../helpers/acme.ts'
import { enter, isRefusal } from '../helpers/rate-limiter.ts'
import { json, serve } from '../helpers/serve.ts'
import { createTestClock, idle } from '../helpers/test-clock.ts'

/** A rate limiter of one request a second, taken, and who goes when. */
function taken(requests = 1) {
  const clock = createTestClock()
  const rateLimiter = createRateLimiter(clock, { requests, perMs: 1000 })
  for (let turn = 0; turn < requests; turn++) rateLimiter.answered(enter(clock, rateLimiter) as Slot)
  const went: string[] = []
  const join = (name: string, wish: Parameters<typeof enter>[2]) => {
    const entry = Promise.resolve(enter(clock, rateLimiter, wish)).then((outcome) => {
      went.push(name)
      if (!isRefusal(outcome)) rateLimiter.answered(outcome)
      return outcome
    })
    return entry
  }
  return { clock, rateLimiter, went, join }
}

describe('requests that wait', () => {
  test('are admitted by priority, and in their order within one', async () => {
    const { clock, rateLimiter, went, join } = taken()
    const order: Priority[] = ['sweep', 'live', 'backfill', 'send', 'catch-up', 'live', 'send']
    for (const [index, priority] of order.entries()) join(`${priority} ${index}`, { priority })
    expect(rateLimiter.state().waiting).toEqual({ send: 2, live: 2, 'catch-up': 1, backfill: 1, sweep: 1 })
    await clock.advance(7000)
    expect(went).toEqual(['send 3', 'send 6', 'live 1', 'live 5', 'catch-up 4', 'backfill 2', 'sweep 0'])
    expect(rateLimiter.state().waiting).toEqual({ send: 0, live: 0, 'catch-up': 0, backfill: 0, sweep: 0 })
    expect(clock.pending()).toBe(0)
  })

  test('are overtaken by a later one with a higher priority', async () => {
    const { clock, went, join } = taken()
    join('backfill', { priority: 'backfill' })
    await clock.advance(999)
    join('send', { priority: 'send' })
    await clock.advance(1)
    expect(went).toEqual(['send'])
    await clock.advance(1000)
    expect(went).toEqual(['send', 'backfill'])
  })

  test('are rejected when others overtook them until their deadline could not be met', async () => {
    const { clock, join } = taken()
    const low = join('low', { priority: 'sweep', within: 3500 })
    for (let turn = 0; turn < 6; turn++) join(`live ${turn}`, { priority: 'live' })
    await clock.advance(3500)
    expect(await low).toMatchObject({ refused: 'deadline', overtaken: 3 })
  })

  test('are rejected at once if their turn would come too late', async () => {
    const { clock, rateLimiter, join } = taken()
    for (let turn = 0; turn < 5; turn++) join(`live ${turn}`, {})
    expect(enter(clock, rateLimiter, { within: 5000, priority: 'backfill' })).toMatchObject({
      refused: 'deadline',
      waitMs: 6000,
    })
    expect(enter(clock, rateLimiter, { within: 5000, priority: 'send' })).toBeInstanceOf(Promise)
  })

  test('leave the queue when the caller aborts', async () => {
    const { clock, rateLimiter, went, join } = taken()
    const controller = new AbortController()
    const reason = new Error('the user left')
    const given = expect(join('left', { signal: controller.signal })).rejects.toBe(reason)
    join('stays', {})
    controller.abort(reason)
    await given
    expect(rateLimiter.state().waiting.live).toBe(1)
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
    await clock.advance(1000)
    expect(went).toEqual(['stays'])
    await expect(enter(clock, rateLimiter, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(clock.pending()).toBe(0)
  })

  test('ignore the signal once they are admitted', async () => {
    const { clock, join } = taken()
    const { signal } = new AbortController()
    const went = join('goes', { signal })
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    await clock.advance(1000)
    await went
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('leave no listener behind when all of them are aborted', async () => {
    const { clock, rateLimiter, join } = taken()
    const controller = new AbortController()
    const given = Promise.allSettled(
      Array.from({ length: 200 }, (_, index) => join(`${index}`, { signal: controller.signal, within: 3_600_000 })),
    )
    controller.abort()
    expect((await given).every(({ status }) => status === 'rejected')).toBe(true)
    expect(clock.pending()).toBe(0)
    expect(rateLimiter.state().waiting.live).toBe(0)
  })

  test('do not wait for a vendor that asks for more time than they have', async () => {
    const { clock, rateLimiter, join } = taken()
    const short = join('short', { within: 5000 })
    const long = join('long', { within: 20_000 })
    rateLimiter.block(10_000)
    expect(await short).toEqual({ refused: 'blocked', waitMs: 10_000, overtaken: 0 })
    await clock.advance(10_000)
    expect(await long).toHaveProperty('until')
  })

  test('are admitted together as soon as there is room', async () => {
    const { clock, went, join } = taken(50)
    for (let turn = 0; turn < 60; turn++) join(`${turn}`, {})
    await clock.advance(1000)
    expect(went).toHaveLength(50)
  })

  test('can be ten thousand, at a cost for each that does not grow with their number', async () => {
    const clock = createTestClock()
    let looks = 0
    const now = () => {
      looks++
      return clock.now()
    }
    const counting = { ...clock, now }
    const rateLimiter = createRateLimiter(counting, { requests: 10_000, perMs: 1000 })
    const all = (within: number) =>
      Array.from({ length: 10_000 }, (_, index) =>
        enter(clock, rateLimiter, { within, priority: priorities[index % 5] as Priority }),
      )
    for (const place of all(1000)) rateLimiter.answered(place as Slot)
    const waiting = all(60_000)
    // One timer for each deadline, and one for the next place.
    expect(clock.pending()).toBe(10_001)
    looks = 0
    clock.jump(1000)
    rateLimiter.observe({ max: 10_000 })
    expect((await Promise.all(waiting)).filter(isRefusal)).toEqual([])
    expect(looks).toBeLessThan(30_000)
    expect(clock.pending()).toBe(0)
  })
})

describe('the priority of an operation', () => {
  const begin = acme('http://acme.test').begin
  test('is `send` for an operation that sends a message, and `live` otherwise', () => {
    for (const name of ['messages.ask', 'messages.stream', 'messages.reply', 'messages.note', 'conversations.start'])
      expect(begin(name).priority).toBe('send')
    for (const name of ['messages.list', 'messages.export', 'agents.update', 'native GET /things'])
      expect(begin(name).priority).toBe('live')
  })

  test('comes from the call or else from the adapter, which does not delay sends', () => {
    const { begin } = acme('http://acme.test', { priority: 'backfill' })
    expect(begin('messages.list').priority).toBe('backfill')
    expect(begin('messages.list', { priority: 'live' }).priority).toBe('live')
    expect(begin('messages.reply').priority).toBe('send')
    expect(begin('messages.reply', { priority: 'sweep' }).priority).toBe('sweep')
  })

  test.each(['urgent', '', 3, {}, 'toString'])('cannot be %j', (priority) => {
    expect(() => begin('messages.list', { priority: priority as Priority })).toThrow(
      'priority must be one of send, live, catch-up, backfill, sweep',
    )
  })

  test('applies to every page of a list', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const clock = createTestClock()
    const { begin, settings } = acme(server.url, { clock, protocol: { rate: { requests: 1, perMs: 1000 } } })
    const options = { priority: 'backfill' as const }
    const list = paged(
      async (cursor) => {
        await begin('things.list', options).request({ path: '/things' })
        return { items: [1], next: cursor === undefined ? '2' : null, warnings: [] }
      },
      undefined,
      { vendor: 'acme', account: 'main', operation: 'things.list' },
    )
    const reading = (async () => {
      for await (const _ of list);
    })()
    await server.arrived(1)
    await expect.poll(() => settings.rateLimiter.state().waiting.backfill).toBe(1)
    await clock.advance(1050)
    await reading
    expect(server.received).toHaveLength(2)
  })

  test('lets a send overtake a waiting backfill on the wire', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const clock = createTestClock()
    const { begin, traces } = acme(server.url, { clock, protocol: { rate: { requests: 1, perMs: 1000 } } })
    await begin('things.list').request({ path: '/first' })
    const waiting = [
      begin('messages.export', { priority: 'backfill' }).request({ path: '/backfill' }),
      begin('messages.list').request({ path: '/live' }),
      begin('messages.reply').request({ method: 'POST', path: '/send' }),
    ]
    for (let turn = 1; turn <= 3; turn++) {
      await clock.advance(1050)
      await server.arrived(turn + 1)
      await idle()
    }
    await Promise.all(waiting)
    expect(traces.map(({ path }) => path)).toEqual(['/first', '/send', '/live', '/backfill'])
  })

  test('is named by the error of a request that had to wait too long', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const clock = createTestClock()
    const { begin } = acme(server.url, { clock, protocol: { rate: { requests: 1, perMs: 1000 } } })
    await begin('things.list').request({ path: '/first' })
    const late = failure(begin('things.list', { priority: 'sweep', timeout: 1500 }).request({ path: '/low' }))
    const live = begin('things.list').request({ path: '/live' })
    await clock.advance(1500)
    await live
    const error = await late
    expect(error).toMatchObject({ code: 'rate-limit' })
    expect(error.message).toContain('1 more urgent requests went first')
  })
})
