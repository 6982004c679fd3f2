import {
  type Call,
  type Conversation,
  checkId,
  checkLimit,
  DecodeError,
  decodeCursor,
  encodeCursor,
  endless,
  flag,
  inOrder,
  invalid,
  isParleyError,
  isRecord,
  type Message,
  type MessageQuery,
  type OptionRules,
  type Page,
  type Payload,
  type PayloadReader,
  pathOf,
  type Target,
  vendorOptions,
} from '@parley/core'
import { sizes } from './capabilities.ts'
import { orderOf, someTexts } from './conversation-list.ts'
import type { LeadConnectorMessageListOptions } from './options.ts'
import { type Context, unwrap } from './protocol.ts'
import { addEmail, readEmail, readMessage } from './read/message.ts'
import type { LeadConnectorEmailPayload, LeadConnectorMessagePayload } from './wire.ts'

export async function listMessages(
  context: Context,
  call: Call,
  conversation: Target<Conversation>,
  query: MessageQuery,
  cursor: string | undefined,
): Promise<Page<LeadConnectorMessage>> {
  const thread: Thread = {
    conversationId: checkId(call, conversation, 'conversation'),
    ...optionsOf(call, query),
  }
  const page =
    orderOf(call, query.order) === 'asc'
      ? await oldestFirst(context, call, thread, query, cursor)
      : await newestFirst(context, call, thread, query, cursor)
  if (thread.emailBodies) await addEmailBodies(context, call, page.items)
  return page
}

interface Thread {
  conversationId: string
  types: string | undefined
  emailBodies: boolean
}

function optionsOf(call: Call, query: MessageQuery): Pick<Thread, 'types' | 'emailBodies'> {
  const { types, emailBodies = false } = vendorOptions(call, query.vendor, ownOptions)
  return { types: types?.join(','), emailBodies }
}

const ownOptions: OptionRules<LeadConnectorMessageListOptions> = { types: someTexts, emailBodies: flag }

async function newestFirst(
  context: Context,
  call: Call,
  thread: Thread,
  query: MessageQuery,
  cursor: string | undefined,
): Promise<Page<LeadConnectorMessage>> {
  const limit = checkLimit(call, query.limit, sizes.messages)
  const lastMessageId = cursor === undefined ? undefined : decodeCursor(cursor, idIn('lastMessageId'))
  const { items, next } = await readMessagePage(context, call, { ...thread, lastMessageId, limit })
  return { items, next: next === null ? null : encodeCursor({ lastMessageId: next }), warnings: call.reading.warnings }
}

/**
 * The vendor lists newest first only. So the thread is read from its newest message down to the end of the previous
 * page (at first: to its beginning) and reversed. The cursor is the last returned message, which new messages do not
 * shift.
 */
async function oldestFirst(
  context: Context,
  call: Call,
  thread: Thread,
  query: MessageQuery,
  cursor: string | undefined,
): Promise<Page<LeadConnectorMessage>> {
  const limit = query.limit === undefined ? undefined : checkLimit(call, query.limit, sizes.messages)
  const after = cursor === undefined ? undefined : decodeCursor(cursor, idIn('after'))
  const newer = await readDownTo(context, call, thread, after)
  const items = newer.reverse()
  const how =
    limit === undefined ? 'Parley read the whole thread at once' : 'each page reads the thread from its newest message'
  call.reading.warn('degraded', `The vendor lists messages newest first only; to reverse the order, ${how}.`)
  const page = limit === undefined ? items : items.slice(0, limit)
  const last = page.at(-1)
  const next = last && page.length < items.length ? encodeCursor({ after: last.id }) : null
  return { items: page, next, warnings: call.reading.warnings }
}

/** The messages newer than a given one, newest first. */
async function readDownTo(
  context: Context,
  call: Call,
  thread: Thread,
  after: string | undefined,
): Promise<LeadConnectorMessage[]> {
  const messages = new Map<string, LeadConnectorMessage>()
  const cursors = new Set<string>()
  for (let lastMessageId: string | undefined; ; ) {
    const page = await readMessagePage(context, call, { ...thread, lastMessageId, limit: sizes.messages.max })
    for (const message of page.items) {
      if (message.id === after) return [...messages.values()]
      messages.set(message.id, message)
    }
    if (page.next === null) break
    if (cursors.has(page.next)) throw endless(call)
    cursors.add(page.next)
    lastMessageId = page.next
  }
  if (after === undefined) return [...messages.values()]
  throw invalid(call, 'cursor', 'points at a message that is not in this conversation')
}

const idIn =
  (key: string) =>
  (state: unknown): string | undefined => {
    const id = isRecord(state) ? state[key] : undefined
    return typeof id === 'string' && id !== '' ? id : undefined
  }

/**
 * One message with its body. Emails have their own ids beside the message's (`message.email.ids`). An id that is not a
 * message's is looked up as an email's.
 */
export async function getMessage(context: Context, call: Call, id: string): Promise<LeadConnectorMessage> {
  let message: LeadConnectorMessage
  try {
    message = await readBareMessage(context, call, id)
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'not-found') throw error
    return readSingleEmail(context, call, id).catch((second) => {
      // If the other endpoint refuses the id for any reason, the id is unknown.
      throw isParleyError(second) && (second.code === 'not-found' || second.code === 'invalid-request') ? error : second
    })
  }
  await addEmailBody(context, call, message)
  return message
}

/** `GET /conversations/messages/{id}`: documented flat, wrapped in live answers. */
export const readBareMessage = (context: Context, call: Call, id: string): Promise<LeadConnectorMessage> =>
  call.read(context.spec('conversations', { path: pathOf`/conversations/messages/${id}` }), (body, reading) =>
    readMessage(reading.asked(unwrap(body, 'message'), id, 'conversationId'), reading),
  )

/** `raw` is a single email where `messages.get` was asked for one by the email's own id. */
export type LeadConnectorMessage = Message<LeadConnectorMessagePayload | LeadConnectorEmailPayload>

interface MessagePageRequest {
  conversationId: string
  lastMessageId?: string | undefined
  limit: number
  types?: string | undefined
}

/** One page of a thread, newest first. `next` is what the vendor's next page starts after. */
interface MessagePage {
  items: LeadConnectorMessage[]
  next: string | null
  /** Whether the vendor says that nothing older is there. */
  isLast: boolean
}

/** `GET /conversations/{conversationId}/messages`. */
export function readMessagePage(
  context: Context,
  call: Call,
  { conversationId, lastMessageId, limit, types }: MessagePageRequest,
): Promise<MessagePage> {
  const path = pathOf`/conversations/${conversationId}/messages`
  const spec = context.spec('conversations', { path, query: { limit, lastMessageId, type: types } })
  return call.read(spec, (body, reading) => {
    const page = pageIn(body)
    const items = reading.items(page['messages'], 'messages', (raw) => readMessage(raw, reading, conversationId))
    const raws = page['messages'] as unknown[]
    const next = nextOf(reading, page, raws, lastMessageId)
    // The order within a page is not promised.
    return { items: inOrder(items, 'desc', 'createdAt'), next, isLast: page['nextPage'] === false }
  })
}

/** The documents of some editions show the page flat; live answers nest it: `{ messages: { messages: [] } }`. */
function pageIn(body: unknown): Payload {
  if (!isRecord(body)) throw new DecodeError('')
  return isRecord(body['messages']) ? body['messages'] : body
}

/** Without a flag, the thread is read until a page is empty. */
function nextOf(
  reading: PayloadReader,
  page: Payload,
  raws: readonly unknown[],
  lastMessageId: string | undefined,
): string | null {
  const hasMore = page['nextPage']
  if (hasMore === false) return null
  if (raws.length > 0) {
    const last = lastIdOf(page, raws)
    return typeof hasMore !== 'boolean' && last === lastMessageId ? null : last
  }
  if (hasMore !== true) return null
  const last = page['lastMessageId']
  if (typeof last === 'string' && last !== '' && last !== lastMessageId) return last
  reading.warn(
    'degraded',
    `${reading.vendor} reports more messages but sent none; the rest are missing from this list.`,
  )
  return null
}

function lastIdOf(page: Payload, raws: readonly unknown[]): string {
  const last = raws.findLast((raw) => isRecord(raw) && typeof raw['id'] === 'string')
  const id = page['lastMessageId'] ?? (isRecord(last) ? last['id'] : undefined)
  if (typeof id === 'string' && id !== '') return id
  throw new DecodeError('lastMessageId')
}

/** How many emails are read at a time: enough to be fast, few enough to leave room in the rate limit. */
const atATime = 4

/** `GET /conversations/messages/email/{id}`; the id is one of `email.ids`, not the message's. */
const readSingleEmail = (context: Context, call: Call, id: string): Promise<LeadConnectorMessage> =>
  call.read(emailSpec(context, id), (body, reading) =>
    readEmail(reading.asked(unwrap(body, 'emailMessage', 'message'), id, 'conversationId'), reading),
  )

/**
 * Adds the body, subject and addresses of a message's newest email. The older emails of its thread are read by their
 * own ids. Does nothing if the message is not an email or already has a body.
 */
export async function addEmailBody(context: Context, call: Call, message: LeadConnectorMessage): Promise<void> {
  const id = message.email?.ids?.at(-1)
  if (message.type.value !== 'email' || message.text !== undefined || id === undefined) return
  await call.read(emailSpec(context, id), (body, reading) =>
    addEmail(message, unwrap(body, 'emailMessage', 'message'), reading),
  )
}

/** The same for a page. If an email is missing or unreadable, its message has no body, and a warning says so. */
export async function addEmailBodies(
  context: Context,
  call: Call,
  messages: readonly LeadConnectorMessage[],
): Promise<void> {
  const emails = messages.filter(({ type }) => type.value === 'email').values()
  const work = async () => {
    for (const message of emails) {
      try {
        await addEmailBody(context, call, message)
      } catch (error) {
        const isOneEmail =
          isParleyError(error) && (error.code === 'not-found' || error.code === 'response' || error.status === 404)
        if (!isOneEmail) throw error
        call.reading.warn('degraded', 'The body of an email could not be read; it is missing from the message.')
      }
    }
  }
  await Promise.all(Array.from({ length: atATime }, work))
}

const emailSpec = (context: Context, id: string) =>
  context.spec('conversations', { path: pathOf`/conversations/messages/email/${id}` })
