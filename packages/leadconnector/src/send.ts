import {
  type Call,
  type Channel,
  type Conversation,
  checkId,
  invalid,
  isParleyError,
  isRecord,
  type RequestSpec,
  type Sent,
  type Target,
  type Term,
} from '@parley/core'
import { deliver, isOutcomeUnknown, type OutgoingMessage, timeToSend } from '@parley/core/operations'
import { sizes } from './capabilities.ts'
import { readOne } from './conversations.ts'
import type { SourceCache } from './generations.ts'
import { type LeadConnectorMessage, readBareMessage, readMessagePage } from './message-list.ts'
import type { Context } from './protocol.ts'
import { sentReader } from './reconcile.ts'

/** Sends a message of the business once, and reads the stored message. `POST /conversations/messages`. */
export const deliverMessage = (
  context: Context,
  cache: SourceCache,
  call: Call,
  body: object,
  outgoing: OutgoingMessage,
): Promise<Sent> =>
  deliver(call, sentReader(context, cache), outgoing, async () => {
    const sent = await send(context, call, body)
    if ('unknown' in sent) return undefined
    // The caller gets the ids before the message is read.
    await outgoing.update(sent, 'answer')
    return { ...sent, message: await readSent(context, call, sent.messageId) }
  })

/**
 * The schema requires `subType` and `status`, but the vendor accepts messages without them. If the vendor refuses a message
 * because of `status` (a 400 or 422, so nothing was sent), it is sent once more with a `status`.
 */
async function send(context: Context, call: Call, body: object): ReturnType<typeof sendMessage> {
  const spec = (content: object) =>
    context.spec('conversations', { method: 'POST', path: '/conversations/messages', body: content })
  try {
    return await sendMessage(context, call, spec(body))
  } catch (error) {
    const wantsStatus =
      isParleyError(error) &&
      (error.status === 422 || error.status === 400) &&
      error.fields?.some((field) => field.path === 'status')
    if (!wantsStatus || 'status' in body) throw error
    return sendMessage(context, call, spec({ ...body, status: 'pending' }))
  }
}

/** Reads the sent message, because the answer to a send has only ids. If this read fails, the message is still sent. */
async function readSent(context: Context, call: Call, messageId: string): Promise<LeadConnectorMessage | null> {
  try {
    return await readBareMessage(context, call, messageId)
  } catch {
    call.reading.warn('degraded', 'The message was accepted, but could not be read back.')
    return null
  }
}

/** What the vendor's answer says about an accepted message. */
export interface Accepted {
  messageId: string
  conversationId: string | undefined
}

/**
 * Sends a message. It is sent again only if it certainly did not arrive.
 *
 * @returns `unknown` if the message may or may not have arrived: no response in time, a broken connection, a fault, or a
 * successful answer without the id that every stored message has.
 * @throws every error after which the message certainly did not arrive.
 */
export async function sendMessage(
  { settings }: Context,
  call: Call,
  spec: RequestSpec,
): Promise<Accepted | { unknown: unknown }> {
  try {
    const attemptTimeout = timeToSend(call, settings.attemptTimeout)
    const { body } = await call.request({ ...spec, attemptTimeout })
    const messageId = isRecord(body) ? body['messageId'] : undefined
    if (!isRecord(body) || typeof messageId !== 'string' || messageId === '') return { unknown: undefined }
    const { conversationId } = body
    return { messageId, conversationId: typeof conversationId === 'string' ? conversationId : undefined }
  } catch (error) {
    if (isOutcomeUnknown(error)) return { unknown: error }
    throw error
  }
}

/** The addresses of the attached files. `undefined` if there are none, because the vendor refuses an empty list. */
export const urlsOf = (attachments: readonly { url: string }[]): string[] | undefined =>
  attachments.length > 0 ? attachments.map(({ url }) => url) : undefined

/** The text of a message, which needs a text or a file. */
export function checkMessageText(call: Call, text: unknown, hasOther: boolean): string | undefined {
  if (typeof text === 'string' && text.trim() !== '') return text
  if (hasOther && (text === undefined || text === '')) return undefined
  throw invalid(call, 'text', 'must be a non-empty string')
}

/** The recipient of a message, and the vendor's type for its channel. */
export interface Recipient<Type extends string> {
  conversationId: string
  contactId: string | undefined
  type: Type
}

/** Maps a channel to the vendor's type for one direction. `undefined`: the channel cannot be sent over. */
type TypeOf<Type extends string> = (channel: Channel | 'unknown', native?: unknown) => Type | undefined

interface Wanted<Type extends string> {
  /** The channel that the caller chose. It overrides every other source. */
  channel: Channel | undefined
  type: Type | undefined
  typeOf: TypeOf<Type>
  /** Whether the request must name the contact. */
  needsContact: boolean
  /** For a conversation without messages. Default: the channel that the vendor guesses from the contact's addresses. */
  whenEmpty?: Type
}

/**
 * Finds the recipient and the channel of a conversation: in the entity, or else by reading the conversation. If its last
 * message has no channel (a note, an activity), by reading the latest messages.
 */
export async function recipientOf<Type extends string>(
  context: Context,
  call: Call,
  target: Target<Conversation>,
  wanted: Wanted<Type>,
): Promise<Recipient<Type>> {
  const conversationId = checkId(call, target, 'conversation')
  const given = wanted.type ?? typeOfInput(call, wanted)
  let conversation = typeof target === 'object' ? target : undefined
  const lacks = () =>
    (wanted.needsContact && !conversation?.contact?.id) ||
    (given ?? fromChannel(conversation?.channel, wanted)) === undefined
  if (lacks()) conversation = await readOne(context, call, conversationId)
  const type =
    given ??
    (conversation?.lastMessage === null ? wanted.whenEmpty : undefined) ??
    fromChannel(conversation?.channel, wanted) ??
    (await fromMessages(context, call, conversationId, wanted))
  const contactId = conversation?.contact?.id ?? undefined
  if (wanted.needsContact && contactId === undefined) {
    throw invalid(call, 'conversation', 'has no contact to send a message to')
  }
  return { conversationId, contactId, type }
}

/** @throws InvalidRequestError for a channel that cannot be sent over. */
export function typeOfInput<Type extends string>(call: Call, { channel, typeOf }: Wanted<Type>): Type | undefined {
  if (channel === undefined) return undefined
  const type = typeOf(channel)
  if (type === undefined) throw invalid(call, 'channel', 'is not a channel that this vendor can send messages over')
  return type
}

const fromChannel = <Type extends string>(channel: Term<Channel> | undefined, { typeOf }: Wanted<Type>) =>
  channel && typeOf(channel.value, channel.native)

async function fromMessages<Type extends string>(
  context: Context,
  call: Call,
  conversationId: string,
  wanted: Wanted<Type>,
): Promise<Type> {
  const limit = sizes.messages.default
  const { items } = await readMessagePage(context, call, { conversationId, limit })
  for (const { channel } of items) {
    const type = fromChannel(channel, wanted)
    if (type !== undefined) return type
  }
  if (items.length === 0 && wanted.whenEmpty !== undefined) return wanted.whenEmpty
  throw invalid(call, 'channel', 'is required: the conversation does not show its contact’s channel')
}
