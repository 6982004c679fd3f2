import { lockByLease, type StateStore } from '@parley/core'

/** The part of `pg`, PGlite and most other drivers that the store uses. */
interface Database {
  query(sql: string, values: unknown[]): Promise<{ rows: unknown[] }>
}

export const tables: readonly string[] = [
  'create table if not exists tokens (key text primary key, value text not null)',
  'create table if not exists leases (key text primary key, owner text not null, until timestamptz not null)',
]

/** @param waiting the clock for the delays between two attempts to get the lock. Only tests pass one. */
export function postgresStore(database: Database, waiting?: Parameters<typeof lockByLease>[1]): StateStore {
  const run = async (sql: string, ...values: unknown[]) =>
    (await database.query(sql, values)).rows as { key: string; value: string }[]
  return {
    async get(key) {
      return (await run('select value from tokens where key = $1', key))[0]?.value
    },
    async set(key, value) {
      const replace = 'on conflict (key) do update set value = excluded.value'
      await run(`insert into tokens (key, value) values ($1, $2) ${replace}`, key, value)
    },
    async delete(key) {
      await run('delete from tokens where key = $1', key)
    },
    lock: lockByLease(
      {
        async take(key, owner, milliseconds) {
          const until = `now() + $3 * interval '1 millisecond'`
          const free = 'leases.owner = excluded.owner or leases.until < now()'
          const taken = await run(
            `insert into leases (key, owner, until) values ($1, $2, ${until})
             on conflict (key) do update set owner = excluded.owner, until = excluded.until where ${free}
             returning key`,
            key,
            owner,
            milliseconds,
          )
          return taken.length === 1
        },
        async release(key, owner) {
          await run('delete from leases where key = $1 and owner = $2', key, owner)
        },
      },
      waiting,
    ),
  }
}
