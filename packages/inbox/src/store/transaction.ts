import { isParleyError } from '@parley/core'
import type { Kysely } from 'kysely'
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
