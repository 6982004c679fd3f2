import { ConfigurationError } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { databaseError } from './database.ts'
import { up as tables } from './migrations/0001-tables.ts'
import { up as desk } from './migrations/0002-desk.ts'
import { up as quality } from './migrations/0003-quality.ts'
import { up as dismissed } from './migrations/0004-dismissed.ts'
import type { Schema } from './schema.ts'

/** In order of their names. A released migration never changes. */
const migrations: Record<string, Migration> = {
  '0001-tables': { up: tables },
  '0002-desk': { up: desk },
  '0003-quality': { up: quality },
  '0004-dismissed': { up: dismissed },
}

/** The names of all migrations that this program knows. */
export const knownMigrations: readonly string[] = Object.keys(migrations)

/** Brings the tables up to date. Any number of processes may do so at once: the migrator holds a lock. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: 'parley',
    migrationTableName: 'migrations',
    migrationLockTableName: 'migration_lock',
  }).migrateToLatest()
  if (error === undefined) return
  const { rows } = await sql<{ name: string }>`select name from parley.migrations order by name`
    .execute(db)
    .catch(() => ({ rows: [] }))
  const unknown = rows.find(({ name }) => !knownMigrations.includes(name))
  if (unknown === undefined) throw databaseError(error)
  const problem = `was changed by a newer version of Parley (migration ${unknown.name})`
  throw new ConfigurationError({
    message: `The store ${problem}. Update @parley/inbox in this program.`,
    fields: [{ path: 'url', problem }],
  })
}
