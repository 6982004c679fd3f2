/** State in PostgreSQL, over a driver that the application brings. */
import { checkFunctionOptions, clockOption, methodsOption, optional } from './config/option-schema.ts'
import { ConfigurationError } from './errors/kinds.ts'
import { entryName, entryOf, valueIn } from './state-entry.ts'
import { lockByLease, type StateStore } from './state-store.ts'
import type { Clock } from './transport/clock.ts'

/**
 * The part of a PostgreSQL driver that is used. A `Pool` or `Client` of `pg` and a `PGlite` have it. For `postgres` (postgres.js):
 *
 * ```ts
 * const pool = { query: async (text: string, values: string[]) => ({ rows: await sql.unsafe(text, values) }) }
 * ```
 */
export interface PostgresPool {
  query(sql: string, values: string[]): Promise<{ rows: unknown[] }>
}

export interface PostgresStoreOptions {
  /** The clock for the pauses between two attempts to get a lock. Default: the system's. */
  clock?: Clock
}

/**
 * A state store in PostgreSQL 12 or later, for any number of processes and machines.
 *
 * ```ts
 * const pool = new Pool({ connectionString: process.env.DATABASE_URL })
 * pool.on('error', (error) => console.warn(error.message)) // without it, a broken connection ends the process
 * const store = postgresStore(pool)
 * ```
 *
 * The tables `parley_state` and `parley_leases` are created in the first schema of the `search_path` when they are first
 * missing, also if several processes begin at once. `docs/credentials.md` has their SQL, for a role that may not create
 * tables.
 *
 * Each statement is a transaction of its own, and no connection is held between two of them. One connection is therefore
 * enough, however many locks are held, and so is a pooler that shares connections (PgBouncer). The statements must reach
 * the primary server: a replica does not have the latest value.
 *
 * A lock is a row that its holder extends. If the holder dies, or loses its connection for long, the lock ends within ten
 * seconds, by the clock of the database. It ends at once when the work returns or throws. If a statement can hang, for
 * example in a broken network, let the driver end it (`query_timeout` of `pg`).
 *
 * Nothing is encrypted. A key and its value are stored as JSON, in which PostgreSQL accepts NUL characters.
 *
 * @throws ConfigurationError for an invalid option. Creating the store sends no statement. The store's methods throw the
 * driver's errors, and a ConfigurationError for an entry that is damaged.
 */
export function postgresStore(pool: PostgresPool, options: PostgresStoreOptions = {}): StateStore {
  checkFunctionOptions('postgresStore', { pool }, { pool: methodsOption('query') })
  checkFunctionOptions('postgresStore', options, { clock: optional(clockOption) })

  /** Repeats a statement that provably had no effect. */
  async function run(sql: string, ...values: string[]): Promise<unknown[]> {
    for (let tries = 1; ; tries++) {
      try {
        return (await pool.query(sql, values)).rows
      } catch (error) {
        const code = isObject(error) ? error['code'] : undefined
        if (tries === mostTries || !(code === missingTable || code === conflict)) throw error
        if (code === missingTable) await pool.query(createTables, [])
      }
    }
  }

  return {
    async get(key) {
      const id = await entryName(key)
      const [row] = await run('select entry from parley_state where id = $1', id)
      if (row === undefined) return undefined
      const value = valueIn(isObject(row) ? row['entry'] : undefined, key)
      if (value === undefined) throw damaged(id)
      return value
    },
    async set(key, value) {
      const replace = 'on conflict (id) do update set entry = excluded.entry'
      const row = [await entryName(key), entryOf(key, value)] as const
      await run(`insert into parley_state (id, entry) values ($1, $2) ${replace}`, ...row)
    },
    async delete(key) {
      await run('delete from parley_state where id = $1', await entryName(key))
    },
    lock: lockByLease(
      {
        async take(key, owner, milliseconds) {
          const id = await entryName(key)
          return (await run(takeLease, id, owner, String(milliseconds))).length === 1
        },
        async release(key, owner) {
          await run('delete from parley_leases where id = $1 and owner = $2', await entryName(key), owner)
        },
      },
      options,
    ),
  }
}

/** Codes of PostgreSQL: an undefined table; a conflict with another transaction, where transactions are serializable. */
const missingTable = '42P01'
const conflict = '40001'
const mostTries = 20

/**
 * Two processes that create a table at the same time can both find that it is missing, and one of them fails. So they wait
 * for each other. One statement, because a pooler could run two on different connections.
 */
const createTables = `do $$ begin
  perform pg_advisory_xact_lock(7233421830155817);
  create table if not exists parley_state (id text primary key, entry text not null);
  create table if not exists parley_leases (id text primary key, owner text not null, until timestamptz not null);
end $$`

/** A lease that lasts much longer than any is taken for comes from a time when the clock of the database was wrong. */
const takeLease = `
  insert into parley_leases as held (id, owner, until)
  values ($1, $2, clock_timestamp() + $3::int * interval '1 millisecond')
  on conflict (id) do update set owner = excluded.owner, until = excluded.until
  where held.owner = excluded.owner
    or held.until < clock_timestamp()
    or held.until > clock_timestamp() + 2 * $3::int * interval '1 millisecond'
  returning id`

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function damaged(id: string): ConfigurationError {
  const problem = `the row ${id} of parley_state is damaged: it does not contain its value`
  return new ConfigurationError({
    message: `The database of the state store cannot be used: ${problem}.`,
    fields: [{ path: 'pool', problem }],
  })
}
