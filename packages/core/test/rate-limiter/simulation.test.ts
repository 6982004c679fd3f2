import { describe, expect, test } from 'vitest'
import type { SharedLimiter } from '../../src/index.ts'
import { type CountingLimiter, sharedLimiter } from '../../src/rate-limiter.ts'
import { acme } from '../helpers/acme.ts'
import { type LimitedVendor, limitedVendor, readLimits } from '../helpers/limited-vendor.ts'
import { type SimulatedTime, seeded, simulatedTime } from '../helpers/simulated-time.ts'

const rate = { requests: 100, perMs: 10_000 }
const baseUrl = 'http://acme.test'

interface Program {
  requests: number
  at: SimulatedTime
  vendor: LimitedVendor
  limiter?: SharedLimiter
  scope?: string
  workers?: number
}

/** Reads as many pages as it is told, several at a time, as a backfill does. */
async function backfill({ requests, at, vendor, limiter, scope = 'one', workers = 40 }: Program): Promise<void> {
  const { begin } = acme(baseUrl, {
    // The clock of its own process, which shares nothing with others but the time.
    clock: { ...at } as never,
    fetch: vendor.fetch,
    protocol: { rate, readLimits, scope, rateLimitDelay: () => 11_000 },
    priority: 'backfill',
    ...(limiter && { limiter }),
  })
  let left = requests
  const worker = async () => {
    while (left-- > 0) await begin('messages.export').request({ path: '/messages' })
  }
  await Promise.all(Array.from({ length: workers }, worker))
}

/** What part of the allowed rate was used, from the first request to the last. */
function share({ arrived }: LimitedVendor): number {
  const [first = 0, last = 0] = [arrived[0], arrived.at(-1)]
  // The first window is used up at once, and there is no time in it.
  return (arrived.length - rate.requests) / (((last - first) * rate.requests) / rate.perMs)
}

describe('a backfill', () => {
  test.each([
    { requests: 10_000, window: 'fixed' as const, headers: true },
    { requests: 10_000, window: 'sliding' as const, headers: true },
    { requests: 2000, window: 'aligned' as const, headers: true },
    { requests: 2000, window: 'fixed' as const, headers: false },
    { requests: 2000, window: 'sliding' as const, headers: false },
  ])(
    'of %j uses nine tenths of the limit and is never refused',
    async ({ requests, window, headers }) => {
      const at = simulatedTime()
      const random = seeded(7)
      const vendor = limitedVendor(at, { max: 100, windowMs: 10_000, window, headers, way: () => 20 + 300 * random() })
      await at.until(backfill({ requests, at, vendor }))
      expect(vendor.refused()).toBe(0)
      expect(vendor.arrived).toHaveLength(requests)
      expect(share(vendor)).toBeGreaterThan(0.9)
      expect(share(vendor)).toBeLessThanOrEqual(1)
    },
    60_000,
  )

  test('beside another program with the same credential uses the rest, with few refusals', async () => {
    const at = simulatedTime()
    const random = seeded(3)
    const vendor = limitedVendor(at, { max: 100, windowMs: 10_000, window: 'sliding', way: () => 20 + 50 * random() })
    const work = backfill({ requests: 2000, at, vendor })
    let isDone = false
    const other = async () => {
      while (!isDone) {
        vendor.usedByOthers(1)
        await at.sleep(250)
      }
    }
    void other()
    await at.until(work)
    isDone = true
    expect(vendor.refused()).toBeLessThan(100)
    // 60 of 100 are left; three quarters of them are used.
    expect(share(vendor)).toBeGreaterThan(0.45)
  })

  test('respects a limit that the vendor lowers in the middle', async () => {
    const at = simulatedTime()
    const random = seeded(5)
    const vendor = limitedVendor(at, { max: 100, windowMs: 10_000, window: 'fixed', way: () => 20 + 50 * random() })
    const work = backfill({ requests: 3000, at, vendor })
    const lowered = at.sleep(100_000).then(() => {
      vendor.max = 50
      return vendor.refused()
    })
    await at.until(work)
    expect(await lowered).toBe(0)
    // What was on its way when it was lowered.
    expect(vendor.refused()).toBeLessThanOrEqual(50)
    const after = vendor.arrived.filter((arrival) => arrival > (vendor.arrived[0] as number) + 120_000)
    const seconds = ((after.at(-1) as number) - (after[0] as number)) / 1000
    expect(after.length / seconds).toBeGreaterThan(4.5)
    expect(after.length / seconds).toBeLessThan(5.4)
  })
})

describe('four processes with one limiter', () => {
  /** What `rate-limiter-flexible` does, in simulated time: a number per key that is forgotten after a while. */
  function counter(at: SimulatedTime, way: () => number): CountingLimiter & { commands: number } {
    const keys = new Map<string, { points: number; until: number }>()
    const store = {
      commands: 0,
      async penalty(key: string, points = 1, { customDuration = 10 } = {}) {
        store.commands++
        await at.sleep(way())
        const known = keys.get(key)
        const entry = known && known.until > at.now() ? known : { points: 0, until: at.now() + customDuration * 1000 }
        entry.points += points
        keys.set(key, entry)
        const answer = { consumedPoints: entry.points, msBeforeNext: entry.until - at.now() }
        await at.sleep(way())
        return answer
      },
    }
    return store
  }

  const run = async (at: SimulatedTime, vendor: LimitedVendor, store: CountingLimiter, each: number[]) => {
    const programs = each.map((requests) =>
      // Their rateLimiters are kept apart by their limiters, as those of processes are.
      backfill({ requests, at, vendor, workers: 20, limiter: sharedLimiter(store, { clock: at }) }),
    )
    await at.until(Promise.all(programs))
  }

  test.each(['fixed', 'aligned', 'sliding'] as const)(
    'with a %s window use nine tenths and are never refused',
    async (window) => {
      const at = simulatedTime()
      const random = seeded(11)
      const vendor = limitedVendor(at, { max: 100, windowMs: 10_000, window, way: () => 20 + 100 * random() })
      const store = counter(at, () => 1 + 2 * random())
      await run(at, vendor, store, [500, 500, 500, 500])
      expect(vendor.refused()).toBe(0)
      expect(vendor.arrived).toHaveLength(2000)
      expect(share(vendor)).toBeGreaterThan(0.9)
      // Two for each request, and those that found a place taken.
      expect(store.commands).toBeLessThan(4 * 2000)
    },
  )

  test('are not refused if a quiet time ends in the middle of a window', async () => {
    const at = simulatedTime()
    const random = seeded(13)
    const vendor = limitedVendor(at, { max: 100, windowMs: 10_000, window: 'sliding', way: () => 20 + 100 * random() })
    const store = counter(at, () => 1)
    const slow = sharedLimiter(store, { clock: at })
    const trickle = async () => {
      for (let turn = 0; turn < 30; turn++) {
        await backfill({ requests: 1, at, vendor, limiter: slow })
        await at.sleep(400)
      }
    }
    await at.until(trickle())
    await run(at, vendor, store, [300, 300])
    expect(vendor.refused()).toBe(0)
    expect(vendor.arrived).toHaveLength(630)
  })

  test('use the rest when the others are done', async () => {
    const at = simulatedTime()
    const vendor = limitedVendor(at, { max: 100, windowMs: 10_000, window: 'sliding', way: () => 30 })
    await run(
      at,
      vendor,
      counter(at, () => 1),
      [2000, 50, 50],
    )
    expect(vendor.refused()).toBe(0)
    expect(share(vendor)).toBeGreaterThan(0.9)
  })
})
