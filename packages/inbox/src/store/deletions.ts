import { type Kysely, sql } from 'kysely'
import { isOfFuture } from './database-time.ts'
import { announce } from './events.ts'
import { type RecordKind, type Schema, tables } from './schema.ts'

/**
 * Marks records as deleted, with an event for each. A record that was read after `fetchedAt` stays. The messages of a
 * deleted conversation are deleted with it, and what was kept aside of it is forgotten.
 *
 * @param fetchedAt when the read began that proved the deletion.
 * @returns how many records were marked.
 */
export async function markDeleted(
  tx: Kysely<Schema>,
  account: number,
  kind: RecordKind,
  refs: readonly string[],
  fetchedAt: string,
): Promise<number> {
  if (refs.length === 0) return 0
  const conversation = kind === 'message' ? sql`conversation` : kind === 'conversation' ? sql`ref` : sql`null`
  const { rows } = await sql<{ ref: string; conversation: string | null }>`
    update ${sql.table(tables[kind])} set deleted_at = clock_timestamp(), fetched_at = ${fetchedAt}::timestamptz
    where ref = any(${refs}::text[]) and deleted_at is null
      and (fetched_at <= ${fetchedAt}::timestamptz or ${isOfFuture(tables[kind])})
    returning ref, ${conversation} as conversation`.execute(tx)
  const gone = rows.map(({ ref }) => ref)
  await sql`delete from parley.postponed where ref = any(${gone}::text[])`.execute(tx)
  await announce(
    tx,
    account,
    rows.map((row) => ({ ...row, kind, change: 'deleted', fields: null })),
  )
  if (kind === 'message' && gone.length > 0)
    await sql`delete from parley.search where message in (select no from parley.messages where ref = any(${gone}::text[]))`.execute(
      tx,
    )
  if (kind !== 'conversation') return gone.length
  await sql`update parley.threads set due_at = null where conversation = any(${gone}::text[])`.execute(tx)
  await sql`delete from parley.quarantine where conversation = any(${gone}::text[])`.execute(tx)
  // Messages can be stored before their conversation is.
  const { rows: messages } = await sql<{ ref: string }>`
    select ref from parley.messages m where conversation = any(${refs}::text[]) and deleted_at is null and not exists (
      select 1 from parley.conversations c where c.ref = m.conversation and c.deleted_at is null)`.execute(tx)
  return (
    gone.length +
    (await markDeleted(
      tx,
      account,
      'message',
      messages.map(({ ref }) => ref),
      fetchedAt,
    ))
  )
}
