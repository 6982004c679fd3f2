import {
  type Adapter,
  type ConversationFilter,
  type ConversationQuery,
  filterSupport,
  type ListQuery,
} from '@parley/core'
import type { AccountState } from './inbox.ts'

/** What the filters of a query mean for an account. Only those of `conversations.list` are stated by adapters. */
export interface Filters {
  /**
   * Items per request. Conversations are listed with one more, which shows whether the last one of the page shares its time.
   * More are listed where Parley or `unknown` leaves out some of them.
   */
  pageSizeOf(adapter: Adapter, limit: number): number
  /** The filters that leave nothing of this account, because its vendor never gives the value. */
  excludingAllOf(adapter: Adapter): ConversationFilter[]
  /** What the account looks through, if something is searched. */
  searchedBy(adapter: Adapter): Pick<AccountState, 'searched'>
}

/** The least number of conversations in a request of which some are left out. */
const fewest = 100

const notFilters: ReadonlySet<string> = new Set(['limit', 'cursor', 'order', 'unknown', 'vendor'])

export function filtersOf(operation: string, query: ListQuery): Filters {
  const { unknown, search }: ConversationQuery = operation === 'conversations.list' ? query : {}
  const names = (operation === 'conversations.list' ? Object.entries(query) : [])
    .filter(([name, value]) => value !== undefined && !notFilters.has(name))
    .map(([name]) => name as ConversationFilter)
  const excludes = unknown === 'exclude' && names.length > 0
  return {
    pageSizeOf(adapter, limit) {
      if (operation !== 'conversations.list') return limit
      const isCut = excludes || names.some((name) => filterSupport(adapter, name) === 'local')
      const most = adapter.limits.pageSize[operation]?.max ?? Number.POSITIVE_INFINITY
      return Math.min(Math.max(limit + 1, isCut ? fewest : 0), most)
    },
    excludingAllOf: (adapter) =>
      excludes ? names.filter((name) => filterSupport(adapter, name) === 'unanswerable') : [],
    searchedBy: ({ limits }) => (search !== undefined && limits.search ? { searched: [...limits.search] } : {}),
  }
}
