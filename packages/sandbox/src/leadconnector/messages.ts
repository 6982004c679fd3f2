import {
  badRequest,
  invalid,
  type LocationCall,
  type LocationEndpoint,
  list,
  number,
  ok,
  oneOf,
  optional,
  type Reply,
  readQuery,
  string,
  violations,
} from './http.ts'
import { codeOf, isOfListType, listTypes } from './message-types.ts'
import { iso, type Json, type MessageRecord, numberOf, textOf, withoutUndefined } from './records.ts'
import { type LocationState, type State, statusNow, visibleMessages } from './state.ts'

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
  // Newest first. Of two messages in one millisecond, the later arrival comes first.
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

/** The cursor may be a message that the type filter hides. The page then starts at that message's position. */
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

/** A message in the list, the single read and the export. */
export function showMessage(state: State, location: LocationState, message: MessageRecord): Json {
  const now = state.context.now()
  const isEmail = message.emailIds !== undefined
  const reconciledAt =
    message.status === 'pending' && message.deliveredAt !== undefined ? message.deliveredAt : message.at
  return withoutUndefined({
    id: message.id,
    altId: message.altId,
    type: message.typeCode ?? codeOf(message.messageType),
    messageType: message.messageType,
    locationId: location.id,
    contactId: message.contactId,
    conversationId: message.conversationId,
    dateAdded: message.isUndated ? undefined : iso(message.at),
    dateUpdated: message.isUndated
      ? undefined
      : iso(Math.max(message.updatedAt, reconciledAt <= now ? reconciledAt : 0)),
    // The text of an email has its own endpoint. The text of a call is its transcription.
    body: isEmail ? undefined : message.body,
    direction: message.direction,
    status: statusNow(message, now),
    contentType: message.contentType,
    attachments: message.attachments,
    meta: metaOf(state, message),
    source: message.source,
    userId: message.userId,
    conversationProviderId: message.conversationProviderId,
    chatWidgetId: message.chatWidgetId,
    from: isEmail ? undefined : message.from,
    to: isEmail ? undefined : message.to,
    mentions: message.mentions,
    error: message.error,
    activity: message.activity,
  })
}

function metaOf({ settings }: State, { call, emailIds, page }: MessageRecord): Json | undefined {
  if (call) {
    const { duration, status } = call
    return settings.callMeta === 'flat'
      ? { callDuration: String(duration), callStatus: status }
      : { call: { duration, status } }
  }
  const nest = (key: string, value: Json) => ({ [key]: settings.emailMeta === 'double' ? { [key]: value } : value })
  if (emailIds) return nest('email', { messageIds: emailIds })
  return page && nest(page.kind, { page_id: page.id, page_name: page.name })
}

export const noConversation = (id: unknown): Reply => badRequest(`Conversation with id ${id} not found`)
export const noMessage = (id: unknown): Reply => badRequest(`Message does not exist with id ${id}`)
export const noContact = (id: unknown): Reply => badRequest(`Contact not found for id: ${id}`)
