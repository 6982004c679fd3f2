import type { Call } from './livechatai-endpoint.ts'
import { notFound } from './livechatai-errors.ts'
import { wholeNumber } from './livechatai-read.ts'

/** One page cut out of a whole list. */
export interface Slice<T> {
  readonly items: readonly T[]
  readonly page: number
  readonly size: number
  readonly total: number
  readonly pages: number
}

/** The page that a request asks for. The size's parameter is `perPage`, `limit` or `pageSize`; 100 is the most. */
export function slice<T>(call: Call, all: readonly T[], sizeName: string, defaultSize: number): Slice<T> {
  const page = wholeNumber('page', call.query('page'), { min: 1, byDefault: 1 })
  const size = wholeNumber(sizeName, call.query(sizeName), { min: 1, max: 100, byDefault: defaultSize })
  const pages = Math.ceil(all.length / size)
  if (page > Math.max(pages, 1) && call.settings.pastLastPage === 'notFound') throw notFound('Page')
  return { items: all.slice((page - 1) * size, page * size), page, size, total: all.length, pages }
}

const previousPage = (slice: Slice<unknown>): number | null => (slice.page > 1 ? slice.page - 1 : null)
const nextPage = (slice: Slice<unknown>): number | null => (slice.page < slice.pages ? slice.page + 1 : null)

/** `conversations/list`, `conversations/list-views`, `contacts/list-conversations`. */
export const meta = (slice: Slice<unknown>): object => ({
  total: slice.total,
  perPage: slice.size,
  currentPage: slice.page,
  totalPages: slice.pages,
})

/** `agents/list`, `contacts/list`, `data-sources/list`: two siblings of the list. */
export const pages = (slice: Slice<unknown>): object => ({
  totalCount: slice.total,
  pages: {
    page: slice.page,
    perPage: slice.size,
    totalPages: slice.pages,
    hasPrevious: previousPage(slice) !== null,
    hasNext: nextPage(slice) !== null,
    previous: previousPage(slice),
    next: nextPage(slice),
  },
})

/** `ai-suggestions/list`. */
export const pagination = (slice: Slice<unknown>): object => ({
  page: slice.page,
  limit: slice.size,
  totalCount: slice.total,
  totalPages: slice.pages,
  hasNextPage: nextPage(slice) !== null,
  hasPreviousPage: previousPage(slice) !== null,
})

/** `analytics/csat`. */
export const metadata = (slice: Slice<unknown>): object => ({
  totalItemCount: slice.total,
  totalPageCount: slice.pages,
  currentPage: slice.page,
  prev: previousPage(slice),
  next: nextPage(slice),
  pageSize: slice.size,
})
