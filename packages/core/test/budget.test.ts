import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { budgetOf, createBudget } from '../src/index.ts'
import { acme } from './helpers/acme.ts'
import { createTestClock } from './helpers/test-clock.ts'

describe('a budget', () => {
  test('never lets more than its number go in any window', async () => {
    const scenario = fc.record({
      requests: fc.integer({ min: 1, max: 5 }),
      perMs: fc.integer({ min: 1, max: 50 }),
      // Long enough to make it forget, so that it is tested after that too.
      steps: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 300 }),
    })
    await fc.assert(
      fc.asyncProperty(scenario, async ({ requests, perMs, steps }) => {
        let now = 0
        const budget = createBudget({ now: () => now, after: () => () => {} }, { requests, perMs })
        const sent: number[] = []
        for (const step of steps) {
          now += step
          const wait = budget.take()
          if (wait === 0) sent.push(now)
          else expect(wait).toBeLessThanOrEqual(perMs)
          expect(budget.state().used).toBeLessThanOrEqual(requests)
        }
        for (const [index, start] of sent.entries()) {
          expect(sent.slice(index).filter((at) => at < start + perMs).length).toBeLessThanOrEqual(requests)
        }
      }),
    )
  })

  test('says how long to wait, and keeps its word', async () => {
    const clock = createTestClock()
    const budget = createBudget(clock, { requests: 2, perMs: 100 })
    expect(budget.take()).toBe(0)
    await clock.advance(40)
    expect([budget.take(), budget.take()]).toEqual([0, 60])
    await clock.advance(60)
    expect([budget.take(), budget.take()]).toEqual([0, 40])
  })

  test('stays right after thousands of requests', () => {
    const clock = createTestClock()
    const budget = createBudget(clock, { requests: 3, perMs: 10 })
    for (let turn = 0; turn < 3000; turn++) {
      expect([budget.take(), budget.take(), budget.take(), budget.take()]).toEqual([0, 0, 0, 10])
      clock.jump(10)
    }
    expect(budget.state().used).toBe(0)
  })

  test('without a limit lets everything go', () => {
    const budget = createBudget(createTestClock(), null)
    for (let turn = 0; turn < 1000; turn++) expect(budget.take()).toBe(0)
    expect(budget.state()).toEqual({ used: 0, allowed: null, windowMs: null, daily: null, blockedUntil: null })
  })

  test('is blocked for a day at most, whatever a vendor asks for', () => {
    const clock = createTestClock()
    const budget = createBudget(clock, null)
    budget.block(Number.MAX_SAFE_INTEGER)
    expect(budget.state().blockedUntil).toBe(clock.now() + 86_400_000)
  })

  test('is blocked when the vendor refused, and a shorter block does not shorten a longer one', async () => {
    const clock = createTestClock()
    const budget = createBudget(clock, null)
    budget.block(1000)
    budget.block(10)
    expect(budget.take()).toBe(1000)
    expect(budget.state().blockedUntil).toBe(clock.now() + 1000)
    await clock.advance(1000)
    expect(budget.take()).toBe(0)
    expect(budget.state().blockedUntil).toBeNull()
  })

  test('learns its numbers from the vendor', () => {
    const budget = createBudget(createTestClock(), null)
    budget.observe({ max: 2, windowMs: 10_000, remaining: 1 })
    expect(budget.state()).toMatchObject({ allowed: 2, windowMs: 10_000 })
    expect([budget.take(), budget.take(), budget.take()]).toEqual([0, 0, 10_000])
  })

  test.each([Number.NaN, -1, 0, 0.5, 2.5, Infinity])('is not led astray by a limit of %d', (max) => {
    const budget = createBudget(createTestClock(), { requests: 5, perMs: 100 })
    budget.observe({ max, windowMs: max, remaining: max, dailyRemaining: Number.NaN, dailyResetMs: max })
    for (let turn = 0; turn < 10; turn++) expect(budget.take()).toBeGreaterThanOrEqual(0)
    expect(budget.state().windowMs).toBeGreaterThan(0)
  })

  test('waits the window out when somebody else used it up', () => {
    const budget = createBudget(createTestClock(), { requests: 100, perMs: 10_000 })
    budget.take()
    budget.observe({ remaining: 0 })
    expect(budget.take()).toBe(10_000)
  })

  test('does not wait longer when it used it up itself', async () => {
    const clock = createTestClock()
    const budget = createBudget(clock, { requests: 2, perMs: 10_000 })
    budget.take()
    budget.take()
    await clock.advance(4000)
    budget.observe({ remaining: 0 })
    expect(budget.take()).toBe(6000)
  })

  test('stops when the day is used up, until the vendor’s day ends', async () => {
    const clock = createTestClock()
    const budget = createBudget(clock, { requests: 100, perMs: 10_000 })
    budget.observe({ dailyRemaining: 0, dailyResetMs: 3_600_000 })
    expect(budget.take()).toBe(3_600_000)
    expect(budget.state()).toMatchObject({
      daily: { remaining: 0, resetsAt: clock.now() + 3_600_000 },
      blockedUntil: clock.now() + 3_600_000,
    })
    await clock.advance(3_600_000)
    expect(budget.take()).toBe(0)
  })

  test('goes on when the vendor gives more for the day', () => {
    const budget = createBudget(createTestClock(), { requests: 100, perMs: 10_000 })
    budget.observe({ dailyRemaining: 0, dailyResetMs: 3_600_000 })
    budget.observe({ dailyRemaining: 5, dailyResetMs: 3_600_000 })
    expect(budget.take()).toBe(0)
  })

  test('asks the vendor when it does not say when its day ends', () => {
    const budget = createBudget(createTestClock(), { requests: 100, perMs: 10_000 })
    budget.observe({ dailyRemaining: 0 })
    expect(budget.take()).toBe(0)
  })

  test('shows a copy of its state', () => {
    const budget = createBudget(createTestClock(), null)
    budget.observe({ dailyRemaining: 5 })
    Object.assign(budget.state().daily ?? {}, { remaining: 0 })
    expect(budget.state().daily).toMatchObject({ remaining: 5 })
  })
})

describe('sharing', () => {
  test('one scope has one budget, another one its own, and another clock as well', () => {
    const clock = createTestClock()
    const limit = { requests: 1, perMs: 100 }
    expect(budgetOf(clock, 'a', limit)).toBe(budgetOf(clock, 'a', limit))
    expect(budgetOf(clock, 'a', limit)).not.toBe(budgetOf(clock, 'b', limit))
    expect(budgetOf(clock, 'a', limit)).not.toBe(budgetOf(createTestClock(), 'a', limit))
  })

  const rate = { requests: 100, perMs: 10_000 }
  const used = (transport: ReturnType<typeof acme>) => transport.settings.budget

  test('two adapters of one scope count together', () => {
    const clock = createTestClock()
    const protocol = { scope: 'location 1', rate }
    const one = acme('http://acme.test', { clock, protocol })
    expect(used(one)).toBe(used(acme('http://acme.test', { clock, protocol })))
  })

  test('a part of one’s own is kept, whatever the vendor’s whole limit is', () => {
    const budget = used(
      acme('http://acme.test', { clock: createTestClock(), protocol: { rate }, rate: { requests: 2, perMs: 10_000 } }),
    )
    budget.observe({ max: 100, windowMs: 1000, remaining: 50 })
    expect([budget.take(), budget.take(), budget.take()]).toEqual([0, 0, 10_000])
  })

  test('false leaves only the vendor’s refusals', () => {
    const budget = used(acme('http://acme.test', { clock: createTestClock(), protocol: { rate }, rate: false }))
    budget.observe({ max: 1, windowMs: 1000, remaining: 0 })
    for (let turn = 0; turn < 200; turn++) expect(budget.take()).toBe(0)
    budget.block(500)
    expect(budget.take()).toBe(500)
  })
})
