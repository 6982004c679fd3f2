import type { Page } from '../contract/results.ts'
import { isRecord, type PayloadReader } from '../read/reading.ts'
import { fingerprint } from '../read/text.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { endless } from './paged.ts'

/** Where the reading of a list with numbered pages stands. */
export interface PagePosition {
  page: number
  /** Which time the list is read: it is read again when it may have changed in between. */
  pass: number
  /** How many items have come, each counted once, and how many of these have no id that can be read. */
  seen: number
  bad: number
  /** The vendor's count on the first page. */
  total: number | null
  /** Whether an item came twice, or the vendor's count changed. */
  moved: boolean
  /** Whether this pass has brought an item that none before did. */
  news: boolean
  /** How many items in a row had come before, and how many pages in a row held nothing that can be read. */
  again: number
  blank: number
  /** Prints of the ids that came last. */
  recent: string[]
}

/** What a vendor says about its list beside a page, as far as it does. */
export interface PageInfo {
  /** Its flag. */
  hasMore?: boolean | undefined
  /** Its count of items. */
  total?: number | undefined
  /** By its count of pages, how many follow this one. Below zero, the count leaves this page out. */
  pagesLeft?: number | undefined
}

export interface TurnedPage<Item> {
  items: Item[]
  next: PagePosition | null
  total: number | undefined
}

/** Keeps a cursor below about three kilobytes. Earlier items are recognized by an iteration only. */
const mostPrints = 200
/** A list that brings something new each time it is read is not read for ever. */
const mostPasses = 5
/** Empty pages in a row, although the vendor says that there is more. */
const mostEmpty = 3
/** Pages in a row of which nothing can be read. */
const mostBlank = 100

const firstPlace: PagePosition = {
  ...{ page: 1, pass: 1, seen: 0, bad: 0, total: null, moved: false, news: false, again: 0, blank: 0 },
  recent: [],
}

/** @throws InvalidRequestError when the cursor is none of a numbered list. */
export const pagePosition = (cursor: string | undefined): PagePosition =>
  cursor === undefined ? firstPlace : decodeCursor(cursor, readPagePosition)

export const numberedCursor = (place: PagePosition | null): string | null => place && encodeCursor({ ...place })

/** A numbered page as the caller gets it. Set `total` to `undefined` where the items were filtered here. */
export const numberedPage = <Item>(reading: PayloadReader, { items, next, total }: TurnedPage<Item>): Page<Item> => ({
  items,
  next: numberedCursor(next),
  warnings: reading.warnings,
  ...(total !== undefined && { total }),
})

/**
 * Takes one numbered page, and says where the next one is.
 *
 * A list ends where the vendor says so: by its flag, by a count that is reached, or by an empty page when it says
 * neither. A count that is smaller than what came is wrong, and counts as not said. A short page is not the end. Pages
 * shift while items arrive, move and vanish: items repeat, and others slip under a border. So an item that has come before is
 * dropped, and a list that did not stand still is read again from its first page until nothing new comes.
 *
 * @param items what could be read of the page, before any filter that is applied here.
 * @param sent how many items came, readable or not.
 * @param seen the prints of the iteration; see `ReadPage`.
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
  // A later pass would give everything again if the cursor came from elsewhere and could not carry what was given.
  if (place.pass > 1 && seen.size < place.seen - place.bad) return end(reading, [], stated, 'moved')
  let known = 0
  const fresh = items.filter((item) => {
    const print = fingerprint(item.id ?? JSON.stringify(item))
    const isKnown = seen.has(print)
    if (isKnown) known++
    seen.add(print)
    // Two items without an id may be alike; whether one came twice is only certain when the list is read again.
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
  // More came again than there is, and the vendor still says that there is more.
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

/** What may be believed of what the vendor says, when so many items have come in all and so many on this page. */
function believable({ hasMore, total, pagesLeft }: PageInfo, count: number, sent: number): PageInfo {
  const isExceeded = total !== undefined && count > total
  const isWrong = isExceeded || (pagesLeft !== undefined && pagesLeft < 0 && sent > 0)
  const counted = pagesLeft === undefined || (isWrong && pagesLeft <= 0) ? undefined : pagesLeft > 0
  return { hasMore: hasMore ?? counted, total: isExceeded ? undefined : total }
}

function goesOn(after: PagePosition, sent: number, news: number, { hasMore, total }: PageInfo): boolean {
  const isShort = total !== undefined && after.seen < total
  if (sent === 0) return hasMore === true && (isShort || total === undefined) && after.blank < mostEmpty
  // In a later pass not all items have come again yet.
  const cameAgain = after.pass > 1 && after.again < after.seen - after.bad
  // Some vendors repeat their last page behind the end, and its flag with it.
  if (hasMore === true) return news > 0 || total === undefined || isShort || cameAgain
  if (hasMore === false) return false
  return total !== undefined ? isShort || cameAgain : news > 0 || (sent > 0 && after.blank > 0) || cameAgain
}

/** The position that a cursor was made of. `undefined`: it was made of something else. */
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
