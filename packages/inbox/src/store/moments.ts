import { decodeCursor, encodeCursor, type Page } from '@parley/core'
import { type RawBuilder, sql } from 'kysely'
import { isBigint } from './cursor-parts.ts'

/*
 * Lists by time and then by number, newest first: an import gives older entries higher numbers.
 */

/** The place of an entry in such a list. */
export interface Moment {
  /** In microseconds since the epoch. */
  micros: string
  no: string
}

/** @param table has the columns `at` and `no`. */
export const microsOf = (table: string): RawBuilder<string> =>
  sql`(extract(epoch from ${sql.ref(`${table}.at`)}) * 1000000)::bigint`

/** The condition for what comes after a cursor. */
export function afterMoment(table: string, cursor: string | undefined): RawBuilder<boolean> {
  if (cursor === undefined) return sql`true`
  const { micros, no } = decodeCursor(cursor, readMoment)
  return sql`(${microsOf(table)}, ${sql.ref(`${table}.no`)}) < (${micros}::bigint, ${no}::bigint)`
}

/** @param rows one more than `limit`, if there are more. */
export function momentsPage<Row extends Moment, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(itemOf),
    next: last && rows.length > limit ? encodeCursor([last.micros, last.no]) : null,
    warnings: [],
  }
}

function readMoment(state: unknown): Moment | undefined {
  if (!Array.isArray(state)) return undefined
  const [micros, no] = state as unknown[]
  return isBigint(micros) && isBigint(no) ? { micros, no } : undefined
}
