import { type Kysely, sql } from 'kysely'
import { knownMigrations } from './migrate.ts'
import type { Schema } from './schema.ts'
import type { StoreReport } from './store.ts'

export async function inspect(db: Kysely<Schema>): Promise<StoreReport> {
  const asked = sql<{ version: string; size: string; now: string; has_tables: boolean }>`
    select current_setting('server_version') as version, pg_database_size(current_database()) as size,
      clock_timestamp() as now, to_regclass('parley.migrations') is not null as has_tables`
  const [{ version, size, now, has_tables }] = (await asked.execute(db)).rows as [
    Awaited<ReturnType<typeof asked.execute>>['rows'][0],
  ]
  return { version, tables: has_tables ? await stateOfTables(db) : 'none', size: Number(size), now }
}

async function stateOfTables(db: Kysely<Schema>): Promise<StoreReport['tables']> {
  const { rows } = await sql<{ name: string }>`select name from parley.migrations`.execute(db)
  const done = new Set(rows.map(({ name }) => name))
  if (rows.some(({ name }) => !knownMigrations.includes(name))) return 'newer'
  return knownMigrations.every((name) => done.has(name)) ? 'current' : 'older'
}
