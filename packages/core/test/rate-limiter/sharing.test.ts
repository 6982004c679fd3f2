import { describe, expect, test, vi } from 'vitest'
import type { ReservedSlots, SharedLimiter, WantedSlots } from '../../src/index.ts'
import { acme, expectClean, failure } from '../helpers/acme.ts'
import { json, serve } from '../helpers/serve.ts'
import { createTestClock, idle } from '../helpers/test-clock.ts'

const rate = { requests: 2, perMs: 10_000 }
const read = { path: '/things' }

/** A limiter that answers what the test says, and remembers what it was asked. */
function limiterOf(answer: (wanted: WantedSlots, count: number) => ReservedSlots | Promise<ReservedSlots>) {
  const asked: WantedSlots[] = []
  const reserve: SharedLimiter['reserve'] = async (wanted) => {
    asked.push(wanted)
    return answer(wanted, asked.length)
  }
  return { asked, reserve }
}

const all = ({ slots }: WantedSlots) => ({ granted: slots, waitMs: 0 })
const fine = () => serve((response) => json(response, 200, {}))

describe('an adapter with a shared limiter', () => {
  test('sends nothing without a slot, which outlasts the vendor’s window', async () => {
    const server = await fine()
    const limiter = limiterOf(all)
    const { begin, settings } = acme(server.url, { limiter, protocol: { rate, scope: 'location 1' } })
    await begin('things.list').request(read)
    expect(limiter.asked).toEqual([{ scope: 'location 1', slots: 1, requests: 2, holdMs: 10_500 }])
    expect(settings.rateLimiter.state()).toMatchObject({ used: 1, allowed: 2, sharing: 'up' })
  })

  test('asks again when the limiter says so, for the requests that are next by then', async () => {
    const server = await fine()
    const clock = createTestClock()
    const limiter = limiterOf((wanted, count) => (count < 3 ? { granted: 0, waitMs: 700 } : all(wanted)))
    const { begin, traces } = acme(server.url, { clock, limiter, protocol: { rate } })
    const low = begin('things.list', { priority: 'sweep' }).request({ path: '/low' })
    await clock.advance(699)
    const high = begin('messages.reply').request({ method: 'POST', path: '/high' })
    await clock.advance(1)
    expect(limiter.asked).toHaveLength(2)
    await clock.advance(700)
    await Promise.all([low, high])
    expect(limiter.asked.map(({ slots }) => slots)).toEqual([1, 2, 2])
    expect(traces.map(({ path }) => path)).toContain('/high')
  })

  test('gives the only slot to the most urgent request', async () => {
    const server = await fine()
    const clock = createTestClock()
    const limiter = limiterOf((_, count) => (count === 1 ? { granted: 0, waitMs: 500 } : { granted: 1, waitMs: 500 }))
    const { begin, traces } = acme(server.url, { clock, limiter, protocol: { rate } })
    const low = begin('things.list', { priority: 'backfill' }).request({ path: '/low' })
    const high = begin('messages.reply').request({ method: 'POST', path: '/high' })
    await clock.advance(500)
    await high
    expect(traces.map(({ path }) => path)).toEqual(['/high'])
    await clock.advance(500)
    await low
  })

  test('does not take requests of other processes for another program’s', async () => {
    const server = await serve((response) => json(response, 200, {}, { 'x-left': '0' }))
    const { begin, settings } = acme(server.url, {
      limiter: limiterOf(all),
      protocol: { rate, readLimits: (headers) => ({ remaining: Number(headers.get('x-left')) }) },
    })
    await begin('things.list').request(read)
    expect(settings.rateLimiter.state().used).toBe(1)
  })

  test('does not ask the limiter if there is no limit', async () => {
    const server = await fine()
    const limiter = limiterOf(all)
    await acme(server.url, { limiter }).begin('things.list').request(read)
    await acme(server.url, { limiter, rate: false, protocol: { rate } }).begin('things.list').request(read)
    expect(limiter.asked).toEqual([])
  })

  test('shares a part of the limit with adapters of the same part, under a name without secrets', async () => {
    const server = await fine()
    const limiter = limiterOf(all)
    const options = { limiter, rate: { requests: 5, perMs: 1000 }, protocol: { scope: undefined as never } }
    const two = [acme(server.url, options), acme(server.url, options)]
    for (const { begin } of two) await begin('things.list').request(read)
    expect(new Set(limiter.asked.map(({ scope }) => scope))).toEqual(new Set([`acme ${server.url} main 5/1000`]))
    expectClean(limiter.asked)
  })

  test.each([
    { granted: 99, waitMs: 0 },
    { granted: 1.9, waitMs: Number.NaN },
  ])('never sends more than the granted slots: %j', async (answer) => {
    const server = await fine()
    const clock = createTestClock()
    const limiter = limiterOf(() => answer)
    const { begin, settings } = acme(server.url, { clock, limiter, protocol: { rate } })
    await Promise.all([begin('things.list').request(read), begin('things.list').request(read)])
    expect(settings.rateLimiter.state().used).toBe(2)
    expect(server.received).toHaveLength(2)
  })

  test.each([{ reserve: 5 }, {}, { consume: () => {} }, { reserve: () => {}, ifDown: 'wait' }])(
    'is refused if the limiter is none: %j',
    (limiter) => {
      expect(() => acme('http://acme.test', { limiter: limiter as unknown as SharedLimiter })).toThrow(
        'option "limiter" is invalid',
      )
    },
  )
})

describe('a shared limiter that cannot be reached', () => {
  const fails = () =>
    Promise.reject(Object.assign(new Error('planted: postgres://user:planted@host'), { code: 'ECONNREFUSED' }))

  test('is not asked for a while, produces one warning, and leaves each process its own limit', async () => {
    const server = await fine()
    const clock = createTestClock()
    const onWarning = vi.fn()
    const limiter = limiterOf((wanted, count) => (count < 3 ? fails() : all(wanted)))
    const { begin, settings } = acme(server.url, { clock, limiter, onWarning, protocol: { rate } })
    const call = begin('things.list')
    await call.request(read)
    expect(call.reading.warnings).toMatchObject([{ code: 'degraded', operation: 'things.list' }])
    await begin('things.list').request(read)
    expect(limiter.asked).toHaveLength(1)
    expect(onWarning).toHaveBeenCalledTimes(1)
    expect(onWarning.mock.calls[0]?.[0].message).toBe(
      'The shared rate limiter cannot be reached (ECONNREFUSED); until it can, this process applies the limit on its own.',
    )
    expectClean(onWarning.mock.calls)
    expect(settings.rateLimiter.state()).toMatchObject({ sharing: 'down', used: 2 })
    const third = begin('things.list').request(read)
    await idle()
    expect(server.received).toHaveLength(2)
    // Its own limit holds: the third goes one window later, and asks the limiter again by then.
    await clock.advance(10_500)
    await third
    expect(limiter.asked).toHaveLength(2)
    await clock.advance(10_500)
    await begin('things.list').request(read)
    expect(settings.rateLimiter.state().sharing).toBe('up')
    expect(onWarning).toHaveBeenCalledTimes(1)
  })

  test('never blocks: its answer is waited for two seconds', async () => {
    const server = await fine()
    const clock = createTestClock()
    const limiter = limiterOf(() => new Promise<never>(() => {}))
    const { begin, settings } = acme(server.url, { clock, limiter, protocol: { rate } })
    const done = begin('things.list').request(read)
    await clock.advance(1999)
    expect(server.received).toHaveLength(0)
    await clock.advance(1)
    await done
    expect(settings.rateLimiter.state().sharing).toBe('down')
  })

  test('delays no request beyond its deadline or its signal', async () => {
    const clock = createTestClock()
    const limiter = limiterOf(() => new Promise<never>(() => {}))
    const { begin } = acme('http://acme.test', { clock, limiter, protocol: { rate } })
    const late = failure(begin('things.list', { timeout: 500 }).request(read))
    const controller = new AbortController()
    const left = begin('things.list', { signal: controller.signal }).request(read)
    await idle()
    controller.abort('left')
    await expect(left).rejects.toBe('left')
    await clock.advance(500)
    expect(await late).toMatchObject({ code: 'rate-limit' })
  })

  test('stops every request with ifDown "fail"', async () => {
    const server = await fine()
    const clock = createTestClock()
    const limiter = { ...limiterOf((wanted, count) => (count === 1 ? fails() : all(wanted))), ifDown: 'fail' as const }
    const { begin } = acme(server.url, { clock, limiter, protocol: { rate } })
    const write = { method: 'POST', path: '/things' } as const
    for (const promise of [begin('things.create').request(write), begin('things.create').request(write)]) {
      const error = await failure(promise)
      expect(error).toMatchObject({ code: 'rate-limit', retryAfterMs: 5000, outcome: 'not-done' })
      expect(error.message).toContain('shared rate limiter cannot be reached')
    }
    expect(server.received).toHaveLength(0)
    clock.jump(5000)
    await begin('things.create').request(write)
    expect(server.received).toHaveLength(1)
  })
})
