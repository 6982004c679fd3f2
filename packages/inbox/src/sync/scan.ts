import type { Page } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { RecordOf, Written } from '../store/records.ts'
import type { RecordKind, Schema } from '../store/schema.ts'
import { noteMissing } from './missing.ts'
import { datedPages, isIncomplete } from './pages.ts'
import type { Pass } from './pass.ts'
import { forgetQuarantined } from './quarantine.ts'
import type { SyncStream } from './sync.ts'

type Db = Kysely<Schema>

/** What is written together with a page. `found`: records that were missing, and that the list shows again. */
type AlsoOfScan = (tx: Db, written: Written, found: readonly string[]) => Promise<void>

/**
 * Reads and stores all records of a kind, and notes those that are missing, if the lists were complete. What the lists have
 * shown is kept in the store until then, so that memory stays small however many records there are.
 *
 * @param lists that have all records together.
 * @param streams whose unreadable records are forgotten, if they were read this time.
 */
export async function scan<Kind extends Exclude<RecordKind, 'message'>>(
  pass: Pass,
  kind: Kind,
  lists: readonly { pages(): AsyncIterable<Page<RecordOf[Kind]>> }[],
  { streams, also }: { streams: readonly SyncStream[]; also?: AlsoOfScan },
): Promise<void> {
  let since: string | undefined
  let isComplete = true
  for (const list of lists)
    for await (const page of datedPages(pass, kind, list)) {
      const isFirst = since === undefined
      const begun = since ?? page.fetchedAt
      since = begun
      isComplete &&= !isIncomplete(page.warnings)
      const isLast = page.next === null && list === lists.at(-1)
      await pass.quarantine(page.warnings)
      await pass.store({ kind, items: page.items, fetchedAt: page.fetchedAt }, () => async (tx, written) => {
        if (isFirst) await forgetSeen(tx, pass, kind)
        await sql`insert into parley.seen (account, kind, refs)
          values (${pass.account.no}, ${kind}, ${page.items.map(({ ref }) => ref)}::text[])`.execute(tx)
        const found = isLast && isComplete ? await noteMissing(tx, pass, kind, begun) : []
        await also?.(tx, written, found)
        if (!isLast) return
        await forgetSeen(tx, pass, kind)
        await forgetQuarantined(tx, pass, streams, begun)
      })
    }
}

async function forgetSeen(tx: Db, { account }: Pass, kind: RecordKind): Promise<void> {
  await sql`delete from parley.seen where account = ${account.no} and kind = ${kind}`.execute(tx)
}
