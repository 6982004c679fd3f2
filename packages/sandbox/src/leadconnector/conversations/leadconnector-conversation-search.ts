import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { readQuery } from '../http/leadconnector-query.ts'
import { invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { needed, number, oneOf, optional, type Shape, string, violations } from '../http/leadconnector-rules.ts'
import { numberOf } from '../leadconnector-json.ts'
import { matchesSearch } from './leadconnector-conversation-filters.ts'
import { pageOf, sortKeysOf, sortNames } from './leadconnector-conversation-order.ts'
import { type Summary, showFound, summarize } from './leadconnector-conversation-view.ts'

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
  // The total belongs to the query, not to what is left after the cursor.
  return ok({ conversations, total: found.length })
}
