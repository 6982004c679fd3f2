import { type Adapter, endless, isRecord, type Page, type ResponseError, type Warning } from '@parley/core'
import { checkedRecord, notAsAgreed } from '../store/checked.ts'
import { databaseTime } from '../store/database-time.ts'
import type { RecordOf } from '../store/records.ts'
import type { RecordKind } from '../store/schema.ts'
import { instantOf, type Pass, slack } from './pass.ts'
import { payloadOf } from './quarantine.ts'

/** So many pages in a row without an item are not waited for to end. */
const mostBlank = 1_000

/**
 * The pages of a list, each with the time of the database at which its reading began. An adapter that does not answer, and does
 * not follow its signal either, is not waited for.
 *
 * @throws ResponseError if a page is none, or if the list comes back to a cursor or only has empty pages, and would never end.
 */
export async function* datedPages<Kind extends RecordKind>(
  { db, account: { adapter }, signal, waitFor }: Pass,
  kind: Kind,
  list: { pages(): AsyncIterable<Page<RecordOf[Kind]>> },
): AsyncGenerator<Page<RecordOf[Kind]> & { fetchedAt: string }, void, undefined> {
  const pages = list.pages()[Symbol.asyncIterator]()
  // A list that does not answer cannot be ended either.
  let isAnswered = true
  let [number, blank] = [0, 0]
  /** A cursor to compare the next ones with, and the number of the page after which the next one takes its place. */
  let mark = { cursor: '', until: 1 }
  try {
    for (;;) {
      const fetchedAt = await databaseTime(db)
      signal.throwIfAborted()
      isAnswered = false
      const { done, value } = await waitFor(pages.next())
      isAnswered = true
      if (done) return
      const page = checkedPage(value, kind, adapter)
      yield { ...page, fetchedAt }
      blank = page.items.length === 0 ? blank + 1 : 0
      if (page.next === null) continue
      if (page.next === mark.cursor || blank > mostBlank)
        throw endless({ vendor: adapter.vendor, account: adapter.account, operation: `${kind}s.list` })
      if (++number === mark.until) mark = { cursor: page.next, until: 2 * number }
    }
  } finally {
    if (isAnswered && pages.return) await waitFor(pages.return())
  }
}

/**
 * The page that an adapter returned. An item that is no record of the account becomes a warning, as one that the adapter could
 * not read, so that it is kept aside and its list does not count as complete.
 *
 * @throws ResponseError if it is no page.
 */
function checkedPage<Kind extends RecordKind>(page: unknown, kind: Kind, adapter: Adapter): Page<RecordOf[Kind]> {
  const { items, next, warnings = [] }: Partial<Record<string, unknown>> = isRecord(page) ? page : {}
  if (!Array.isArray(items) || !(next === null || typeof next === 'string') || !Array.isArray(warnings))
    throw notAsAgreed(kind, adapter, 'a page of a list is not as the contract says')
  const found: RecordOf[Kind][] = []
  const bad: Warning[] = []
  for (const [index, item] of items.entries())
    try {
      found.push(checkedRecord(item, kind, adapter))
    } catch (error) {
      const { message, vendor, account, operation } = error as ResponseError & Warning
      bad.push({
        code: 'bad-item',
        ...{ message, vendor, account, operation, path: `${kind}s[${index}]`, raw: payloadOf(item) },
      })
    }
  return { ...(page as Page<RecordOf[Kind]>), items: found, warnings: [...(warnings as Warning[]), ...bad] }
}

/** Whether the vendor says that its list lacks something. */
export const isDegraded = (warnings: readonly Warning[]): boolean => warnings.some(({ code }) => code === 'degraded')

/** Whether a page says that something is missing from its list. */
export const isIncomplete = (warnings: readonly Warning[]): boolean =>
  isDegraded(warnings) || warnings.some(({ code }) => code === 'bad-item')

/** Up to where a list that is read from its newest item is known. */
export interface Reach {
  /** The newest item when it was last read to its end. */
  at: string
  ref: string
  /** The time before which nothing new can appear. */
  before: string
}

/**
 * @param newest the newest item when the list was last read.
 * @param from when that read began, by the clock of the sync. A time in the future is of a clock that was ahead.
 * @param lag how late the vendor may show something, in milliseconds.
 */
export function reachOf({ clock }: Pass, newest: { at: string; ref: string }, from: string, lag: number): Reach {
  const begun = Date.parse(from)
  const isAhead = begun > clock.now() + slack
  return { ...newest, before: instantOf((isAhead ? Date.parse(newest.at) : begun) - lag) }
}

/**
 * Whether a page reaches what is known: the item itself or an older one, and beyond the time in which the vendor may still
 * show something older than that.
 */
export function reached<Item extends { ref: string }>(
  { at, ref, before }: Reach,
  items: readonly Item[],
  timeOf: (item: Item) => string | null | undefined,
): boolean {
  const times = items.map(timeOf).filter((time) => typeof time === 'string')
  const oldest = times.reduce<string | undefined>(
    (least, time) => (least === undefined || time < least ? time : least),
    undefined,
  )
  if (oldest === undefined) return false
  return oldest < before && (oldest < at || items.some((item) => item.ref === ref))
}
