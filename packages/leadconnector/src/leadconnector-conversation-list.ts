import {
  type Call,
  type Conversation,
  type ConversationQuery,
  checkLimit,
  filterLocally,
  holdsInstant,
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
  seen: Set<string>,
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
  return pageOf(call, query, filters, position, found, { wanted, limit, known: seen })
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
  sizes: { wanted: number; limit: number; known: Set<string> },
): Page<LeadConnectorConversation> {
  const { reading } = call
  const fresh = found.raws.filter(isNewAt(position, filters))
  // The rest is read again by its date. What has none would be lost, so such a page stays whole.
  const rest = fresh.slice(sizes.wanted)
  const taken = rest.every((raw) => sortValue(raw) !== undefined) ? fresh.slice(0, sizes.wanted) : fresh
  const read = reading.items(taken, 'conversations', (raw) => readConversation(raw, reading))
  const items = filterLocally(
    read.filter(({ lastActivityAt }) => holdsInstant(reading, lastActivityAt, filters.since, filters.until)),
    query,
    filters.pushedDown,
    reading,
  )
  const seen = (position?.seen ?? 0) + taken.filter(isFirst(sizes.known)).length
  const isCounted = query.since === undefined && query.until === undefined
  // A count below what came is wrong, and ends nothing.
  const total = found.total !== undefined && found.total >= seen ? found.total : undefined
  const isShort = total !== undefined && seen < total
  const isFull = found.raws.length >= sizes.limit || fresh.length > taken.length
  // A short page is the end only if the vendor's count says so.
  const hasMore = found.raws.length > 0 && (isFull || isShort || total === undefined)
  const next = hasMore ? positionAfter(taken.length > 0 ? taken : found.raws, position, seen) : undefined
  // The same place again without the vendor saying that there is more: nothing comes after it.
  const isThere =
    next !== undefined && position !== undefined && !isFull && encodePosition(next) === encodePosition(position)
  const goesOn = next !== undefined && !isThere && !isBeyond(next.at, filters)
  if (!goesOn && (isFull ? next === undefined : isShort && isCounted)) {
    const why = `${call.vendor} has more conversations than it sent, and does not say where to go on; they are missing here.`
    reading.warn('degraded', why)
  }
  const page: Page<LeadConnectorConversation> = {
    items: items as LeadConnectorConversation[],
    next: goesOn ? encodePosition(next) : null,
    warnings: reading.warnings,
  }
  const isLocal = reading.warnings.some(({ code }) => code === 'local-filter')
  if (total !== undefined && isCounted && !isLocal) page.total = total
  return page
}

/** Whether the iteration has not come across it yet. */
const isFirst =
  (known: Set<string>) =>
  (raw: unknown): boolean => {
    const id = isRaw(raw) ? raw['id'] : undefined
    if (typeof id !== 'string') return true
    return !known.has(id) && known.add(id) !== undefined
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

/** Whether everything after this value lies outside of what was asked for. */
const isBeyond = (at: number, { order, since, until }: ConversationFilters): boolean => {
  const end = order === 'desc' ? since : until
  return end !== undefined && isLater(at, end, order)
}
