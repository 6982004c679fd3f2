import { isParleyError, TimeoutError } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** How often a transaction is tried that the database ends because of another one. */
const mostTries = 5

/**
 * Runs a transaction, again if the database ended it because it and another one waited for each other.
 *
 * @param work can be called several times. What it did before is undone.
 */
export async function inTransaction<T>(db: Kysely<Schema>, work: (tx: Kysely<Schema>) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (tries >= mostTries || !isConflict(error)) throw error
    }
}

const isConflict = (error: unknown): boolean =>
  isParleyError(error) && error.vendor === undefined && /^40/.test(error.vendorCode ?? '')

/** How long a search may take, in milliseconds. */
export const longestSearchMs = 3000

/**
 * Runs a read that the database stops after this time. PGlite ignores the time.
 *
 * @throws TimeoutError
 */
export const inTime = <T>(
  db: Kysely<Schema>,
  milliseconds: number,
  read: (tx: Kysely<Schema>) => Promise<T>,
): Promise<T> =>
  db.transaction().execute(async (tx) => {
    await sql`select set_config('statement_timeout', ${String(milliseconds)}, true)`.execute(tx)
    return read(tx)
  })

/** The same for a search that looks at every record. Its error says what to do. */
export async function scanInTime<T>(
  db: Kysely<Schema>,
  { operation, advice, milliseconds = longestSearchMs }: { operation: string; advice: string; milliseconds?: number },
  read: (tx: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  try {
    return await inTime(db, milliseconds, read)
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'timeout') throw error
    throw new TimeoutError({
      operation,
      message: `${operation} of the inbox: the search took longer than ${milliseconds / 1000} seconds and was stopped. ${advice}`,
    })
  }
}

/** Whether an error says that the database refuses a value: a text that is too long for an index, for example. */
export const isRefusedValue = (error: unknown): boolean =>
  isParleyError(error) && error.vendor === undefined && /^(?:22|23|54)/.test(error.vendorCode ?? '')
