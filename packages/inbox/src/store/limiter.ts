import type { ReservedSlots, WantedSlots } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** Takes slots of a rate limit that all processes with this database share. See `SharedLimiter`. */
export const reserve = (db: Kysely<Schema>, { scope, slots, requests, holdMs }: WantedSlots): Promise<ReservedSlots> =>
  db.transaction().execute(async (tx) => {
    // One at a time for each scope, also where there is no row yet.
    await sql`select pg_advisory_xact_lock(hashtextextended(${scope}, 7233421830155818))`.execute(tx)
    await sql`delete from parley.slots where scope = ${scope} and until <= clock_timestamp()`.execute(tx)
    const { rows } = await sql<{ taken: number; wait_ms: number }>`
      select coalesce(sum(taken), 0)::int as taken,
        coalesce(extract(epoch from min(until) - clock_timestamp()) * 1000, 0)::float8 as wait_ms
      from parley.slots where scope = ${scope}`.execute(tx)
    const { taken = 0, wait_ms = 0 } = rows[0] ?? {}
    const granted = Math.max(0, Math.min(slots, requests - taken))
    if (granted > 0)
      await sql`
        insert into parley.slots (scope, until, taken)
        values (${scope}, clock_timestamp() + ${holdMs}::float8 * interval '1 millisecond', ${granted})`.execute(tx)
    return { granted, waitMs: granted < slots ? Math.max(1, Math.ceil(wait_ms)) : 0 }
  })
