import { endless, supports } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { Schema } from '../store/schema.ts'
import { ranks } from '../store/threads.ts'
import { isOfVendor } from './failures.ts'
import { datedPages } from './pages.ts'
import { checkpoint, instantOf, type Pass, setCheckpoint } from './pass.ts'

/** How far the messages of the whole account were exported. */
interface Position {
  /** When the export began, by the clock of the sync. */
  begun: string
  /** The adapter's cursor. `null`: the export is done. */
  next: string | null
  /** How many messages in a row were stored already. A page without any counts as one. */
  known: number
}

/** Pages that are read before the changed conversations have their turn again. */
const pagesPerTurn = 10

/** So many messages in a row can be known in any account. */
const fewKnown = 100

/** An export in which more messages in a row are known than the store has, twice, repeats itself. */
async function isEndless({ db, account }: Pass, known: number): Promise<boolean> {
  if (known <= fewKnown) return false
  const { rows } = await sql<{ stored: string }>`
    select count(*) as stored from parley.messages where account = ${account.no}`.execute(db)
  return known > 2 * Number(rows[0]?.stored)
}

/**
 * In the beginning, reads the messages of the whole account in bulk, where the vendor can give them. This takes a small part
 * of the requests that reading each conversation takes. What the export does not have, the sweep finds later.
 *
 * @returns `over`: the time of the pass is up. `more`: the export goes on. `done`: it is done, or the vendor has none.
 */
export async function exportMessages(pass: Pass, lag: number): Promise<'over' | 'more' | 'done'> {
  const { adapter } = pass.account
  if (!supports(adapter, 'messages.export')) return 'done'
  const position = await checkpoint<Position>(pass, 'export')
  if (position?.next === null) {
    await settle(pass, position.begun, lag)
    return 'done'
  }
  const begun = position?.begun ?? instantOf(pass.clock.now())
  const size = adapter.limits.pageSize['messages.export']?.max
  const query = {
    order: 'asc' as const,
    ...(size !== undefined && { limit: size }),
    ...(position && { cursor: position.next }),
  }
  let pages = 0
  let known = position?.known ?? 0
  try {
    for await (const page of datedPages(pass, 'message', adapter.messages.export(query, pass.options('backfill')))) {
      await pass.store({ kind: 'message', items: page.items, fetchedAt: page.fetchedAt }, (hasChanges) => {
        known = hasChanges ? 0 : known + Math.max(1, page.items.length)
        return (tx) => save(tx, pass, { begun, next: page.next, known })
      })
      await pass.quarantine(page.warnings)
      if (page.total !== undefined) pass.report(pass.counts.added + pass.counts.unchanged, page.total)
      if (page.next === null) break
      if (pass.isOver()) return 'over'
      if (++pages < pagesPerTurn) continue
      if (!(await isEndless(pass, known))) return 'more'
      await pass.fenced((tx) => save(tx, pass, { begun, next: page.next, known: 0 }))
      throw endless({ vendor: adapter.vendor, account: adapter.account, operation: 'messages.export' })
    }
  } catch (error) {
    // The adapter does not know its cursor any more.
    if (!isOfVendor(error) || error.code !== 'invalid-request' || position === undefined) throw error
    await pass.fenced(async (tx) => {
      await tx
        .deleteFrom('parley.checkpoints')
        .where('account', '=', pass.account.no)
        .where('stream', '=', pass.stream)
        .where('part', '=', 'export')
        .execute()
    })
    return 'more'
  }
  await settle(pass, begun, lag)
  return 'done'
}

const save = (tx: Kysely<Schema>, pass: Pass, position: Position): Promise<void> =>
  setCheckpoint(tx, pass, 'export', position)

/**
 * Conversations of which the export had the last message, and in which nothing has happened since, need not be read one by
 * one. They count as never verified, so that the sweep reads them first, and as not whole until then.
 */
async function settle(pass: Pass, begun: string, lag: number): Promise<void> {
  const before = instantOf(Date.parse(begun) - lag)
  await pass.fenced(async (tx) => {
    await sql`
      update parley.threads t set due_at = null, is_complete = true, read_from = ${begun}::timestamptz,
        newest_at = m.sort_at, newest_ref = m.ref
      from parley.conversations c, lateral (
        select sort_at, ref from parley.messages
        where conversation = c.ref and deleted_at is null and sort_at > '-infinity'
        order by sort_at desc, position desc, ref limit 1) m
      where t.account = ${pass.account.no} and t.priority = ${ranks.backfill} and t.due_at is not null
        and not t.is_complete and c.ref = t.conversation and c.deleted_at is null
        and c.sort_at < ${before}::timestamptz
        -- A vendor can give the time of the last message a little later in the conversation.
        and c.sort_at < m.sort_at + interval '1 minute'`.execute(tx)
  })
}
