import { describe, expect, test } from 'vitest'
import { createRateLimiter, type Slot } from '../../src/index.ts'
import { acme, failure } from '../helpers/acme.ts'
import { enter, take } from '../helpers/rate-limiter.ts'
import { json, serve } from '../helpers/serve.ts'
import { createTestClock } from '../helpers/test-clock.ts'

const ten = { requests: 100, perMs: 10_000 }
const hour = 3_600_000

describe('the limit per day', () => {
  test('stops every request when it is used up, until the vendor’s day ends', async () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, ten)
    rateLimiter.observe({ dailyRemaining: 0, dailyMax: 200_000, dailyResetMs: hour })
    expect(enter(clock, rateLimiter, { within: 2 * hour })).toEqual({ refused: 'day', waitMs: hour, overtaken: 0 })
    expect(rateLimiter.state().daily).toEqual({
      remaining: 0,
      max: 200_000,
      at: clock.now(),
      resetsAt: clock.now() + hour,
    })
    await clock.advance(hour)
    expect(take(clock, rateLimiter)).toBe(0)
    expect(rateLimiter.state().daily).toBeNull()
  })

  test('is counted down with every request before the vendor reports it again', () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, ten)
    rateLimiter.observe({ dailyRemaining: 2, dailyResetMs: hour })
    expect([take(clock, rateLimiter), take(clock, rateLimiter), take(clock, rateLimiter)]).toEqual([0, 0, hour])
    expect(rateLimiter.state().daily?.remaining).toBe(0)
  })

  test('counts requests on their way, which the vendor may not have counted yet', () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, ten)
    const slots = [0, 1, 2].map(() => enter(clock, rateLimiter) as Slot)
    rateLimiter.answered(slots[0] as Slot)
    rateLimiter.observe({ dailyRemaining: 2, dailyResetMs: hour })
    expect(take(clock, rateLimiter)).toBe(hour)
    for (const place of slots.slice(1)) rateLimiter.answered(place)
    rateLimiter.observe({ dailyRemaining: 1, dailyResetMs: hour })
    expect([take(clock, rateLimiter), take(clock, rateLimiter)]).toEqual([0, hour])
  })

  test('rejects requests that already wait when it is used up', async () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, { requests: 1, perMs: 10_000 })
    enter(clock, rateLimiter)
    const waiting = [enter(clock, rateLimiter), enter(clock, rateLimiter)]
    rateLimiter.observe({ dailyRemaining: 0, dailyResetMs: hour })
    expect(await Promise.all(waiting)).toMatchObject([{ refused: 'day' }, { refused: 'day' }])
    expect(clock.pending()).toBe(0)
  })

  test('admits requests again when the vendor raises it', () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, ten)
    rateLimiter.observe({ dailyRemaining: 0, dailyResetMs: hour })
    rateLimiter.observe({ dailyRemaining: 5, dailyResetMs: hour })
    expect(take(clock, rateLimiter)).toBe(0)
  })

  test('admits one request a minute if the vendor does not report the end of its day', async () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, ten)
    rateLimiter.observe({ dailyRemaining: 0 })
    expect(take(clock, rateLimiter)).toBe(60_000)
    await clock.advance(60_000)
    expect([take(clock, rateLimiter), take(clock, rateLimiter)]).toEqual([0, 60_000])
    rateLimiter.observe({ dailyRemaining: 200_000 })
    expect(take(clock, rateLimiter)).toBe(0)
  })

  test('keeps a fiftieth for live requests: history stops earlier', () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, ten)
    rateLimiter.observe({ dailyRemaining: 4000, dailyMax: 200_000, dailyResetMs: hour })
    for (const priority of ['backfill', 'sweep'] as const)
      expect(enter(clock, rateLimiter, { priority })).toMatchObject({ refused: 'day', waitMs: hour })
    for (const priority of ['send', 'live', 'catch-up'] as const)
      expect(enter(clock, rateLimiter, { priority })).toHaveProperty('until')
    rateLimiter.observe({ dailyRemaining: 4004, dailyMax: 200_000, dailyResetMs: hour })
    expect(enter(clock, rateLimiter, { priority: 'backfill' })).toHaveProperty('until')
  })

  test('returns a copy of its state', () => {
    const clock = createTestClock()
    const rateLimiter = createRateLimiter(clock, null)
    rateLimiter.observe({ dailyRemaining: 5 })
    Object.assign(rateLimiter.state().daily ?? {}, { remaining: 0 })
    expect(rateLimiter.state().daily).toMatchObject({ remaining: 5 })
  })

  test('fails an operation at once with the time until it starts again, and sends nothing', async () => {
    const server = await serve((response) => json(response, 200, {}, { 'x-today': '0' }))
    const { begin, clock } = acme(server.url, {
      protocol: {
        readLimits: (headers) => ({ dailyRemaining: Number(headers.get('x-today')), dailyResetMs: 5 * hour }),
      },
    })
    await begin('things.list').request({ path: '/things' })
    const error = await failure(begin('things.create').request({ method: 'POST', path: '/things' }))
    expect(error).toMatchObject({ code: 'rate-limit', retryAfterMs: 5 * hour, outcome: 'not-done' })
    expect(error.message).toContain('daily limit')
    expect(server.received).toHaveLength(1)
    expect(clock.fired).toEqual([])
    clock.jump(5 * hour)
    await begin('things.list').request({ path: '/things' })
    expect(server.received).toHaveLength(2)
  })
})
