import {
  anyOf,
  type Call,
  checkInput,
  checkOptionalText,
  checkText,
  errorOf,
  ignoreOptions,
  isRecord,
  type Message,
  type MessageOperations,
  type MessageQuery,
  type Page,
  type ParleyError,
  pathOf,
  type ReplyInput,
  refuseSendAt,
  type SendOptions,
  type Sent,
  type Target,
  vendorOptions,
} from '@parley/core'
import {
  askAs,
  beginSending,
  deliver,
  reconcileAttempt,
  streamAs,
  timeToSend,
  type VisitorWays,
  wholeThread,
} from '@parley/core/operations'
import { ask, messageTypeOf } from './ask.ts'
import { createContacts } from './contacts.ts'
import { createConversations } from './conversations.ts'
import { type Context, conversationIdOf } from './protocol.ts'
import { readReply } from './read/message.ts'
import { fetchThread, sentReader, type ThreadMessage } from './reconcile.ts'
import { stream } from './stream.ts'
import type { LiveChatAIMessagePayload, LiveChatAIReplyPayload } from './wire.ts'

/**
 * `ask` has a default timeout of two minutes, because the vendor answers within the request. `reply` needs an
 * `operatorId`, in the input or in the configuration. `stream` streams only with the option `streaming`; otherwise the answer arrives in one
 * piece.
 */
export type LiveChatAIMessages = Pick<
  MessageOperations<Message<LiveChatAIMessagePayload>>,
  'list' | 'ask' | 'stream' | 'reply' | 'reconcile'
>

export const createMessages = (context: Context): LiveChatAIMessages => ({
  list: (target, query, options) =>
    context.list(
      'messages.list',
      query,
      options,
      async (call, query, cursor) => listMessages(call, conversationIdOf(call, target), query, cursor),
      target,
    ),
  ask: (target, input, options) =>
    askAs(context, [target, input, options], visitorWays(context), (...asked) => ask(context, ...asked)),
  stream: (target, input, options) =>
    streamAs(context, [target, input, options], visitorWays(context), (...asked) => stream(context, ...asked)),
  reply: (target, input, options) => reply(context, target, input, options),
  reconcile: async (attempt, options) =>
    reconcileAttempt(context.begin('messages.reconcile', options), sentReader(context), attempt, options),
})

const visitorWays = (context: Context): VisitorWays => ({
  ensure: createContacts(context).ensure,
  open: (contact, options) => createConversations(context).create({ contact }, options),
})

/** Everything is one page unless a limit is given; then Parley splits the thread. */
async function listMessages(
  call: Call,
  conversationId: string,
  given: MessageQuery,
  cursor: string | undefined,
): Promise<Page<ThreadMessage>> {
  const query = checkInput(call, given)
  vendorOptions(call, query.vendor, {})
  const { order, pageOf } = wholeThread(call, query, cursor)
  const { messages } = await fetchThread(call, conversationId)
  return pageOf(order === 'desc' ? messages.reverse() : messages)
}

/** As a teammate: "conversations/reply". */
async function reply(
  context: Context,
  target: Target<{ id: string }>,
  replyInput: ReplyInput,
  options: SendOptions | undefined,
): Promise<Sent> {
  const call = context.begin('messages.reply', options)
  const conversationId = conversationIdOf(call, target)
  const input = checkInput(call, replyInput)
  const text = checkText(call, input.text, 'text')
  refuseSendAt(call, input)
  const own = vendorOptions(call, input.vendor, { messageType: anyOf('TEXT', 'IMAGE') })
  const messageType = messageTypeOf(call, own.messageType, text, input.attachments)
  const userId = checkOptionalText(call, input.operatorId, 'operatorId')?.trim() || context.settings.operatorId
  if (userId === undefined) throw nobody(call)
  ignoreOptions(
    call,
    input,
    ['html', 'subject', 'channel', 'inReplyTo'],
    'it sends plain text over the conversation’s own channel.',
  )
  const given = { kind: 'reply', conversationId, text, after: input.after, operatorId: userId } as const
  return deliver(call, sentReader(context), await beginSending(call, options, given), async () => {
    const path = pathOf`/conversations/${conversationId}/reply`
    const attemptTimeout = timeToSend(call, context.settings.attemptTimeout)
    const body = { message: text, userId, messageType }
    const answer = await call.request({ method: 'POST', path, body, attemptTimeout })
    return readSaid(call, answer.body, conversationId)
  })
}

/** The vendor accepted the message, whatever its response contains. */
function readSaid(
  call: Call,
  body: unknown,
  conversationId: string,
): { message: Message<LiveChatAIReplyPayload> | null; messageId: string | null } {
  const { reading } = call
  const data = isRecord(body) && isRecord(body['data']) ? body['data'] : {}
  const message = reading.nested(data, 'message', (raw) => readReply(raw, reading, conversationId)) ?? null
  return { message, messageId: message?.id ?? (reading.text(data, 'messageId') || null) }
}

const nobody = (call: Call): ParleyError => {
  const said =
    'the replying teammate is missing. Pass operatorId or the option operatorId, or set the environment variable LIVECHATAI_OPERATOR_ID.'
  return errorOf(call, 'configuration', said, { fields: [{ path: 'operatorId', problem: 'is required for replying' }] })
}
