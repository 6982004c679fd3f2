import { ConfigurationError, type OptionCheck } from '@parley/core'
import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

/** An open database. */
export interface Connected {
  /** Its errors are those of `databaseError`. */
  db: Kysely<Schema>
  /** The connections of `db`. With PGlite it is one connection, which is also the only one. */
  pool: Pool
  notice: string | null
  close(): Promise<void>
}

const connectedOf = new WeakMap<Store, Connected>()

export const connect = (store: Store, connected: Connected): void => void connectedOf.set(store, connected)

const problem = 'must be a store made by createStore'

export const storeOption: OptionCheck = (value) => (connectedOf.has(value as Store) ? undefined : problem)

export function connectedTo(store: Store): Connected {
  const connected = connectedOf.get(store)
  if (connected) return connected
  throw new ConfigurationError({ message: `The option "store" ${problem}.`, fields: [{ path: 'store', problem }] })
}
