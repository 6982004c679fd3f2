import { type Kysely, sql } from 'kysely'

/** When a person put a failed send away. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table parley.outbox add column dismissed_at timestamptz`.execute(db)
}
