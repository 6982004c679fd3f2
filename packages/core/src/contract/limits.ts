/** What the vendor allows, as data. Every number names what was documented; a missing one is undocumented. */
export interface Limits {
  /** Per list operation: how many items a page has when nothing is said, and at most. */
  pageSize: Partial<Record<string, { default: number; max: number }>>
  /** Filters of `conversations.list` that the vendor applies itself; the others are applied here, page by page. */
  filters: readonly string[]
  /** Longest text per field, in characters: `{ 'conversation.title': 255 }`. */
  text: Readonly<Record<string, number>>
  /** What may be asked in which time, per `scope`: requests in `perMs` milliseconds. */
  rate: readonly RateLimit[]
  /** Whether a deleted thing can be told from one that was never there or is not listed. */
  deletesVisible: boolean
  /** What a move or an inbox needs to know and no field says, one sentence each. */
  notes: readonly string[]
}

export interface RateLimit {
  /** Who shares it, in words: `location`. */
  scope: string
  requests: number
  perMs: number
}
