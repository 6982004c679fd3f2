import type { Page } from '../contract/results.ts'
import { isRecord, type PayloadReader } from '../read/reading.ts'
import { fingerprint } from '../read/text.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { endless } from './paged.ts'

/** The progress of reading a list with numbered pages. */
export interface PagePosition {
  page: number
  /** The number of this pass: the list is read again if it may have changed. */
  pass: number
  /** How many different items have come, and how many of them have no readable id. */
  seen: number
  bad: number
  /** The vendor's count on the first page. */
  total: number | null
  /** Whether an item came twice, or the vendor's count changed. */
  moved: boolean
  /** Whether this pass has found a new item. */
  news: boolean
  /** How many consecutive items were repeats, and how many consecutive pages had no readable item. */
  again: number
  blank: number
  /** Hashes of the most recent ids. */
  recent: string[]
}

/** What a vendor says about its list, beside the items of a page. */
export interface PageInfo {
  /** The vendor's flag that more pages follow. */
  hasMore?: boolean | undefined
  /** The vendor's count of items. */
  total?: number | undefined
  /**
   * How many pages follow this one, by the vendor's count of pages. Negative if the count does not include this page.
   */
  pagesLeft?: number | undefined
}

export interface TurnedPage<Item> {
  items: Item[]
  next: PagePosition | null
  total: number | undefined
}

/** Keeps a cursor below about three kilobytes. Only an iteration recognizes earlier items. */
const mostPrints = 200
/** A list that has something new in every pass is not read forever. */
const mostPasses = 5
/** The most consecutive empty pages while the vendor says that more follow. */
const mostEmpty = 3
/** The most consecutive pages without a readable item. */
const mostBlank = 100

const firstPlace: PagePosition = {
  ...{ page: 1, pass: 1, seen: 0, bad: 0, total: null, moved: false, news: false, again: 0, blank: 0 },
  recent: [],
}

/** @throws InvalidRequestError when the cursor is not one of a numbered list. */
export const pagePosition = (cursor: string | undefined): PagePosition =>
  cursor === undefined ? firstPlace : decodeCursor(cursor, readPagePosition)

export const numberedCursor = (place: PagePosition | null): string | null => place && encodeCursor({ ...place })

/** A numbered page as the caller gets it. Set `total` to `undefined` if Parley filtered the items. */
export const numberedPage = <Item>(reading: PayloadReader, { items, next, total }: TurnedPage<Item>): Page<Item> => ({
  items,
  next: numberedCursor(next),
  warnings: reading.warnings,
  ...(total !== undefined && { total }),
})

/**
 * Takes one numbered page and returns the position of the next one.
 *
 * A list ends where the vendor says so: by its flag, by reaching its count, or, without both, by an empty page. A count
 * that is smaller than the number of items is wrong and is ignored. A short page is not the end. Pages shift while
 * items arrive, move and disappear, so items can repeat or be skipped between pages. So a repeated item is dropped, and
 * a list that changed is read again from its first page until nothing new comes.
 *
 * @param items the readable items of the page, before Parley applies any filter.
 * @param sent how many items came, readable or not.
 * @param seen the hashes of the iteration; see `ReadPage`.
 * @throws ResponseError when the vendor repeats its pages without end.
 */
export function turnPage<Item extends { id: string | null }>(
  reading: PayloadReader,
  place: PagePosition,
  items: readonly Item[],
  sent: number,
  stated: PageInfo,
  seen: Set<string>,
): TurnedPage<Item> {
  for (const print of place.recent) seen.add(print)
  // After a resumed cursor, which holds only recent ids, a later pass would return everything again.
  if (place.pass > 1 && seen.size < place.seen - place.bad) return end(reading, [], stated, 'moved')
  let known = 0
  const fresh = items.filter((item) => {
    const print = fingerprint(item.id ?? JSON.stringify(item))
    const isKnown = seen.has(print)
    if (isKnown) known++
    seen.add(print)
    // Two items without an id can look the same. Only another pass shows whether one came twice.
    return item.id === null ? place.pass === 1 : !isKnown
  })
  const bad = place.pass > 1 ? 0 : sent - items.length + items.filter(({ id }) => id === null).length
  const count = place.seen + fresh.length + (place.pass > 1 ? 0 : sent - items.length)
  const info = believable(stated, count, sent)
  const total = info.total ?? null
  const news = items.length - known
  const after: PagePosition = {
    page: place.page + 1,
    pass: place.pass,
    seen: count,
    bad: place.bad + bad,
    total: place.total ?? total,
    moved: place.moved || known > 0 || (place.total !== null && total !== null && total !== place.total),
    news: place.news || news > 0,
    again: news > 0 ? 0 : place.again + known,
    blank: items.length > 0 ? 0 : place.blank + 1,
    recent: [...seen].slice(-mostPrints),
  }
  // More items repeated than exist, and the vendor still says that more follow.
  if (after.again > 3 * after.seen || after.blank > mostBlank) throw endless(reading)
  if (goesOn(after, sent, news, info)) return { items: fresh, next: after, total: info.total }

  const isShort = total !== null && after.seen < total
  const isUncounted = total === null && place.page > 1
  const isSaid = info.hasMore === false && !after.moved
  const mayLack = after.pass > 1 ? after.news : after.moved || (!isSaid && (isShort || isUncounted))
  if (mayLack && after.pass < mostPasses && seen.size >= after.seen - after.bad) {
    const again = { ...after, page: 1, pass: after.pass + 1, news: false, again: 0, blank: 0 }
    return { items: fresh, next: again, total: info.total }
  }
  if (isShort) return end(reading, fresh, info, 'short')
  return end(reading, fresh, info, mayLack && (after.moved || after.pass > 1) ? 'moved' : undefined)
}

function end<Item>(
  reading: PayloadReader,
  items: Item[],
  { total }: PageInfo,
  doubt: 'short' | 'moved' | undefined,
): TurnedPage<Item> {
  if (doubt === 'short')
    reading.warn('degraded', `${reading.vendor} reports more items than it sent; the rest are missing from this list.`)
  if (doubt === 'moved')
    reading.warn('degraded', 'The list changed while it was being read, so items may be missing. Read it again.')
  return { items, next: null, total }
}

/** The vendor's statements that are consistent with the number of items so far and on this page. */
function believable({ hasMore, total, pagesLeft }: PageInfo, count: number, sent: number): PageInfo {
  const isExceeded = total !== undefined && count > total
  const isWrong = isExceeded || (pagesLeft !== undefined && pagesLeft < 0 && sent > 0)
  const counted = pagesLeft === undefined || (isWrong && pagesLeft <= 0) ? undefined : pagesLeft > 0
  return { hasMore: hasMore ?? counted, total: isExceeded ? undefined : total }
}

function goesOn(after: PagePosition, sent: number, news: number, { hasMore, total }: PageInfo): boolean {
  const isShort = total !== undefined && after.seen < total
  if (sent === 0) return hasMore === true && (isShort || total === undefined) && after.blank < mostEmpty
  // In a later pass, not all items have been repeated yet.
  const cameAgain = after.pass > 1 && after.again < after.seen - after.bad
  // Some vendors repeat their last page and its flag after the end.
  if (hasMore === true) return news > 0 || total === undefined || isShort || cameAgain
  if (hasMore === false) return false
  return total !== undefined ? isShort || cameAgain : news > 0 || (sent > 0 && after.blank > 0) || cameAgain
}

/** The position in a cursor. `undefined`: it is not a position. */
export function readPagePosition(state: unknown): PagePosition | undefined {
  if (!isRecord(state)) return undefined
  const { page, pass, seen, bad, total, moved, news, again, blank, recent } = state as Record<
    keyof PagePosition,
    unknown
  >
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
  if (!isCount(page) || page < 1 || !isCount(pass) || pass < 1 || !isCount(seen) || !isCount(bad)) return undefined
  if (!isCount(again) || !isCount(blank) || !(total === null || isCount(total))) return undefined
  if (typeof moved !== 'boolean' || typeof news !== 'boolean') return undefined
  if (!Array.isArray(recent) || !recent.every((print): print is string => typeof print === 'string')) return undefined
  return { page, pass, seen, bad, total, moved, news, again, blank, recent }
}
