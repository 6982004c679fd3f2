import { type Conversation, type ConversationFilter, type ConversationQuery, readTimestamp } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { InboxPage } from '../inbox.ts'
import type { Asked } from '../over-accounts.ts'
import { type Condition, type RowFilter, rowsPage } from './conversation-rows.ts'
import { idColumn } from './records.ts'
import type { Schema } from './schema.ts'
import { storable } from './search-words.ts'

/** The bits of the column `unknowns`; the migration has the same. A search has an answer for every conversation. */
const bits: Readonly<Record<ConversationFilter, number>> = {
  ...{ status: 1, channel: 2, agentId: 4, contactId: 8, assigneeId: 16, unread: 32, isStarred: 64 },
  ...{ since: 128, until: 128, search: 0 },
}

/** Conditions that other lists share. */
export const isStarred = (wanted: boolean): Condition => (wanted ? sql`is_starred` : sql`not is_starred`)
export const hasWords = (wanted: string): Condition => sql`strpos(words, ${storable(wanted).toLowerCase()}) > 0`
export const isSince = (wanted: unknown): Condition => sql`sort_at >= ${readTimestamp(wanted)}::timestamptz`
export const isUntil = (wanted: unknown): Condition =>
  sql`sort_at <= ${readTimestamp(wanted)}::timestamptz and sort_at > '-infinity'`

const conditions: {
  [Name in ConversationFilter]: (wanted: NonNullable<ConversationQuery[Name]> | null) => Condition
} = {
  status: (wanted) => sql`status = ${wanted}`,
  channel: (wanted) => sql`channel = ${wanted}`,
  agentId: (wanted) => sql`agent_id = ${wanted}`,
  contactId: (wanted) => sql`contact_id = ${idColumn(wanted)}`,
  assigneeId: (wanted) => sql`assignee_id = ${idColumn(wanted)}`,
  unread: (wanted) => (wanted ? sql`unread > 0` : sql`unread <= 0`),
  isStarred: (wanted) => isStarred(wanted === true),
  search: (wanted) => hasWords(String(wanted)),
  since: isSince,
  until: isUntil,
}

const filtersIn = (query: ConversationQuery): RowFilter[] =>
  (Object.keys(bits) as ConversationFilter[]).flatMap((name) => {
    const wanted = query[name]
    if (wanted === undefined) return []
    return { name, contract: name, bit: bits[name], conditions: [conditions[name](wanted as never)] }
  })

/**
 * One page of the conversations in the store, as the vendors have them: newest activity first, then by ref.
 *
 * @param milliseconds how long the filter `search` may take, in tests.
 * @throws TimeoutError if it takes longer.
 */
export async function conversationsPage(
  db: Kysely<Schema>,
  asked: Pick<Asked, 'accounts' | 'options'>,
  query: ConversationQuery,
  cursor: string | undefined,
  milliseconds?: number,
): Promise<InboxPage<Conversation>> {
  const { limit, unknown, search } = query
  const rows = {
    ...{ operation: 'conversations.list', filters: filtersIn(query), bits: 'unknowns' as const },
    ...{ limit, unknown, isSearch: search !== undefined },
  }
  const { items, ...page } = await rowsPage(db, asked, rows, cursor, milliseconds)
  return { ...page, items: items.map(({ body, raw }) => (raw == null ? body : { ...body, raw })) }
}
