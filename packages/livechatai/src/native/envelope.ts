export type LiveChatAISentiment = 'POSITIVE' | 'NEGATIVE' | 'NEUTRAL' | 'UNSPECIFIED'

// Nearly every endpoint has its own envelope, and there are four kinds of pages. All of them are declared here. If the
// reference shows a value only in an example, its type is open.

/**
 * The usual envelope ("Introduction"). Errors have `status: 'error'` and are thrown, so this type does not include
 * them.
 */
export interface LiveChatAIEnvelope<Data> {
  status?: 'success' | (string & {})
  /** A sentence for people, in the response to some writes. */
  message?: string
  data: Data
}

/** A list in pages with `perPage`: "conversations/list", "conversations/list-views", "contacts/list-conversations". */
export interface LiveChatAIPerPageQuery {
  /** From 1. Default 1. */
  page?: number
  /** 1 to 100. Default 20. */
  perPage?: number
}

export interface LiveChatAIPageMeta {
  total?: number
  perPage?: number
  currentPage?: number
  totalPages?: number
}

/** A list in pages with `limit`: "agents/list", "contacts/list", "data-sources/list", "ai-suggestions/list". */
export interface LiveChatAILimitQuery {
  /** From 1. Default 1. */
  page?: number
  /** Items per page, 1 to 100. Default 10. */
  limit?: number
}

/** Beside the list: at the top level in "agents/list" and "contacts/list", inside `data` in "data-sources/list". */
export interface LiveChatAIPages {
  totalCount?: number
  pages?: {
    page?: number
    perPage?: number
    totalPages?: number
    hasPrevious?: boolean
    hasNext?: boolean
    previous?: number | null
    next?: number | null
  }
}

/** "ai-suggestions/list". */
export interface LiveChatAIPagination {
  page?: number
  limit?: number
  totalCount?: number
  totalPages?: number
  hasNextPage?: boolean
  hasPreviousPage?: boolean
}

/** "analytics/csat". */
export interface LiveChatAIPageMetadata {
  totalItemCount?: number
  totalPageCount?: number
  currentPage?: number
  pageSize?: number
  prev?: number | null
  next?: number | null
}
