import {
  anyOf,
  type Call,
  type Conversation,
  type ConversationQuery,
  checkInstant,
  checkLimit,
  checkText,
  DecodeError,
  decodeCursor,
  encodeCursor,
  invalid,
  isRecord,
  type OptionRule,
  type OptionRules,
  optionalText,
  type Page,
  type Query,
  readTimestamp,
  texts,
  vendorOptions,
} from '@parley/core'
import { filterLocally, holdsInstant } from '@parley/core/operations'
import { limits, sizes } from './capabilities.ts'
import type { LeadConnectorConversationListOptions } from './options.ts'
import type { Context } from './protocol.ts'
import { readConversation } from './read/conversation.ts'
import type { LeadConnectorConversationPayload } from './wire.ts'

export type LeadConnectorConversation = Conversation<LeadConnectorConversationPayload>

export async function listConversations(
  context: Context,
  call: Call,
  query: ConversationQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<LeadConnectorConversation>> {
  const wanted = checkLimit(call, query.limit, sizes.conversations)
  const filters = conversationFilters(call, query)
  const position = cursor === undefined ? undefined : decodePosition(cursor)
  // Room for repeated items that were already returned.
  const again = position && !position.sort ? position.given.length : 0
  const limit = Math.min(wanted + again, sizes.conversations.max)
  const found = await searchConversations(context, call, {
    ...filters.params,
    limit,
    sortBy: 'last_message_date',
    sort: filters.order,
    startAfterDate: startOf(filters, position),
  })
  return pageOf(call, query, filters, position, found, { wanted, limit, known: seen })
}

interface FoundConversations {
  raws: readonly unknown[]
  total: number | undefined
}

/** `GET /conversations/search`, before reading. Other operations use it too, because only the search returns names. */
export const searchConversations = (context: Context, call: Call, query: Query): Promise<FoundConversations> => {
  const path = '/conversations/search'
  const spec = context.spec('conversations', { path, query: { locationId: context.locationId, ...query } })
  return call.read(spec, (body) => {
    if (!isRecord(body)) throw new DecodeError('')
    if (!Array.isArray(body['conversations'])) throw new DecodeError('conversations')
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
  // The rest is read again by date. An item without a date would be lost, so a page with one is not cut.
  const rest = fresh.slice(sizes.wanted)
  const taken = rest.every((raw) => sortValue(raw) !== undefined) ? fresh.slice(0, sizes.wanted) : fresh
  const read = reading.items(taken, 'conversations', (raw) => readConversation(raw, reading))
  const { items, ...unapplied } = filterLocally(
    read.filter(({ lastActivityAt }) => holdsInstant(reading, lastActivityAt, filters.since, filters.until)),
    query,
    filters.pushedDown,
    limits.filters,
    reading,
  )
  const seen = (position?.seen ?? 0) + taken.filter(isFirst(sizes.known)).length
  const isCounted = query.since === undefined && query.until === undefined
  // A count below the number of items is wrong, so it does not end the list.
  const total = found.total !== undefined && found.total >= seen ? found.total : undefined
  const isShort = total !== undefined && seen < total
  const isFull = found.raws.length >= sizes.limit || fresh.length > taken.length
  // A short page is the end only if the vendor's count says so.
  const hasMore = found.raws.length > 0 && (isFull || isShort || total === undefined)
  const next = hasMore ? positionAfter(taken.length > 0 ? taken : found.raws, position, seen) : undefined
  // The position repeats and the vendor does not say that more follow: this is the end.
  const isThere =
    next !== undefined && position !== undefined && !isFull && encodePosition(next) === encodePosition(position)
  const goesOn = next !== undefined && !isThere && !isBeyond(next.at, filters)
  if (!goesOn && (isFull ? next === undefined : isShort && isCounted)) {
    const why = `${call.vendor} has more conversations but sent no position to continue from; the rest are missing from this list.`
    reading.warn('degraded', why)
  }
  const page: Page<LeadConnectorConversation> = {
    items: items as LeadConnectorConversation[],
    next: goesOn ? encodePosition(next) : null,
    warnings: reading.warnings,
    ...unapplied,
  }
  const isLocal = reading.warnings.some(({ code }) => code === 'local-filter')
  if (total !== undefined && isCounted && !isLocal) page.total = total
  return page
}

/** Whether the iteration has not seen the item yet. */
const isFirst =
  (known: Set<string>) =>
  (raw: unknown): boolean => {
    const id = isRecord(raw) ? raw['id'] : undefined
    if (typeof id !== 'string') return true
    return !known.has(id) && known.add(id) !== undefined
  }

/** Drops items that were already returned: by id, and by a position before the current one. */
function isNewAt(
  position: ConversationPosition | undefined,
  { order }: ConversationFilters,
): (raw: unknown) => boolean {
  const seen = new Set(position?.given)
  return (raw) => {
    const id = isRecord(raw) && typeof raw['id'] === 'string' ? raw['id'] : undefined
    if (id !== undefined) {
      if (seen.has(id)) return false
      seen.add(id)
    }
    const value = sortValue(raw)
    return position === undefined || value === undefined || !isLater(position.at, value, order)
  }
}

/** Whether all later values are outside the requested range. */
const isBeyond = (at: number, { order, since, until }: ConversationFilters): boolean => {
  const end = order === 'desc' ? since : until
  return end !== undefined && isLater(at, end, order)
}

/** A query in the vendor's words, and which of its filters the vendor applies. */
interface ConversationFilters {
  params: Query
  pushedDown: ReadonlySet<string>
  order: 'asc' | 'desc'
  /** Last activity in milliseconds, both ends included. */
  since: number | undefined
  until: number | undefined
}

/**
 * Turns the filters into those of `GET /conversations/search`.
 *
 * Its `startDate` and `endDate` compare the creation, so `since` and `until` become the positions where reading begins
 * and ends in a list that is ordered by the last message.
 */
function conversationFilters(call: Call, query: ConversationQuery): ConversationFilters {
  const own = vendorOptions(call, query.vendor, ownOptions)
  const pushedDown = new Set(['contactId', 'assigneeId', 'search', 'since', 'until'])
  const order = orderOf(call, query.order)
  const params = {
    contactId: optionalText(call, query.contactId, 'contactId'),
    assignedTo: query.assigneeId === null ? 'unassigned' : optionalText(call, query.assigneeId, 'assigneeId'),
    query: query.search === '' ? undefined : optionalText(call, query.search, 'search'),
    status: statusOf(query, pushedDown),
    lastMessageType: own.lastMessageType ?? typeOfChannel(query, pushedDown),
    lastMessageDirection: own.lastMessageDirection,
    lastMessageAction: own.lastMessageAction,
    followers: own.followers?.join(','),
    mentions: own.mentions?.join(','),
    startDate: checkInstant(call, own.createdSince, 'vendor.leadconnector.createdSince'),
    endDate: checkInstant(call, own.createdUntil, 'vendor.leadconnector.createdUntil'),
  }
  const since = checkInstant(call, query.since, 'since')
  const until = checkInstant(call, query.until, 'until')
  return { params, pushedDown, order, since, until }
}

const instant: OptionRule<string> = (call, value, path) => {
  if (checkInstant(call, value, path) === undefined) throw invalid(call, path, 'must be an instant in ISO 8601')
  return value as string
}

/** A rule for what is sent as one parameter, joined by commas. */
export const someTexts: OptionRule<string[]> = (call, value, path) => {
  const list = texts(call, value, path)
  if (list.length === 0) throw invalid(call, path, 'must not be empty')
  return list
}

const ownOptions: OptionRules<LeadConnectorConversationListOptions> = {
  followers: someTexts,
  mentions: someTexts,
  lastMessageType: checkText,
  lastMessageDirection: anyOf('inbound', 'outbound'),
  lastMessageAction: anyOf('automated', 'manual'),
  createdSince: instant,
  createdUntil: instant,
}

export function orderOf(call: Call, order: unknown): 'asc' | 'desc' {
  if (order === undefined || order === 'desc') return 'desc'
  if (order === 'asc') return 'asc'
  throw invalid(call, 'order', 'must be asc or desc')
}

/** Read and starred are values of one parameter, so that only one of them reaches the vendor. */
function statusOf({ isStarred, unread }: ConversationQuery, pushedDown: Set<string>): string | undefined {
  if (isStarred === true) {
    pushedDown.add('isStarred')
    return 'starred'
  }
  if (unread === undefined) return undefined
  pushedDown.add('unread')
  return unread ? 'unread' : 'read'
}

/** Only WhatsApp is a single type at the vendor, so the vendor can filter by it exactly. */
function typeOfChannel({ channel }: ConversationQuery, pushedDown: Set<string>): string | undefined {
  if (channel !== 'whatsapp') return undefined
  pushedDown.add('channel')
  return 'TYPE_WHATSAPP'
}

/**
 * The position in a list of conversations.
 *
 * The vendor continues after a value (`startAfterDate`) and skips or repeats conversations that share it. So the next
 * page begins one millisecond earlier, and the already returned conversations (`given`) are dropped. If a whole page
 * shares one value, the vendor's complete `sort` array distinguishes them.
 */
interface ConversationPosition {
  /** The `sort` value of the last conversation, in milliseconds. */
  at: number
  /** The returned ids within a millisecond of `at`. */
  given: string[]
  /** The complete `sort` array, when it is needed. */
  sort: number[] | null
  /** How many conversations have been returned so far. */
  seen: number
}

type Order = 'asc' | 'desc'

/** A value that lies before this one in reading order. */
const oneBefore = (at: number, order: Order): number => (order === 'desc' ? at + 1 : at - 1)

/** Whether a value comes later in reading order than another. */
const isLater = (value: number, other: number, order: Order): boolean =>
  order === 'desc' ? value < other : value > other

/** What a conversation is ordered by. */
function sortValue(raw: unknown): number | undefined {
  if (!isRecord(raw)) return undefined
  const first = Array.isArray(raw['sort']) ? raw['sort'][0] : undefined
  if (typeof first === 'number') return first
  const instant = readTimestamp(first ?? raw['lastMessageDate'])
  return instant === undefined ? undefined : Date.parse(instant)
}

/** The position after a page that is not the last. `undefined`: the page does not show it. */
function positionAfter(
  raws: readonly unknown[],
  before: ConversationPosition | undefined,
  seen: number,
): ConversationPosition | undefined {
  const last = raws.findLast((raw) => sortValue(raw) !== undefined)
  const at = sortValue(last)
  if (at === undefined) return undefined
  const given = new Set(before && Math.abs(before.at - at) <= 1 ? before.given : [])
  for (const raw of raws) {
    const value = sortValue(raw)
    if (value === undefined || Math.abs(value - at) > 1) continue
    if (isRecord(raw) && typeof raw['id'] === 'string') given.add(raw['id'])
  }
  const tied = raws.every((raw) => (sortValue(raw) ?? at) === at)
  return { at, given: [...given].sort(), sort: tied ? completeSort(last) : null, seen }
}

function completeSort(raw: unknown): number[] | null {
  const sort = isRecord(raw) ? raw['sort'] : undefined
  return Array.isArray(sort) && sort.length > 1 && sort.every((value) => typeof value === 'number') ? sort : null
}

const encodePosition = ({ at, given, sort, seen }: ConversationPosition): string =>
  encodeCursor([at, given, sort, seen])

/** @throws InvalidRequestError when the cursor does not belong to this list. */
const decodePosition = (cursor: string): ConversationPosition =>
  decodeCursor(cursor, (state) => {
    if (!Array.isArray(state) || state.length !== 4) return undefined
    const [at, given, sort, seen] = state as unknown[]
    if (typeof at !== 'number' || !Array.isArray(given) || !given.every((id) => typeof id === 'string'))
      return undefined
    if (typeof seen !== 'number') return undefined
    if (sort === null) return { at, given, sort, seen }
    return Array.isArray(sort) && sort.every((value) => typeof value === 'number')
      ? { at, given, sort, seen }
      : undefined
  })
