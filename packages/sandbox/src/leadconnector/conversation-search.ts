import { isManual, type Summary, showFound, summarize } from './conversations.ts'
import {
  invalid,
  type LocationCall,
  type LocationEndpoint,
  needed,
  number,
  ok,
  oneOf,
  optional,
  type Reply,
  readQuery,
  type Shape,
  string,
  violations,
} from './http.ts'
import { type Json, numberOf, pick, textOf } from './records.ts'
import type { State } from './state.ts'

const sortValues: Readonly<Record<string, (summary: Summary) => number>> = {
  last_message_date: (summary) => summary.lastMessageDate,
  last_manual_message_date: (summary) => summary.lastManual?.at ?? 0,
  score_profile: (summary) => summary.conversation.score,
  overdue_at: () => 0,
  due_at: () => 0,
}

const sortNames: readonly string[] = Object.keys(sortValues)

interface Order {
  /** The sort value of a conversation, and a unique number that breaks ties. */
  readonly keys: (summary: Summary) => readonly [number, number]
  readonly compare: (a: readonly number[], b: readonly number[]) => number
}

function sortKeysOf(sortBy: unknown, sort: unknown): Order {
  const value = sortValues[String(sortBy ?? 'last_message_date')] ?? ((summary: Summary) => summary.lastMessageDate)
  const sign = sort === 'asc' ? 1 : -1
  return {
    keys: (summary) => [value(summary), pick(summary.conversation.id, 1_000_000_000)],
    compare: (a, b) => sign * ((a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0)),
  }
}

/**
 * The page after a cursor. The whole `sort` array of the last item continues exactly. Its first number alone cannot
 * separate conversations with equal values: they are all repeated or all skipped, as the settings say.
 */
function pageOf(
  found: readonly Summary[],
  { keys, compare }: Order,
  cursor: readonly number[],
  limit: number,
  { settings }: State,
): Summary[] {
  const sorted = found.map((summary) => ({ summary, key: keys(summary) })).sort((a, b) => compare(a.key, b.key))
  if (cursor.length === 0) return sorted.slice(0, limit).map(({ summary }) => summary)
  const tied = sorted.filter(({ key }) => key[0] === cursor[0]).length
  const repeats = cursor.length === 1 && settings.tiesAtCursor === 'repeat' && tied > 1
  return sorted
    .filter(({ key }) => {
      if (cursor.length > 1) return compare(key, cursor) > 0
      const order = compare([key[0]], [cursor[0] ?? 0])
      return order > 0 || (order === 0 && repeats)
    })
    .slice(0, limit)
    .map(({ summary }) => summary)
}

export const conversationSearchEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'GET',
    path: '/conversations/search',
    family: 'conversations',
    scope: 'conversations.readonly',
    handle: searchConversations,
  },
]

const numeric = ['limit', 'startDate', 'endDate', 'scoreProfileMin', 'scoreProfileMax']

const shape: Shape = {
  locationId: needed(string),
  limit: optional(number(1, 100)),
  status: optional(oneOf('all', 'read', 'unread', 'starred', 'recents')),
  lastMessageDirection: optional(oneOf('inbound', 'outbound')),
  lastMessageAction: optional(oneOf('automated', 'manual')),
  sort: optional(oneOf('asc', 'desc')),
  sortBy: optional(oneOf(...sortNames)),
  startDate: optional(number()),
  endDate: optional(number()),
  scoreProfileMin: optional(number()),
  scoreProfileMax: optional(number()),
}

function searchConversations(call: LocationCall): Reply {
  const { state, location, now } = call
  const query = readQuery(call.query, numeric)
  const cursor = [...call.all('startAfterDate'), ...call.all('startAfterDate[]')]
    .filter((value) => value !== '')
    .map(Number)
  const broken = violations(shape, query)
  if (cursor.some(Number.isNaN)) broken.push('startAfterDate must be a number')
  if (broken.length > 0) return invalid(broken)

  const found: Summary[] = []
  for (const conversation of location.conversations.values()) {
    if (conversation.deleted || conversation.searchableAt > now) continue
    const summary = summarize(location, conversation, now)
    if (matchesSearch(query, summary, now)) found.push(summary)
  }
  const order = sortKeysOf(query['sortBy'], query['sort'])
  const page = pageOf(found, order, state.settings.cursorRepeats ? [] : cursor, numberOf(query['limit']) ?? 20, state)
  const conversations: unknown[] = page.map((summary) =>
    showFound(location, summary, order.keys(summary).slice(0, state.settings.sortKeys), now),
  )
  if (state.settings.brokenItems) conversations.splice(1, 0, null)
  // The total counts all matches of the query, not only those after the cursor.
  return ok({ conversations, total: found.length })
}

const recently = 30 * 86_400_000

/** Applies every filter of the search. A missing parameter matches everything. */
function matchesSearch(query: Json, summary: Summary, now: number): boolean {
  const { conversation, contact, last, lastOutbound } = summary
  const named = (key: string, value: unknown) => textOf(query[key]) === null || query[key] === value
  const among = (key: string, values: readonly string[]) =>
    textOf(query[key]) === null ||
    String(query[key])
      .split(',')
      .some((wanted) => values.includes(wanted))
  const atLeast = (key: string, value: number) => typeof query[key] !== 'number' || value >= query[key]
  const atMost = (key: string, value: number) => typeof query[key] !== 'number' || value <= query[key]

  return (
    named('id', conversation.id) &&
    named('contactId', conversation.contactId) &&
    named('lastMessageType', summary.lastMessageType) &&
    named('lastMessageDirection', last?.direction) &&
    named('lastMessageAction', lastOutbound && (isManual(lastOutbound) ? 'manual' : 'automated')) &&
    among('assignedTo', [contact?.assignedTo ?? 'unassigned']) &&
    among('followers', conversation.followers) &&
    among('mentions', conversation.mentions) &&
    hasStatus(textOf(query['status']), summary, now) &&
    atLeast('startDate', conversation.createdAt) &&
    atMost('endDate', conversation.createdAt) &&
    atLeast('scoreProfileMin', conversation.score) &&
    atMost('scoreProfileMax', conversation.score) &&
    matchesText(textOf(query['query']), summary)
  )
}

function hasStatus(status: string | null, { conversation, lastMessageDate }: Summary, now: number): boolean {
  if (status === 'read') return conversation.unreadCount === 0
  if (status === 'unread') return conversation.unreadCount > 0
  if (status === 'starred') return conversation.starred
  return status !== 'recents' || lastMessageDate >= now - recently
}

/** Searches name, address and number. The text of messages is not searched. */
function matchesText(wanted: string | null, { contact }: Summary): boolean {
  if (wanted === null) return true
  const words = [contact?.firstName, contact?.lastName].filter((part) => part).join(' ')
  const text = [words, contact?.email, contact?.phone].join('\n').toLowerCase()
  return text.includes(wanted.trim().toLowerCase())
}
