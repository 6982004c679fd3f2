import { parseInstant } from '../../kit/parse-instant.ts'
import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { readQuery } from '../http/leadconnector-query.ts'
import { badRequest, invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { needed, number, oneOf, optional, type Shape, string, violations } from '../http/leadconnector-rules.ts'
import { type Json, numberOf, textOf } from '../leadconnector-json.ts'
import type { MessageRecord } from '../state/leadconnector-records.ts'
import { readCursor, writeCursor } from './leadconnector-export-cursor.ts'
import { exportChannels, isExported } from './leadconnector-message-types.ts'
import { showMessage } from './leadconnector-message-view.ts'

export const exportEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'GET',
    path: '/conversations/messages/export',
    family: 'conversations',
    scope: 'conversations/message.readonly',
    handle: exportMessages,
  },
]

const shape: Shape = {
  locationId: needed(string),
  limit: optional(number(10, 500)),
  sortBy: optional(oneOf('createdAt', 'updatedAt')),
  sortOrder: optional(oneOf('asc', 'desc')),
  channel: optional(oneOf(...exportChannels)),
}

function exportMessages(call: LocationCall): Reply {
  const { state, location, now } = call
  const query = readQuery(call.query, ['limit'])
  const broken = violations(shape, query)
  const range = rangeOf(query)
  for (const key of ['startDate', 'endDate'] as const) {
    if (Number.isNaN(range[key])) broken.push(`${key} must be a valid ISO 8601 date string`)
  }
  if (broken.length > 0) return invalid(broken)
  const cursor = readCursor(textOf(query['cursor']), now, state.settings.exportCursorMs)
  if (cursor === 'expired') return badRequest('Cursor has expired, please start again')
  if (cursor === 'unreadable') return badRequest('Invalid cursor')

  const dateOf = (message: MessageRecord) => (query['sortBy'] === 'updatedAt' ? message.updatedAt : message.at)
  const sign = query['sortOrder'] === 'asc' ? 1 : -1
  const found = [...location.messages.values()]
    .filter((message) => message.visibleAt <= now && isWanted(query, message))
    .filter((message) => dateOf(message) >= range.startDate && dateOf(message) <= range.endDate)
    .sort((a, b) => sign * (dateOf(a) - dateOf(b) || (a.id < b.id ? -1 : 1)))
  const repeats = state.settings.cursorRepeats
  const place = cursor && !repeats ? found.findIndex(({ id }) => id === cursor.lastId) + 1 : 0
  const end = place + (numberOf(query['limit']) ?? 100)
  const page = found.slice(place, end)
  const last = page.at(-1)
  const more = repeats || end < found.length
  return ok({
    messages: page.map((message) => showMessage(state, location, message)),
    nextCursor: last && more ? writeCursor(last.id, now) : null,
    total: found.length,
  })
}

function rangeOf(query: Json): { startDate: number; endDate: number } {
  const read = (value: unknown, absent: number) => (textOf(value) === null ? absent : parseInstant(String(value)))
  return {
    startDate: read(query['startDate'], Number.NEGATIVE_INFINITY),
    endDate: read(query['endDate'], Number.POSITIVE_INFINITY),
  }
}

function isWanted(query: Json, message: MessageRecord): boolean {
  const { conversationId, contactId } = query
  if (textOf(conversationId) !== null && message.conversationId !== conversationId) return false
  if (textOf(contactId) !== null && message.contactId !== contactId) return false
  return isExported(message.messageType, textOf(query['channel']))
}
