import { databaseTime } from '../../../packages/inbox/src/store/database-time.ts'
import { compareRows, rowOf, write } from '../../../packages/inbox/src/store/records.ts'
import { costOf } from './cost.ts'
import { type BenchStore, batchesOf } from './database.ts'
import { messageAt } from './rows.ts'

export interface Unchanged {
  rows: number
  seconds: number
  /** Bytes of write-ahead log. */
  wal: number
  /** New events of the change feed, and values that were taken from sequences. */
  moved: number
}

/** Stores messages again that are in the store, with their hashes given: nothing must be written. */
export async function timeUnchanged(bench: BenchStore, count: number, conversations: number): Promise<Unchanged> {
  const items = Array.from({ length: count }, (_, index) => messageAt(index, conversations))
  const pages = batchesOf(bench, 'message', items, await databaseTime(bench.db)).flatMap((batch) =>
    Array.from({ length: Math.ceil(batch.items.length / 500) }, (_, page) => {
      const own = batch.items.slice(page * 500, (page + 1) * 500)
      return { batch, rows: own.map((item) => rowOf(batch, item)) }
    }),
  )
  const state = async () => {
    const { rows } = await bench.pool.query<{ wal: string; moved: string }>(
      `select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as wal, (select count(*) from parley.changes) +
         (select sum(coalesce(last_value, 0)) from pg_sequences where schemaname = 'parley') as moved`,
    )
    return { wal: Number(rows[0]?.wal), moved: Number(rows[0]?.moved) }
  }
  const storeAgain = async () => {
    for (const { batch, rows } of pages) {
      const comparison = await compareRows(bench.db, batch, rows)
      if (comparison.rows.length > 0) await write(bench.db, comparison)
    }
  }
  // The first reading of new rows notes in their pages that they are committed, which PostgreSQL writes to the log.
  await bench.pool.query('vacuum (analyze)')
  await storeAgain()
  await bench.pool.query('checkpoint')
  const before = await state()
  const { wall } = await costOf(bench.pool, storeAgain)
  const after = await state()
  return { rows: count, seconds: wall, wal: after.wal - before.wal, moved: after.moved - before.moved }
}
