import { createStore } from '@parley/inbox'
import { type PostgresServer, startPostgres } from '@parley/testkit/postgres'
import { afterAll, describe, expect, it } from 'vitest'

const server = await startPostgres()
afterAll(() => typeof server !== 'string' && server.stop())
const wanted = { scope: 'acme location', requests: 10, holdMs: 60_000 }

describe.skipIf(typeof server === 'string')('the limiter of a store', () => {
  it('grants all processes together as many requests as the vendor allows', async () => {
    const url = await (server as PostgresServer).createDatabase()
    await using one = await createStore({ url })
    await using other = await createStore({ url })
    const reservations = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? one : other).limiter.reserve({ ...wanted, slots: 3 })),
    )
    expect(reservations.reduce((sum, { granted }) => sum + granted, 0)).toBe(10)
    for (const { granted, waitMs } of reservations) expect(waitMs > 0).toBe(granted < 3)
    expect(await one.limiter.reserve({ ...wanted, scope: 'acme other', slots: 3 })).toEqual({ granted: 3, waitMs: 0 })
  })

  it('grants a request again when its time is over', async () => {
    await using store = await createStore()
    expect(await store.limiter.reserve({ ...wanted, slots: 10, holdMs: 1 })).toEqual({ granted: 10, waitMs: 0 })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await store.limiter.reserve({ ...wanted, slots: 2 })).toEqual({ granted: 2, waitMs: 0 })
  })
})
