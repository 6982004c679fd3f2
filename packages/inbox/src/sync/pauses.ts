import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from '../store/schema.ts'
import { actionFor } from './failures.ts'
import { instantOf, type Pass, slack } from './pass.ts'

type Db = Kysely<Schema>

/** Pauses that grow: twice as long after each failure in a row, up to `longest`. In milliseconds. */
export interface Pauses {
  readonly first: number
  readonly longest: number
}

export const pauseAfter = (failures: number, { first, longest }: Pauses): number =>
  Math.min(longest, first * 2 ** Math.min(failures, 20))

/**
 * Whether the time in a column has come. One that is further away than `longest` milliseconds was set by a clock that was
 * ahead, and counts as over.
 */
export const isDue = (column: string, now: string, longest: number | RawBuilder<number>): RawBuilder<boolean> =>
  sql`(${sql.ref(column)} <= ${now}::timestamptz
    or ${sql.ref(column)} > ${now}::timestamptz + (${longest}::float8 + ${slack}) * interval '1 millisecond')`

/** The pauses of records that cannot be read by themselves. */
export const pausesOfRecords: Pauses = { first: 5_000, longest: 86_400_000 }

/**
 * Notes that a record could not be read by itself, and when it is tried again.
 *
 * @param error omitted: the vendor says that it does not have the record.
 * @returns when.
 */
export async function postpone(tx: Db, pass: Pass, ref: string, error?: unknown): Promise<string> {
  const now = pass.clock.now()
  const { rows } = await sql<{ failures: number }>`
    select failures from parley.postponed where ref = ${ref}`.execute(tx)
  const failures = (rows[0]?.failures ?? 0) + 1
  const at = instantOf(now + pauseAfter(failures, pausesOfRecords))
  const reason = error === undefined ? null : JSON.stringify(actionFor(error, pass.account.name, now))
  await sql`
    insert into parley.postponed (ref, account, due_at, failures, error)
    values (${ref}, ${pass.account.no}, ${at}::timestamptz, ${failures}, ${reason}::jsonb)
    on conflict (ref) do update set due_at = excluded.due_at, failures = excluded.failures, error = excluded.error`.execute(
    tx,
  )
  return at
}

/** Whether a record is not postponed to a later time. */
export const mayBeRead = (ref: string, now: string): RawBuilder<boolean> =>
  sql`not exists (select 1 from parley.postponed as later
    where later.ref = ${sql.ref(ref)} and not ${isDue('later.due_at', now, pausesOfRecords.longest)})`

/** Notes that a record was read. */
export const forgetPostponed = async (tx: Db, ref: string): Promise<void> => {
  await tx.deleteFrom('parley.postponed').where('ref', '=', ref).execute()
}
