import { parseInstant } from '../kit/clock.ts'
import {
  badRequest,
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
import { exportChannels, isExported } from './message-types.ts'
import { showMessage } from './messages.ts'
import { type Json, type MessageRecord, numberOf, textOf } from './records.ts'

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

  const date = query['sortBy'] === 'updatedAt' ? 'updatedAt' : 'at'
  const sign = query['sortOrder'] === 'asc' ? 1 : -1
  const found = [...location.messages.values()]
    .filter((message) => message.visibleAt <= now && isWanted(query, message))
    .filter((message) => message[date] >= range.startDate && message[date] <= range.endDate)
    .sort((a, b) => sign * (a[date] - b[date] || (a.id < b.id ? -1 : 1)))
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
  const read = (value: unknown, fallback: number) => (textOf(value) === null ? fallback : parseInstant(String(value)))
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

interface Cursor {
  readonly lastId: string
  /** The time of issue. A cursor expires. */
  readonly at: number
}

function writeCursor(lastId: string, now: number): string {
  return btoa(`${now}:${lastId}`)
}

function readCursor(text: string | null, now: number, lifetimeMs: number): Cursor | null | 'expired' | 'unreadable' {
  if (text === null) return null
  try {
    const [at, lastId] = atob(text).split(':')
    if (!lastId || !Number.isFinite(Number(at))) return 'unreadable'
    return now - Number(at) > lifetimeMs ? 'expired' : { lastId, at: Number(at) }
  } catch {
    return 'unreadable'
  }
}
