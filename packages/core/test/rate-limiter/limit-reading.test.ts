import { describe, expect, test } from 'vitest'
import { createRateLimiter, type LimitReading, readHeaderNumber } from '../../src/index.ts'
import { acme, failure } from '../helpers/acme.ts'
import { take } from '../helpers/rate-limiter.ts'
import { json, serve } from '../helpers/serve.ts'
import { createTestClock } from '../helpers/test-clock.ts'

const ten = { requests: 100, perMs: 10_000 }
const bound = 900_000
const hour = 3_600_000

/** What a rate limiter makes of a reading, and of what it warned. */
function observed(reading: LimitReading) {
  const clock = createTestClock()
  const rateLimiter = createRateLimiter(clock, ten)
  const warnings: string[] = []
  rateLimiter.observe(reading, (message) => warnings.push(message))
  return { clock, rateLimiter, warnings }
}

describe('the headers with a rate limit', () => {
  test.each([1e6, bound, hour, 86_400_000, 1e12, Number.MAX_VALUE, Infinity, Number.NaN, -1, 0])(
    'block nothing for longer than 15 minutes: a window of %d ms with nothing left is ignored, with a warning',
    (windowMs) => {
      const { clock, rateLimiter, warnings } = observed({ windowMs, max: 1, remaining: 0 })
      const wait = take(clock, rateLimiter)
      expect(wait).toBeGreaterThan(0)
      expect(wait).toBeLessThanOrEqual(10_500)
      expect(rateLimiter.state().windowMs).toBe(10_000)
      expect(warnings).toEqual([
        "The vendor's rate limit headers have an impossible value (windowMs), which is ignored.",
      ])
    },
  )

  test('can have a window of some minutes', () => {
    const { clock, rateLimiter, warnings } = observed({ windowMs: 600_000, max: 1, remaining: 0 })
    expect(take(clock, rateLimiter)).toBe(600_000)
    expect(warnings).toEqual([])
  })

  const start = createTestClock().now()
  test.each([
    ['milliseconds', hour],
    ['a Unix time in milliseconds', start + hour],
    ['a Unix time in seconds', (start + hour) / 1000],
  ])('can give the end of the day as %s', (_, dailyResetMs) => {
    const { clock, rateLimiter, warnings } = observed({ dailyRemaining: 0, dailyResetMs })
    expect(rateLimiter.state().daily?.resetsAt).toBe(clock.now() + hour)
    expect(warnings).toEqual([])
  })

  test.each([1e8, 1e9, start + 26 * hour, start * 1000, Infinity, Number.NaN, -1, start - 1])(
    'with a senseless end of the day are ignored with a warning (%d), so that one request a minute is sent',
    (dailyResetMs) => {
      const { clock, rateLimiter, warnings } = observed({ dailyRemaining: 0, dailyResetMs })
      expect(rateLimiter.state().daily).not.toHaveProperty('resetsAt')
      expect(take(clock, rateLimiter)).toBe(60_000)
      expect(warnings).toEqual([
        "The vendor's rate limit headers have an impossible value (dailyResetMs), which is ignored.",
      ])
    },
  )

  test.each(['remaining', 'max', 'dailyRemaining', 'dailyMax'] as const)('are ignored if %s is no number', (name) => {
    const { rateLimiter, warnings } = observed({ [name]: Number.NaN })
    expect(rateLimiter.state()).toMatchObject({ used: 0, allowed: 100, daily: null })
    expect(warnings).toHaveLength(1)
  })
})

describe('a number in a header', () => {
  test.each([
    ['10000', 10_000],
    [' 10000 ', 10_000],
    ['1.5', 1.5],
    ['0', 0],
    ['120, 120', 120],
    ['120,120 , 120', 120],
  ])('is read from %j as %d', (value, number) => {
    expect(readHeaderNumber(new Headers({ x: value }), 'x')).toBe(number)
  })

  test.each(['', '-1', '120, 60', '120, 1200', 'Infinity', 'NaN', '1e3', '0x10', 'ten', '9'.repeat(31)])(
    'is not read from %j',
    (value) => {
      expect(readHeaderNumber(new Headers({ x: value }), 'x')).toBeNaN()
    },
  )

  test('that is missing is undefined', () => {
    expect(readHeaderNumber(new Headers(), 'x')).toBeUndefined()
  })
})

describe('an answer that asks for a long silence', () => {
  const read = { path: '/things' }

  test('keeps the others waiting for 15 minutes at most, and its error says what it asked for', async () => {
    const server = await serve((response, _, count) =>
      json(response, count === 1 ? 429 : 200, {}, { 'retry-after': '86400' }),
    )
    const { begin, clock } = acme(server.url)
    expect(await failure(begin('things.list').request(read))).toMatchObject({ retryAfterMs: 24 * hour })
    expect(await failure(begin('things.list').request(read))).toMatchObject({ retryAfterMs: bound })
    clock.jump(bound)
    await begin('things.list').request(read)
    expect(server.received).toHaveLength(2)
  })

  test('is ignored when it makes no sense, with a warning in the result', async () => {
    const server = await serve((response, _, count) =>
      json(response, count === 1 ? 429 : 200, {}, { 'retry-after': '-120' }),
    )
    const { begin, clock } = acme(server.url, { protocol: { rateLimitDelay: () => 10_000 } })
    const call = begin('things.list')
    await call.request(read)
    expect(clock.fired).toEqual([10_000])
    expect(call.reading.warnings).toMatchObject([{ code: 'degraded', message: expect.stringContaining('retry-after') }])
  })

  test('by a Unix time is asked for that time', async () => {
    const clock = createTestClock({ skip: 29_000 })
    const server = await serve((response, _, count) =>
      json(response, count === 1 ? 429 : 200, {}, { 'retry-after': String(clock.now() / 1000 + 20) }),
    )
    await acme(server.url, { clock }).begin('things.list').request(read)
    expect(clock.fired).toEqual([20_000])
  })
})
