import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** The order in which threads are read. */
export const ranks: { readonly live: 0; readonly 'catch-up': 1; readonly backfill: 2 } = {
  live: 0,
  'catch-up': 1,
  backfill: 2,
}

/**
 * Notes that the messages of these conversations are to be read. The mark lets a read that is going on already end without
 * the note being lost.
 *
 * @param account the number of the account in the store.
 * @param at when they are due, by the clock of the sync. Default: at once, before all others of their rank.
 */
export async function markDue(
  tx: Kysely<Schema>,
  account: number,
  conversations: readonly string[],
  { rank = ranks.live as number, at = '-infinity' }: { rank?: number; at?: string } = {},
): Promise<void> {
  if (conversations.length === 0) return
  await sql`
    insert into parley.threads as known (conversation, account, due_at, priority, due_mark)
    select ref, ${account}, ${at}::timestamptz, ${rank}, 1
    from unnest(${[...new Set(conversations)]}::text[]) as given (ref) order by ref collate "C"
    on conflict (conversation) do update set
      due_at = least(known.due_at, excluded.due_at),
      due_mark = known.due_mark + 1,
      priority = case when known.due_at is null then excluded.priority else least(known.priority, excluded.priority) end`.execute(
    tx,
  )
}

/** Notes that the messages of conversations are to be read about which nothing is noted: those that an export has without. */
export async function markUnread(tx: Kysely<Schema>, accounts: readonly number[], at = '-infinity'): Promise<void> {
  await sql`
    insert into parley.threads (conversation, account, due_at, priority, due_mark)
    select ref, account, ${at}::timestamptz, ${ranks.backfill}, 1 from parley.conversations as own
    where account = any(${accounts}::smallint[]) and deleted_at is null
      and not exists (select from parley.threads where conversation = own.ref)
    order by ref on conflict do nothing`.execute(tx)
}
