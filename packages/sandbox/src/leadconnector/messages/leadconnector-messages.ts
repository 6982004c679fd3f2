import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { readQuery } from '../http/leadconnector-query.ts'
import { badRequest, invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { list, number, oneOf, optional, string, violations } from '../http/leadconnector-rules.ts'
import { type Json, numberOf, textOf } from '../leadconnector-json.ts'
import type { MessageRecord } from '../state/leadconnector-records.ts'
import { visibleMessages } from '../state/leadconnector-timeline.ts'
import { noConversation, noMessage } from './leadconnector-message-missing.ts'
import { isOfListType, listTypes } from './leadconnector-message-types.ts'
import { showMessage } from './leadconnector-message-view.ts'

const read = { family: 'conversations', scope: 'conversations/message.readonly' } as const

export const messageEndpoints: readonly LocationEndpoint[] = [
  { ...read, method: 'GET', path: '/conversations/:conversationId/messages', handle: listMessages },
  { ...read, method: 'GET', path: '/conversations/messages/:messageId', handle: getMessage },
]

function listMessages(call: LocationCall): Reply {
  const { location, params } = call
  const conversation = location.conversations.get(params['conversationId'] ?? '')
  if (!conversation || conversation.deleted) return noConversation(params['conversationId'])
  const types = textOf(call.query['type'])?.split(',')
  const query: Json = { ...readQuery(call.query, ['limit']), ...(types && { type: types }) }
  const broken = violations(
    {
      limit: optional(number(1)),
      lastMessageId: optional(string),
      type: optional(list(oneOf(...listTypes))),
    },
    query,
  )
  if (broken.length > 0) return invalid(broken)
  // Newest first; of two in one millisecond the later arrival comes first.
  const all = visibleMessages(conversation, call.now)
    .filter((message) => !types || types.some((type) => isOfListType(message.messageType, type)))
    .reverse()
  const cursor = call.state.settings.cursorRepeats ? null : textOf(call.query['lastMessageId'])
  const start = startAfter(all, cursor, conversation.messages)
  if (start === null) return badRequest(`Message does not exist with id ${cursor}`)
  const limit = Math.min(numberOf(query['limit']) ?? 20, 100)
  const page = all.slice(start, start + limit)
  return ok(shapeOf(call, page, call.state.settings.cursorRepeats || start + limit < all.length))
}

/** The cursor may be a message that the type filter hides: the page goes on where it would have stood. */
function startAfter(
  shown: readonly MessageRecord[],
  cursor: string | null,
  everything: readonly MessageRecord[],
): number | null {
  if (cursor === null) return 0
  const place = everything.findIndex(({ id }) => id === cursor)
  if (place < 0) return null
  const older = new Set(everything.slice(0, place).map(({ id }) => id))
  const next = shown.findIndex(({ id }) => older.has(id))
  return next < 0 ? shown.length : next
}

function shapeOf({ state, location, query }: LocationCall, page: readonly MessageRecord[], nextPage: boolean): Json {
  const messages: unknown[] = page.map((message) => showMessage(state, location, message))
  if (state.settings.brokenItems) {
    const first = messages[0] as Json | undefined
    if (first) messages[0] = { ...first, dateAdded: 'the day before yesterday' }
    messages.splice(1, 0, null)
  }
  const lastMessageId = page.at(-1)?.id ?? query['lastMessageId'] ?? ''
  const list = { lastMessageId, nextPage, messages }
  return state.settings.messageListShape === 'flat' ? list : { messages: list }
}

function getMessage(call: LocationCall): Reply {
  const { location, params, state } = call
  const message = location.messages.get(params['messageId'] ?? '')
  if (!message || message.visibleAt > call.now) return noMessage(params['messageId'])
  const shown = showMessage(state, location, message)
  return ok(state.settings.messageShape === 'flat' ? shown : { message: shown })
}
