import {
  type AnswerPart,
  type AskInput,
  type AskTarget,
  type Call,
  checkInput,
  checkOptionalText,
  checkText,
  errorOf,
  ignoreOptions,
  type Message,
  type MessageOperations,
  type MessageQuery,
  type Page,
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
  type VisitorWays,
  wholeThread,
} from '@parley/core/operations'
import { ask, provideInput, refuseWhileWaiting } from './ask.ts'
import { createContacts } from './contacts.ts'
import { createConversations } from './conversations.ts'
import { type Context, threadIdOf } from './protocol.ts'
import { operatorKey, readMessage } from './read/message.ts'
import { type Found, fetchThread, sentReader } from './reconcile.ts'
import { stream } from './stream.ts'
import type { LangGraphMessagePayload } from './wire.ts'

/**
 * `ask` runs the assistant and waits for it, by default for up to five minutes. While the thread waits for a person, a
 * question is refused, because the server would answer it and drop what it waits for. `reply` adds a message of the
 * business to the thread's state; nobody delivers it but the application. Messages have no time: they come in the order of
 * the state.
 */
export interface LangGraphMessages
  extends Pick<
    MessageOperations<Message<LangGraphMessagePayload>>,
    'list' | 'ask' | 'provideInput' | 'reply' | 'reconcile'
  > {
  /** Does the same as `ask`, and yields the answer in parts. A stream cannot run in the background. */
  stream(
    conversation: AskTarget,
    input: AskInput & { vendor?: { langgraph?: { background?: never } } },
    options?: SendOptions,
  ): AsyncIterable<AnswerPart>
}

export const createMessages = (context: Context): LangGraphMessages => ({
  list: (target, query, options) =>
    context.list(
      'messages.list',
      query,
      options,
      async (call, own, cursor) => listMessages(context, call, threadIdOf(call, target), own, cursor),
      target,
    ),
  ask: (target, input, options) =>
    askAs(context, [target, input, options], visitorWays(context), (...asked) => ask(context, ...asked)),
  stream: (target, input, options) =>
    streamAs(context, [target, input, options], visitorWays(context), (...asked) => stream(context, ...asked)),
  provideInput: (target, input, options) => provideInput(context, target, input, options),
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
  context: Context,
  call: Call,
  conversationId: string,
  given: MessageQuery,
  cursor: string | undefined,
): Promise<Page<Found>> {
  const query = checkInput(call, given)
  vendorOptions(call, query.vendor, {})
  const { order, pageOf } = wholeThread(call, query, cursor)
  const { messages } = await fetchThread(context, call, conversationId)
  return pageOf(order === 'desc' ? messages.reverse() : messages)
}

/** As a person of the business: a message in the thread's state ("Update thread state"). */
async function reply(
  context: Context,
  target: Target<{ id: string }>,
  replyInput: ReplyInput,
  options: SendOptions | undefined,
): Promise<Sent> {
  const call = context.begin('messages.reply', options)
  const conversationId = threadIdOf(call, target)
  const input = checkInput(call, replyInput)
  const text = checkText(call, input.text, 'text')
  refuseSendAt(call, input)
  const { asNode } = vendorOptions(call, input.vendor, { asNode: checkText })
  const operatorId = checkOptionalText(call, input.operatorId, 'operatorId') ?? context.settings.operatorId
  if (input.attachments?.length)
    throw errorOf(call, 'unsupported', 'attachments cannot be sent: a reply is only text in the state of the thread.', {
      fields: [{ path: 'attachments', problem: 'cannot be sent with a reply' }],
    })
  ignoreOptions(call, input, ['html', 'subject', 'channel', 'inReplyTo'], 'a message of a thread has no such field.')
  refuseWhileWaiting(call, await fetchThread(context, call, conversationId))
  const messageId = crypto.randomUUID()
  const given = { kind: 'reply', conversationId, text, after: input.after, operatorId, mark: messageId } as const
  const payload = {
    type: 'ai',
    id: messageId,
    name: context.operatorName,
    content: text,
    ...(operatorId !== undefined && { additional_kwargs: { [operatorKey]: operatorId } }),
  }
  const values = { [context.messagesKey]: [payload] }
  return deliver(call, sentReader(context), await beginSending(call, options, given), async () => {
    const path = pathOf`/threads/${conversationId}/state`
    await call.request({ method: 'POST', path, body: { values, ...(asNode !== undefined && { as_node: asNode }) } })
    const message = readMessage(payload, call.reading, { conversationId, operatorName: context.operatorName }, 0)
    return { messageId, message }
  })
}
