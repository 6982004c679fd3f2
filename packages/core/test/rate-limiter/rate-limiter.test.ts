import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRateLimiter, rateLimiterFor, type Slot } from '../../src/index.ts'
import { acme } from '../helpers/acme.ts'
import { enter, take } from '../helpers/rate-limiter.ts'
import { createTestClock } from '../helpers/test-clock.ts'

const nobody = { send: 0, live: 0, 'catch-up': 0, backfill: 0, sweep: 0 }
const ten = { requests: 100, perMs: 10_000 }

describe('a rate limiter', () => {
  test('never admits more than its number in any window, at whatever time each request arrives', () => {
    const scenario = fc.record({
      requests: fc.integer({ min: 1, max: 5 }),
      perMs: fc.integer({ min: 20, max: 100 }),
      // How much later each asks, and after how long it is answered; enough to make it forget.
      steps: fc.array(
        fc.record({ later: fc.nat(40), answered: fc.nat(5), arrives: fc.double({ min: 0, max: 1, noNaN: true }) }),
        {
          minLength: 1,
          maxLength: 300,
        },
      ),
    })
    fc.assert(
      fc.property(scenario, ({ requests, perMs, steps }) => {
        let now = 0
        const rateLimiter = createRateLimiter({ now: () => now, after: () => () => {} }, { requests, perMs })
        const arrived: number[] = []
        const answers: { at: number; place: Slot }[] = []
        for (const { later, answered, arrives } of steps) {
          now += later
          for (const answer of answers.splice(0)) {
            if (answer.at > now) answers.push(answer)
            else rateLimiter.answered(answer.place)
          }
          const entry = enter({ now: () => now, after: () => () => {} }, rateLimiter, { within: 0 })
          if (entry instanceof Promise) throw new Error('it waits')
          expect(rateLimiter.state().used).toBeLessThanOrEqual(requests)
          if ('refused' in entry) continue
          // Not longer on its way than the margin for it.
          const onTheWay = Math.min(answered, Math.ceil(perMs / 20))
          arrived.push(now + arrives * onTheWay)
          answers.push({ at: now + onTheWay, place: entry })
        }
        for (const start of arrived) {
          const inWindow = arrived.filter((at) => at >= start && at < start + perMs).length
          expect(inWindow).toBeLessThanOrEqual(requests)
        }
      }),
    )
  })

  test('returns the time to wait, and keeps to it', async () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, { requests: 2, perMs: 100 })
    expect(take(clock, rateLimiter)).toBe(0)
    await clock.advance(40)
    expect([take(clock, rateLimiter), take(clock, rateLimiter)]).toEqual([0, 65])
    await clock.advance(65)
    expect([take(clock, rateLimiter), take(clock, rateLimiter)]).toEqual([0, 40])
  })

  test('counts a request from its answer on if the answer comes soon', async () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, { requests: 1, perMs: 1000 })
    const place = enter(clock, rateLimiter) as Slot
    await clock.advance(10)
    rateLimiter.answered(place)
    expect(take(clock, rateLimiter)).toBe(1000)
    await clock.advance(1000)
    const slow = enter(clock, rateLimiter) as Slot
    await clock.advance(1045)
    expect(take(clock, rateLimiter)).toBe(5)
    rateLimiter.answered(slow)
    expect(take(clock, rateLimiter)).toBe(5)
  })

  test('stays right after thousands of requests', () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, { requests: 3, perMs: 100 })
    for (let turn = 0; turn < 3000; turn++) {
      expect(Array.from({ length: 4 }, () => take(clock, rateLimiter))).toEqual([0, 0, 0, 105])
      clock.jump(105)
    }
    expect(rateLimiter.state().used).toBe(0)
  })

  test('admits every request without a limit', () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, null)
    for (let turn = 0; turn < 1000; turn++) expect(take(clock, rateLimiter)).toBe(0)
    expect(rateLimiter.state()).toEqual({
      used: 0,
      allowed: null,
      windowMs: null,
      source: null,
      daily: null,
      blockedUntil: null,
      waiting: nobody,
      sharing: null,
    })
  })

  test.each([900_001, 86_400_000, Number.MAX_SAFE_INTEGER, Infinity])(
    'is blocked for at most 15 minutes, although a vendor asks for %d ms',
    async (asked) => {
      const clock = createTestClock()
      const rateLimiter = createRateLimiter(clock, null)
      rateLimiter.block(asked)
      expect(rateLimiter.state().blockedUntil).toBe(clock.now() + 900_000)
      await clock.advance(900_000)
      expect(take(clock, rateLimiter)).toBe(0)
    },
  )

  test.each([Number.NaN, -1, 0])('is not blocked by a wait of %d', (asked) => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, null)
    rateLimiter.block(asked)
    expect(rateLimiter.state().blockedUntil).toBeNull()
  })

  test('is blocked after a refusal, and a shorter block does not shorten a longer one', async () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, null)
    rateLimiter.block(1000)
    rateLimiter.block(10)
    expect(take(clock, rateLimiter)).toBe(1000)
    expect(rateLimiter.state().blockedUntil).toBe(clock.now() + 1000)
    await clock.advance(1000)
    expect(take(clock, rateLimiter)).toBe(0)
    expect(rateLimiter.state().blockedUntil).toBeNull()
  })

  test('tells a clock that was set back from time that has to pass', async () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, { requests: 1, perMs: 1000 })
    rateLimiter.answered(enter(clock, rateLimiter) as Slot)
    rateLimiter.observe({ dailyRemaining: 5, dailyResetMs: 10_000 })
    rateLimiter.block(500)
    clock.jump(-3_600_000)
    expect(take(clock, rateLimiter)).toBe(1000)
    expect(rateLimiter.state()).toMatchObject({
      blockedUntil: clock.now() + 500,
      daily: { at: clock.now(), resetsAt: clock.now() + 10_000 },
    })
    clock.jump(1000)
    expect(take(clock, rateLimiter)).toBe(0)
  })
})

describe('the vendor’s headers of a rate limit', () => {
  test('are returned as numbers', () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, null)
    rateLimiter.observe({ max: 2, windowMs: 10_000, remaining: 1 })
    // The one that was answered counts too.
    expect(rateLimiter.state()).toMatchObject({ allowed: 2, windowMs: 10_000, source: 'vendor', used: 1 })
    expect([take(clock, rateLimiter), take(clock, rateLimiter)]).toEqual([0, 10_000])
  })

  test('lower a limit at once, and raise it for requests that wait', async () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, ten)
    expect(rateLimiter.state().source).toBe('documented')
    for (let turn = 0; turn < 4; turn++) enter(clock, rateLimiter)
    rateLimiter.observe({ max: 3 })
    expect(rateLimiter.state()).toMatchObject({ used: 4, allowed: 3, source: 'vendor' })
    const waits = enter(clock, rateLimiter)
    rateLimiter.observe({ max: 5 })
    expect(await waits).toHaveProperty('until')
    expect(rateLimiter.state()).toMatchObject({ used: 5, allowed: 5 })
  })

  test.each([Number.NaN, -1, 0, 0.5, 2.5, Infinity])('are ignored with the value %d', (number) => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, { requests: 5, perMs: 100 })
    rateLimiter.observe({
      max: number,
      windowMs: number,
      remaining: number,
      dailyRemaining: Number.NaN,
      dailyMax: number,
      dailyResetMs: number,
    })
    for (let turn = 0; turn < 10; turn++) expect(take(clock, rateLimiter)).toBeGreaterThanOrEqual(0)
    expect(rateLimiter.state().windowMs).toBeGreaterThan(0)
    expect(rateLimiter.state().used).toBeLessThanOrEqual(5)
  })

  test('reserve room for other programs with the same credential', async () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, ten)
    for (let turn = 0; turn < 10; turn++) rateLimiter.answered(enter(clock, rateLimiter) as Slot)
    rateLimiter.observe({ remaining: 60 })
    expect(rateLimiter.state().used).toBe(40)
    // Known already: the same news takes no more slots.
    rateLimiter.observe({ remaining: 60 })
    expect(rateLimiter.state().used).toBe(40)
    await clock.advance(10_000)
    expect(rateLimiter.state().used).toBe(0)
  })

  test('use no memory if they make no sense', () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, null)
    rateLimiter.observe({ max: 1e15, windowMs: 10_000, remaining: 0 })
    expect(rateLimiter.state().used).toBe(10_000)
  })

  test('change nothing if they only count our own requests', () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, ten)
    for (let turn = 0; turn < 10; turn++) enter(clock, rateLimiter)
    rateLimiter.observe({ remaining: 92 })
    expect(rateLimiter.state().used).toBe(10)
  })

  test('make it wait for the end of the window if another program used it up', () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, ten)
    rateLimiter.answered(enter(clock, rateLimiter) as Slot)
    rateLimiter.observe({ remaining: 0 })
    expect(take(clock, rateLimiter)).toBe(10_000)
  })

  test('do not make it wait longer if it used up the window itself', async () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, { requests: 2, perMs: 10_000 })
    for (let turn = 0; turn < 2; turn++) rateLimiter.answered(enter(clock, rateLimiter) as Slot)
    await clock.advance(4000)
    rateLimiter.observe({ remaining: 0 })
    expect(take(clock, rateLimiter)).toBe(6000)
  })
})

describe('rate limiters of one process', () => {
  test('are one for each scope and each clock', () => {
    const clock = createTestClock()
    const limit = { requests: 1, perMs: 100 }
    expect(rateLimiterFor(clock, 'a', limit)).toBe(rateLimiterFor(clock, 'a', limit))
    expect(rateLimiterFor(clock, 'a', limit)).not.toBe(rateLimiterFor(clock, 'b', limit))
    expect(rateLimiterFor(clock, 'a', limit)).not.toBe(rateLimiterFor(createTestClock(), 'a', limit))
  })

  const rate = ten
  const used = (transport: ReturnType<typeof acme>) => transport.settings.rateLimiter

  test('count the requests of two adapters of one scope together', () => {
    const clock = createTestClock()
    const protocol = { scope: 'location 1', rate }
    const one = acme('http://acme.test', { clock, protocol })
    expect(used(one)).toBe(used(acme('http://acme.test', { clock, protocol })))
  })

  test('keep a share of the limit, whatever the vendor’s whole limit is', () => {
    const clock = createTestClock()
    const rateLimiter = used(
      acme('http://acme.test', { clock, protocol: { rate }, rate: { requests: 2, perMs: 10_000 } }),
    )
    rateLimiter.observe({ max: 100, windowMs: 1000, remaining: 50 })
    expect(rateLimiter.state()).toMatchObject({ allowed: 2, windowMs: 10_000, source: 'option', used: 0 })
    rateLimiter.observe({ remaining: 0 })
    expect(rateLimiter.state().used).toBe(2)
  })

  test('can be switched off with `false`, so that only the vendor’s refusals count', () => {
    const clock = createTestClock()
    const rateLimiter = used(acme('http://acme.test', { clock, protocol: { rate }, rate: false }))
    rateLimiter.observe({ max: 1, windowMs: 1000, remaining: 0 })
    for (let turn = 0; turn < 200; turn++) expect(take(clock, rateLimiter)).toBe(0)
    rateLimiter.block(500)
    expect(take(clock, rateLimiter)).toBe(500)
  })
})
