import { type Kysely, sql } from 'kysely'
import type { Schema } from '../store/schema.ts'
import { markUnread, ranks } from '../store/threads.ts'
import { inTransaction } from '../store/transaction.ts'

type Db = Kysely<Schema>

/** Forgets how far an account was read, and keeps its records. */
export async function readAgain(db: Db, account: number, at: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await fence(tx, account)
    for (const table of ['parley.checkpoints', 'parley.postponed'] as const)
      await tx.deleteFrom(table).where('account', '=', account).execute()
    await sql`
      update parley.threads set due_at = ${at}::timestamptz, due_mark = due_mark + 1, priority = ${ranks.backfill},
        is_complete = false, is_whole = false, verified_at = null
      where account = ${account}`.execute(tx)
    await markUnread(tx, [account], at)
  })
}

/** Deletes all that is stored of an account, with an event for each record. */
export async function deleteAccount(db: Db, account: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    await fence(tx, account)
    for (const [kind, table, conversation] of [
      ['agent', 'agents', 'null'],
      ['contact', 'contacts', 'null'],
      ['conversation', 'conversations', 'ref'],
      ['message', 'messages', 'conversation'],
    ] as const)
      await sql`
        with gone as (
          delete from ${sql.raw(`parley.${table}`)} where account = ${account} returning ref,
            ${sql.raw(conversation)}::text as conversation, deleted_at is null as was_there)
        insert into parley.changes (account, kind, change, ref, conversation)
        select ${account}, ${kind}, 'deleted', ref, conversation from gone where was_there`.execute(tx)
    for (const table of ['search', 'threads', 'checkpoints', 'hints', 'quarantine', 'missing', 'seen', 'postponed'])
      await sql`delete from ${sql.raw(`parley.${table}`)} where account = ${account}`.execute(tx)
    await sql`
      update parley.streams set added = 0, updated = 0, unchanged = 0, deleted = 0, quarantined = 0, progress = null,
        caught_up_at = null
      where account = ${account}`.execute(tx)
  })
}

/** Takes the streams from the workers that have them, so that none writes a place that is forgotten. */
async function fence(tx: Db, account: number): Promise<void> {
  await sql`
    update parley.streams set fence = fence + 1, holder = null, held_until = null, state = 'idle', next_at = null, error = null
    where account = ${account}`.execute(tx)
}

/** Lets an account or streams go on that were stopped. */
export async function goOn(db: Db, account: number): Promise<void> {
  await sql`
    update parley.accounts set state = 'active', failures = 0, paused_until = null, error = null
    where no = ${account} and (state <> 'active' or failures > 0)`.execute(db)
  await sql`
    update parley.streams set state = 'idle', next_at = null, error = null
    where account = ${account} and state in ('stopped', 'waiting', 'unsupported')`.execute(db)
}
