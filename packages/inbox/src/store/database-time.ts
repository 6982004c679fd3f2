import { type Clock, systemClock } from '@parley/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'

type Db = Kysely<Schema>

/** What the clock of a database showed, and when this process heard it, by its own steady clock. */
interface Sample {
  micros: number
  heardAt: number
  last: number
}

const samples = new WeakMap<Db, Sample>()
/** How long the steady clock of this process is trusted to run like that of the database. */
const trustMs = 30_000

/**
 * The clock of the database, in microseconds. Every process that shares the store uses it. Between two readings of it, this
 * process goes on counting. The result is never later than the database's own clock, so that an old read never seems newer
 * than it is, and two calls never give the same instant.
 */
export async function databaseTime(db: Db): Promise<string> {
  let sample = samples.get(db)
  if (!sample || performance.now() - sample.heardAt > trustMs) {
    const { rows } = await sql<{ micros: string }>`
      select (extract(epoch from clock_timestamp()) * 1000000)::bigint as micros`.execute(db)
    const micros = Number(rows[0]?.micros)
    sample = { micros, heardAt: performance.now(), last: samples.get(db)?.last ?? 0 }
    samples.set(db, sample)
  }
  const now = sample.micros + Math.floor((performance.now() - sample.heardAt) * 1000)
  // A database whose clock was set back is followed.
  sample.last = now <= sample.last && sample.last - now < 60_000_000 ? sample.last + 1 : now
  const seconds = new Date(Math.floor(sample.last / 1000)).toISOString().slice(0, -1)
  return `${seconds}${String(sample.last % 1000).padStart(3, '0')}Z`
}

/**
 * The clock of the database for code that cannot wait for it, as `databaseTime` last heard it. So processes that share a store
 * agree on what is due, although the clocks of their machines differ.
 */
export const databaseClock = (db: Db): Clock => ({
  ...systemClock,
  now() {
    const sample = samples.get(db)
    return sample ? sample.micros / 1000 + performance.now() - sample.heardAt : systemClock.now()
  },
})

/** Whether a record was stored before the clock of the database was set back. It is older than what is read now. */
export const isOfFuture = (table: string): RawBuilder<unknown> =>
  sql`${sql.ref(`${table}.fetched_at`)} > clock_timestamp() + interval '1 minute'`

/** PostgreSQL has no year 0. */
const instant = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** A time of the contract, if there is one that the database accepts. */
export const storableTime = (time: string | null | undefined): string | null =>
  typeof time === 'string' && instant.test(time) ? time : null
