import { openPglite } from '@parley/testkit/pglite'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible'
import { afterAll, describe, expect, test } from 'vitest'
import { type CountingLimiter, createHold, sharedLimiter } from '../../src/rate-limiter.ts'
import { redisDouble } from '../helpers/redis-double.ts'

// Limiters of the real library, each with two handles, as two processes have them. They go by the real clock, of which
// these tests need only that it does not reach the end of a window of an hour.

const database = await openPglite()
afterAll(() => database.close())

/** Asked as `pg` is. */
const storeClient = {
  query: ({ text, values }: { text: string; values?: unknown[] }) => database.query(text, values),
}

const ready = (table: string) =>
  new Promise<CountingLimiter>((resolve, reject) => {
    const limiter = new RateLimiterPostgres(
      { storeClient, storeType: 'client', tableName: table, points: 1, duration: 1 },
      (error) => (error ? reject(error) : resolve(limiter)),
    )
  })

let count = 0
const kinds: { name: string; create(): Promise<CountingLimiter[]> }[] = [
  {
    name: 'in memory',
    create: async () => {
      const limiter = new RateLimiterMemory({ points: 1, duration: 1 })
      return [limiter, limiter]
    },
  },
  {
    name: 'in PostgreSQL',
    create: async () => {
      const table = `limits_${++count}`
      return [await ready(table), await ready(table)]
    },
  },
  {
    name: 'in what answers as Redis does',
    create: async () => {
      const storeClient = redisDouble()
      return [0, 1].map(() => new RateLimiterRedis({ storeClient, points: 1, duration: 1 }))
    },
  },
]

const wanted = { scope: 'location 1', requests: 10, holdMs: 3_600_500 }

describe.each(kinds)('a shared limiter: $name', ({ create }) => {
  const handles = async () => (await create()).map((limiter) => sharedLimiter(limiter))

  test('grants every slot once, and says when the next one is free', async () => {
    const [one, two] = await handles()
    const first = await one?.reserve({ ...wanted, slots: 4 })
    const second = await two?.reserve({ ...wanted, slots: 4 })
    expect([first?.granted, second?.granted]).toEqual([4, 4])
    const third = await one?.reserve({ ...wanted, slots: 4 })
    expect(third?.granted).toBe(2)
    // Not before the window has passed since the first; a store with whole seconds adds up to one.
    expect(third?.waitMs).toBeGreaterThan(3_590_000)
    expect(third?.waitMs).toBeLessThanOrEqual(3_601_000)
    expect((await two?.reserve({ ...wanted, slots: 1 }))?.granted).toBe(0)
  })

  test('grants no slot twice to many callers at once', async () => {
    const [one, two] = await handles()
    const asked = Array.from({ length: 30 }, (_, index) => (index % 2 ? one : two)?.reserve({ ...wanted, slots: 1 }))
    const granted = (await Promise.all(asked)).reduce((sum, answer) => sum + (answer?.granted ?? 0), 0)
    expect(granted).toBe(10)
  })

  test('keeps scopes apart', async () => {
    const [one] = await handles()
    await one?.reserve({ ...wanted, slots: 10 })
    expect((await one?.reserve({ ...wanted, scope: 'location 2', slots: 10 }))?.granted).toBe(10)
  })

  test('grants fewer slots if the vendor lowers its limit', async () => {
    const [one, two] = await handles()
    await one?.reserve({ ...wanted, slots: 3 })
    const rest = await two?.reserve({ ...wanted, requests: 5, slots: 5 })
    expect(rest?.granted).toBe(2)
  })

  test('accepts any length of the window', async () => {
    const [one] = await handles()
    for (const holdMs of [1009, 1050, 4613, 10_500, 63_001])
      expect((await one?.reserve({ ...wanted, scope: `${holdMs}`, holdMs, slots: 1 }))?.granted).toBe(1)
  })
})

/** A store in a time of its own. */
function counting() {
  const keys = new Map<string, { points: number; until: number }>()
  const store = {
    at: 1_000_000,
    asked: [] as string[],
    now: () => store.at,
    async penalty(key: string, points = 1, { customDuration = 1 } = {}) {
      store.asked.push(key)
      const known = keys.get(key)
      const entry = known && known.until > store.at ? known : { points: 0, until: store.at + customDuration * 1000 }
      entry.points += points
      keys.set(key, entry)
      return { consumedPoints: entry.points, msBeforeNext: entry.until - store.at }
    },
  }
  return store
}

describe('the ring of slots', () => {
  const ring = { scope: 's', requests: 2, holdMs: 10_000 }

  test('grants each slot again one window later, and not sooner', async () => {
    const store = counting()
    const limiter = sharedLimiter(store, { clock: store })
    await limiter.reserve({ ...ring, slots: 1 })
    store.at += 6000
    await limiter.reserve({ ...ring, slots: 1 })
    expect(await limiter.reserve({ ...ring, slots: 2 })).toEqual({ granted: 0, waitMs: 4000 })
    store.at += 3999
    expect(await limiter.reserve({ ...ring, slots: 2 })).toEqual({ granted: 0, waitMs: 1 })
    store.at += 1
    expect(await limiter.reserve({ ...ring, slots: 2 })).toEqual({ granted: 1, waitMs: 6000 })
  })

  test('does not ask the store before a slot can be free', async () => {
    const store = counting()
    const limiter = sharedLimiter(store, { clock: store })
    await limiter.reserve({ ...ring, slots: 2 })
    await limiter.reserve({ ...ring, slots: 2 })
    const before = store.asked.length
    store.at += 500
    expect(await limiter.reserve({ ...ring, slots: 2 })).toEqual({ granted: 0, waitMs: 9500 })
    expect(store.asked).toHaveLength(before)
  })

  test('releases a slot that stays unused for a while, because the window has moved on', async () => {
    const store = counting()
    const [idle, busy] = [sharedLimiter(store, { clock: store }), sharedLimiter(store, { clock: store })]
    const three = { ...ring, requests: 3 }
    await busy.reserve({ ...three, slots: 3 })
    // Its turn is at the first place.
    expect((await idle.reserve({ ...three, slots: 1 })).granted).toBe(0)
    store.at += 60_000
    await busy.reserve({ ...three, slots: 2 })
    store.at += 5000
    await busy.reserve({ ...three, slots: 1 })
    store.at += 6000
    // The first is taken again by now, the other two are free.
    expect((await idle.reserve({ ...three, slots: 1 })).granted).toBe(1)
  })

  test('loses only a slot if a process dies with it', async () => {
    const store = counting()
    const [dies, lives] = [sharedLimiter(store, { clock: store }), sharedLimiter(store, { clock: store })]
    await lives.reserve({ ...ring, slots: 2 })
    await dies.reserve({ ...ring, slots: 1 })
    store.at += 10_000
    expect((await lives.reserve({ ...ring, slots: 2 })).granted).toBe(2)
  })

  test('reports a failure of the store to its caller', async () => {
    const limiter = sharedLimiter({ penalty: () => Promise.reject(new Error('down')) })
    await expect(limiter.reserve({ ...ring, slots: 1 })).rejects.toThrow('down')
  })

  test.each([undefined, null, {}, { consume: () => {} }])('cannot be created with %j', (limiter) => {
    expect(() => sharedLimiter(limiter as unknown as CountingLimiter)).toThrow(
      'must be a rate-limiter-flexible limiter',
    )
  })

  test('explains what to do if the store cannot be reached', () => {
    expect(sharedLimiter(counting()).ifDown).toBe('local')
    expect(sharedLimiter(counting(), { ifDown: 'fail' }).ifDown).toBe('fail')
  })
})

describe('the lifetime of a key', () => {
  test('is whole milliseconds after the multiplication of limiters, and at least a second', () => {
    const hold = createHold()
    for (let milliseconds = 1; milliseconds < 5000; milliseconds++) {
      const lives = hold.seconds(milliseconds) * 1000
      expect(Number.isInteger(lives)).toBe(true)
      expect(lives).toBeGreaterThanOrEqual(Math.max(1000, milliseconds))
      expect(lives).toBeLessThan(Math.max(1000, milliseconds) + 10)
    }
  })

  test('is rounded up for a store that counts in seconds, and for no other', () => {
    const redis = createHold()
    redis.learn(10_500, 9999)
    expect(redis.seconds(10_500)).toBe(11)
    const slow = createHold()
    slow.learn(10_500, 10_480)
    slow.learn(10_500, 9000)
    slow.learn(10_000, 10_000)
    expect(slow.seconds(10_500)).toBe(10.5)
  })
})
