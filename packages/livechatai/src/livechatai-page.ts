import { decodeCursor, encodeCursor, isRaw, type Raw, type Reading, saysMissing } from '@parley/core'

/** Where a numbered page is: its number, its size, and prints of the ids of the page before. */
export interface PagePlace {
  page: number
  size: number
  before: string[]
  /** Set while a contact's conversations are picked from this agent's. */
  agentId?: string
}

export const placeOf = (cursor: string | undefined, size: number): PagePlace =>
  cursor === undefined ? { page: 1, size, before: [] } : decodeCursor(cursor, readPlace)

function readPlace(state: unknown): PagePlace | undefined {
  if (!isRaw(state)) return undefined
  const { page, size, before, agentId } = state as Record<keyof PagePlace, unknown>
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0
  if (!isCount(page) || !isCount(size) || size > 100) return undefined
  if (!Array.isArray(before) || !before.every((print): print is string => typeof print === 'string')) return undefined
  if (agentId === undefined) return { page, size, before }
  return typeof agentId === 'string' ? { page, size, before, agentId } : undefined
}

/** What a list says about itself, in whichever of its dialects. */
export interface PageInfo {
  /** The page that was given, so far as it is said. */
  page: number | undefined
  hasMore: boolean | undefined
  total: number | undefined
}

/** `data.meta` of conversations. */
export const readMeta = (data: Raw, reading: Reading): PageInfo =>
  reading.nested(data, 'meta', (meta) => {
    const page = reading.number(meta, 'currentPage') ?? undefined
    const pages = reading.number(meta, 'totalPages') ?? undefined
    const hasMore = page === undefined || pages === undefined ? undefined : page < pages
    return { page, hasMore, total: reading.number(meta, 'total') ?? undefined }
  }) ?? nothing

/** `data.pagination` of suggestions. */
export const readPagination = (data: Raw, reading: Reading): PageInfo =>
  reading.nested(data, 'pagination', (info) => ({
    page: reading.number(info, 'page') ?? undefined,
    hasMore: reading.flag(info, 'hasNextPage'),
    total: reading.number(info, 'totalCount') ?? undefined,
  })) ?? nothing

/** `data.metadata` of scores: the numbers of the pages before and after, `null` at an end. */
export const readMetadata = (data: Raw, reading: Reading): PageInfo =>
  reading.nested(data, 'metadata', (info) => {
    const next = reading.number(info, 'next')
    const page = reading.number(info, 'currentPage') ?? undefined
    const pages = reading.number(info, 'totalPageCount') ?? undefined
    const counted = page === undefined || pages === undefined ? undefined : page < pages
    const total = reading.number(info, 'totalItemCount') ?? undefined
    return { page, hasMore: next === undefined ? counted : next !== null, total }
  }) ?? nothing

/** `totalCount` and `pages` of agents and contacts, beside their `data`. */
export function readPages(body: Raw, reading: Reading): PageInfo {
  const total = reading.number(body, 'totalCount') ?? undefined
  const info = reading.nested(body, 'pages', (pages) => {
    const page = reading.number(pages, 'page') ?? undefined
    const last = reading.number(pages, 'totalPages') ?? undefined
    const counted = page === undefined || last === undefined ? undefined : page < last
    return { page, hasMore: reading.flag(pages, 'hasNext') ?? counted, total }
  })
  return info ?? { ...nothing, total }
}

const nothing: PageInfo = { page: undefined, hasMore: undefined, total: undefined }

export interface TurnedPage<Item> {
  items: Item[]
  next: string | null
  total: number | undefined
}

/**
 * The page without what the page before has shown, and where the next one is. A list ends when it says so, and when a
 * page is empty; counts alone are not trusted. A vendor that takes no notice of the number ends it too.
 *
 * @param sent how many items came, readable or not.
 */
export function turnPage<Item extends { id: string | null }>(
  place: PagePlace,
  all: readonly Item[],
  sent: number,
  info: PageInfo,
): TurnedPage<Item> {
  const before = new Set(place.before)
  const prints = all.map(({ id }) => (id === null ? '' : printOf(id)))
  const items = all.filter(({ id }, index) => id === null || !before.has(prints[index] as string))
  const repeats = all.length > 0 && items.length === 0 && info.page !== place.page
  const ends = sent === 0 || repeats || info.hasMore === false
  const next = ends ? null : encodeCursor({ ...place, page: place.page + 1, before: prints })
  return { items, next, total: info.total }
}

/** The code, or what is not found: a bare "Not Found" is any server's. */
const noPage = /^not_found$|\w not found/i

/** What a page after the last one answers is not documented: an empty list, or a 404. */
export async function orEnd<Item>(place: PagePlace, page: Promise<TurnedPage<Item>>): Promise<TurnedPage<Item>> {
  try {
    return await page
  } catch (error) {
    if (place.page === 1 || !saysMissing(error, noPage)) throw error
    return { items: [], next: null, total: undefined }
  }
}

/** About 53 bits of an id: a cursor is to stay short, and no conversation may be taken for another. */
function printOf(id: string): string {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < id.length; index++) {
    const code = id.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4_294_967_296 * (2_097_151 & low) + (high >>> 0)).toString(36)
}
