import { expect, test } from 'vitest'
import { createRateLimiter } from '../../src/index.ts'
import { createTestClock } from '../helpers/test-clock.ts'

const limit = { requests: 100, perMs: 10_000 }

test('a refusal within the limit lowers it by a fifth, which returns window by window', async () => {
  const clock = createTestClock()
  const rateLimiter = createRateLimiter(clock, limit)
  const allowed: (number | null)[] = []
  rateLimiter.block(1000)
  // One burst, one piece of news.
  for (let turn = 0; turn < 20; turn++) rateLimiter.block(1000)
  for (let turn = 0; turn < 6; turn++) {
    allowed.push(rateLimiter.state().allowed)
    await clock.advance(10_000)
  }
  expect(allowed).toEqual([80, 85, 90, 95, 100, 100])
})

test('refusals in every window leave a fifth of the limit, and at least one request', async () => {
  const clock = createTestClock()
  const [rateLimiter, small] = [
    createRateLimiter(clock, limit),
    createRateLimiter(clock, { requests: 1, perMs: 10_000 }),
  ]
  for (let turn = 0; turn < 30; turn++) {
    rateLimiter.block(1)
    small.block(1)
    expect(rateLimiter.state().allowed).toBeGreaterThanOrEqual(20)
    await clock.advance(10_000)
  }
  expect(rateLimiter.state().allowed).toBe(25)
  expect(small.state().allowed).toBe(1)
})

test('a rate limiter without a limit ignores refusals within it', () => {
  const clock = createTestClock()
  const rateLimiter = createRateLimiter(clock, null)
  rateLimiter.block(1)
  expect(rateLimiter.state().allowed).toBeNull()
  rateLimiter.observe({ max: 10, windowMs: 1000 })
  expect(rateLimiter.state().allowed).toBe(10)
})
