import {
  type Call,
  type Conversation,
  type ConversationQuery,
  checkLimit,
  filterLocally,
  isRaw,
  type OperationOptions,
  type Page,
  type Query,
  Unreadable,
} from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import {
  type ConversationPosition,
  decodePosition,
  encodePosition,
  isLater,
  oneBefore,
  positionAfter,
  sortValue,
} from './leadconnector-conversation-position.ts'
import { type ConversationFilters, conversationFilters } from './leadconnector-conversation-query.ts'
import { leadConnectorPageSizes as sizes } from './leadconnector-page-sizes.ts'
import { readConversation } from './read/read-leadconnector-conversation.ts'
import type { LeadConnectorConversationPayload } from './wire/conversation.ts'

export type LeadConnectorConversation = Conversation<LeadConnectorConversationPayload>

export async function listConversations(
  client: LeadConnectorClient,
  query: ConversationQuery,
  cursor: string | undefined,
  options: OperationOptions | undefined,
): Promise<Page<LeadConnectorConversation>> {
  const call = client.begin('conversations.list', options)
  const wanted = checkLimit(call, query.limit, sizes.conversations)
  const filters = conversationFilters(call, query)
  const position = cursor === undefined ? undefined : decodePosition(cursor)
  if (query.status !== undefined || query.agentId !== undefined) {
    // No conversation here has a status or an agent, so none can match: reading all of them would only cost requests.
    filterLocally([], query, filters.pushedDown, call.reading)
    return { items: [], next: null, warnings: call.reading.warnings }
  }
  // Room for what was given out before and comes again.
  const again = position && !position.sort ? position.given.length : 0
  const limit = Math.min(wanted + again, sizes.conversations.max)
  const found = await searchConversations(client, call, {
    ...filters.params,
    limit,
    sortBy: 'last_message_date',
    sort: filters.order,
    startAfterDate: startOf(filters, position),
  })
  return pageOf(call, query, filters, position, found, { wanted, limit })
}

export interface FoundConversations {
  raws: readonly unknown[]
  total: number | undefined
}

/** `GET /conversations/search`, unread. The other operations use it as well: a search is all that knows display data. */
export const searchConversations = (
  client: LeadConnectorClient,
  call: Call,
  query: Query,
): Promise<FoundConversations> => {
  const path = '/conversations/search'
  const spec = client.spec('conversations', { path, query: { locationId: client.locationId, ...query } })
  return call.read(spec, (body) => {
    if (!isRaw(body)) throw new Unreadable('')
    if (!Array.isArray(body['conversations'])) throw new Unreadable('conversations')
    const total = typeof body['total'] === 'number' ? body['total'] : undefined
    return { raws: body['conversations'], total }
  })
}

/** `until` and `since` are the ends of the list in reading order. */
function startOf({ order, since, until }: ConversationFilters, position?: ConversationPosition): Query[string] {
  if (position) return position.sort ?? oneBefore(position.at, order)
  const start = order === 'desc' ? until : since
  return start === undefined ? undefined : oneBefore(start, order)
}

function pageOf(
  call: Call,
  query: ConversationQuery,
  filters: ConversationFilters,
  position: ConversationPosition | undefined,
  found: FoundConversations,
  sizes: { wanted: number; limit: number },
): Page<LeadConnectorConversation> {
  const { reading } = call
  const fresh = found.raws.filter(isNewAt(position, filters))
  const taken = fresh.slice(0, sizes.wanted)
  const read = reading.items(taken, 'conversations', (raw) => readConversation(raw, reading))
  const items = filterLocally(read.filter(within(filters)), query, filters.pushedDown, reading)
  const hasMore = found.raws.length >= sizes.limit || fresh.length > taken.length
  const next = hasMore ? positionAfter(taken.length > 0 ? taken : found.raws, position) : undefined
  const page: Page<LeadConnectorConversation> = {
    items: items as LeadConnectorConversation[],
    next: next && !isBeyond(next.at, filters) ? encodePosition(next) : null,
    warnings: reading.warnings,
  }
  const isCounted = query.since === undefined && query.until === undefined
  const isLocal = reading.warnings.some(({ code }) => code === 'local-filter')
  if (found.total !== undefined && isCounted && !isLocal) page.total = found.total
  return page
}

/** Leaves away what was given out before: by id, and by lying before the place where the list stands. */
function isNewAt(
  position: ConversationPosition | undefined,
  { order }: ConversationFilters,
): (raw: unknown) => boolean {
  const seen = new Set(position?.given)
  return (raw) => {
    const id = isRaw(raw) && typeof raw['id'] === 'string' ? raw['id'] : undefined
    if (id !== undefined) {
      if (seen.has(id)) return false
      seen.add(id)
    }
    const value = sortValue(raw)
    return position === undefined || value === undefined || !isLater(position.at, value, order)
  }
}

const within =
  ({ since, until }: ConversationFilters) =>
  ({ lastActivityAt }: Conversation): boolean => {
    if (since === undefined && until === undefined) return true
    const at = lastActivityAt ? Date.parse(lastActivityAt) : Number.NaN
    return at >= (since ?? Number.NEGATIVE_INFINITY) && at <= (until ?? Number.POSITIVE_INFINITY)
  }

/** Whether everything after this value lies outside of what was asked for. */
const isBeyond = (at: number, { order, since, until }: ConversationFilters): boolean => {
  const end = order === 'desc' ? since : until
  return end !== undefined && isLater(at, end, order)
}
