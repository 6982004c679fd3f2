import { tryParseRef } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { RecordOf } from './records.ts'
import { type RecordKind, type Schema, tables } from './schema.ts'

/** The record with this ref. `undefined`: the store does not have it, or, with `withRaw`, not its payload. */
export async function storedRecord<Kind extends RecordKind>(
  db: Kysely<Schema>,
  kind: Kind,
  ref: string,
  withRaw: boolean,
): Promise<RecordOf[Kind] | undefined> {
  const { rows } = await sql<{ body: RecordOf[Kind]; raw: unknown }>`
    select body, ${withRaw ? sql`raw` : sql`null::json`} as raw from ${sql.table(tables[kind])}
    where ref = ${ref} and deleted_at is null`.execute(db)
  const [row] = rows
  if (!row || !withRaw) return row?.body
  return row.raw == null ? undefined : { ...row.body, raw: row.raw }
}

/** Whether the store has a record with this ref, also a deleted one. */
export async function hasRecord(db: Kysely<Schema>, ref: string): Promise<boolean> {
  const table = tables[tryParseRef(ref)?.kind as RecordKind]
  const { rows } = await sql`select 1 from ${sql.table(table)} where ref = ${ref}`.execute(db)
  return rows.length > 0
}
