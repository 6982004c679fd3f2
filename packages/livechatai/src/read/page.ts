import { type Call, type Payload, type PayloadReader, saysMissing } from '@parley/core'
import { type PageInfo, type PagePosition, type TurnedPage, turnPage } from '@parley/core/operations'

/** `data.meta` of conversations. */
export const readMeta = (data: Payload, reading: PayloadReader): PageInfo =>
  reading.nested(data, 'meta', (meta) => {
    const pagesLeft = leftOf(reading.number(meta, 'currentPage'), reading.number(meta, 'totalPages'))
    return { pagesLeft, total: reading.number(meta, 'total') ?? undefined }
  }) ?? nothing

/** `data.pagination` of suggestions. */
export const readPagination = (data: Payload, reading: PayloadReader): PageInfo =>
  reading.nested(data, 'pagination', (info) => ({
    hasMore: reading.flag(info, 'hasNextPage'),
    total: reading.number(info, 'totalCount') ?? undefined,
  })) ?? nothing

/** `data.metadata` of scores: the numbers of the previous and the next page. `null`: there is none. */
export const readMetadata = (data: Payload, reading: PayloadReader): PageInfo =>
  reading.nested(data, 'metadata', (info) => {
    const next = reading.number(info, 'next')
    const pagesLeft = leftOf(reading.number(info, 'currentPage'), reading.number(info, 'totalPageCount'))
    const total = reading.number(info, 'totalItemCount') ?? undefined
    return { hasMore: next === undefined ? undefined : next !== null, pagesLeft, total }
  }) ?? nothing

/** `totalCount` and `pages` of agents and contacts, beside their `data`. */
export function readPages(body: Payload, reading: PayloadReader): PageInfo {
  const total = reading.number(body, 'totalCount') ?? undefined
  const info = reading.nested(body, 'pages', (pages) => {
    const pagesLeft = leftOf(reading.number(pages, 'page'), reading.number(pages, 'totalPages'))
    return { hasMore: reading.flag(pages, 'hasNext'), pagesLeft, total }
  })
  return info ?? { ...nothing, total }
}

const leftOf = (page: number | null | undefined, pages: number | null | undefined): number | undefined =>
  typeof page === 'number' && typeof pages === 'number' ? pages - page : undefined

const nothing: PageInfo = {}

/** The vendor's code, or a message that names what is not found. Any server can answer a bare "Not Found". */
const missing = /^not_found$|\w not found/i

/**
 * Whether the vendor says that an entity does not exist. A filter by such an entity matches nothing, which is no failure of
 * the list.
 */
export const isUnknown = (error: unknown): boolean => saysMissing(error, missing)

/** The answer for a page after the last one is not documented. A 404 is read as an empty list. */
export async function orEnd<Item extends { id: string | null }>(
  call: Call,
  place: PagePosition,
  seen: Set<string>,
  page: Promise<TurnedPage<Item>>,
): Promise<TurnedPage<Item>> {
  try {
    return await page
  } catch (error) {
    if (place.page === 1 || !isUnknown(error)) throw error
    return turnPage<Item>(call.reading, place, [], 0, {}, seen)
  }
}
