import {
  amended,
  type Call,
  checkId,
  checkInput,
  checkOptionalText,
  checkText,
  compact,
  flag,
  ignoreOptions,
  isParleyError,
  isRecord,
  type Message,
  type MessageOperations,
  type MessageQuery,
  type OptionRules,
  type Page,
  type ParleyError,
  pathOf,
  type ReplyInput,
  type ReplyOptions,
  refuseSendAt,
  type Sent,
  type Target,
  vendorOptions,
} from '@parley/core'
import {
  askAs,
  beginSending,
  deliver,
  isOutcomeUnknown,
  reconcileAttempt,
  streamAs,
  streamOnce,
  timeToSend,
  type VisitorWays,
  wholeThread,
  withFallback,
} from '@parley/core/operations'
import { ask } from './ask.ts'
import { checkFiles, uploadFiles } from './attachments.ts'
import { createContacts } from './contacts.ts'
import { holderOf, setMode } from './control.ts'
import { createConversations } from './conversations.ts'
import type { AgentConversationVendorOptions } from './options.ts'
import { type Context, refusalOf } from './protocol.ts'
import { readControl } from './read/control.ts'
import { fetchThread, readStored, sentReader, type ThreadMessage } from './reconcile.ts'
import type { AgentConversationMessagePayload } from './wire.ts'

/**
 * `ask` and `reply` upload files that have `content`. `stream` yields the answer in one piece, because the vendor does
 * not stream.
 */
export type AgentConversationMessages = Pick<
  MessageOperations<Message<AgentConversationMessagePayload>>,
  'list' | 'ask' | 'stream' | 'reply' | 'reconcile'
>

export const createMessages = (context: Context): AgentConversationMessages => ({
  list: (target, query, options) =>
    context.list(
      'messages.list',
      query,
      options,
      async (call, query, cursor) => listMessages(call, checkId(call, target, 'conversation'), query, cursor),
      target,
    ),
  ask: (target, input, options) =>
    askAs(context, [target, input, options], visitorWays(context), (...asked) => ask(context, ...asked)),
  stream: (target, input, options) =>
    streamAs(context, [target, input, options], visitorWays(context), (...asked) =>
      streamOnce(context, () => ask(context, ...asked, 'messages.stream')),
    ),
  reply: (target, input, options) => reply(context, target, input, options),
  reconcile: async (attempt, options) =>
    reconcileAttempt(context.begin('messages.reconcile', options), sentReader(context), attempt, options),
})

const visitorWays = (context: Context): VisitorWays => ({
  ensure: createContacts(context).ensure,
  open: (contact, options) => createConversations(context).create({ contact }, options),
})

const ownOptions: OptionRules<AgentConversationVendorOptions['messages.list']> = { withFeedbacks: flag }

/** Everything is one page unless a limit is given; then Parley splits the thread. */
async function listMessages(
  call: Call,
  conversationId: string,
  query: MessageQuery,
  cursor: string | undefined,
): Promise<Page<ThreadMessage>> {
  const { withFeedbacks } = vendorOptions(call, query.vendor, ownOptions)
  const { order, pageOf } = wholeThread(call, query, cursor)
  const thread = await fetchThread(call, conversationId, order, {
    shouldIncludeFeedbacks: withFeedbacks ? true : undefined,
  })
  return pageOf(thread)
}

/** "Send to user in manual mode": as an operator. */
async function reply(
  context: Context,
  target: Target<{ id: string }>,
  replyInput: ReplyInput,
  options: ReplyOptions | undefined,
): Promise<Sent> {
  const call = context.begin('messages.reply', options)
  const conversationId = checkId(call, target, 'conversation')
  const input = checkInput(call, replyInput)
  const text = checkText(call, input.text, 'text')
  vendorOptions(call, input.vendor, {})
  refuseSendAt(call, input)
  const files = checkFiles(call, input.attachments)
  const known = {
    message: text,
    conversationMessageId: checkOptionalText(call, input.inReplyTo, 'inReplyTo'),
    authorId: checkOptionalText(call, input.operatorId, 'operatorId') ?? context.settings.operatorId,
  }
  ignoreOptions(call, input, ['html', 'subject', 'channel'], 'it sends plain text over the conversation’s own channel.')
  const body = compact<Record<string, unknown>>({
    ...known,
    files: await uploadFiles(call, conversationId, files),
  })
  const given = { kind: 'reply', conversationId, text, after: input.after, operatorId: known.authorId } as const
  return deliver(call, sentReader(context), await beginSending(call, options, given), async () => {
    const { attemptTimeout } = context.settings
    const path = pathOf`/conversations/${conversationId}/send-manual-message`
    const takesOver = options?.takeOver === 'if-needed' && (await holderOf(call, conversationId)) !== 'operator'
    if (takesOver) await setMode(call, conversationId, 'manual')
    try {
      const spec = { method: 'POST', path, body, attemptTimeout: timeToSend(call, attemptTimeout) } as const
      const message = readStored(call, (await call.request(spec)).body, conversationId)
      return { message, messageId: message?.id }
    } catch (error) {
      if (isOutcomeUnknown(error)) throw error
      const refusal = await explainRefusal(call, conversationId, error)
      throw takesOver && isParleyError(refusal) ? afterTakeOver(refusal) : refusal
    }
  })
}

/** The take-over is not undone: an operator may have begun to answer since, and would lose the conversation to the agent. */
const afterTakeOver = (refusal: ParleyError): ParleyError =>
  amended(refusal, {
    outcome: 'partly-done',
    message: `${refusal.message} The conversation was taken over before, so the agent stays silent until control.release.`,
  })

/**
 * The vendor refuses a reply with an empty 400 both when the agent is in control and in a call ("Send to user in manual
 * mode"). The conversation shows which of the two it is.
 *
 * @returns the error to throw: the original one, if the cause is something else.
 */
async function explainRefusal(call: Call, conversationId: string, error: unknown): Promise<unknown> {
  if (!isParleyError(error) || error.status !== 400 || error.fields?.length) return error
  const state = await stateOf(call, conversationId)
  // Manual mode and not a call: the cause is something else, which the vendor may name.
  if (state === 'operator' && (error.vendorCode ?? error.vendorMessage) !== undefined) return error
  return refusalOf(call, 'conflict', sentences[state], error)
}

type State = 'voice' | 'agent' | 'operator' | 'unknown'

const sentences: Readonly<Record<State, string>> = {
  voice: 'a voice conversation accepts no text messages.',
  agent:
    'the agent is in control. Reply with the option takeOver: "if-needed", or take over first (control.takeOver); the agent then stops answering.',
  operator: 'control may just have changed; try again.',
  unknown:
    'reply with the option takeOver: "if-needed", or take over first (control.takeOver). A voice conversation accepts no text messages.',
}

const stateOf = (call: Call, conversationId: string): Promise<State> =>
  withFallback<State>('unknown', () =>
    call.read({ path: pathOf`/conversations/${conversationId}` }, (body, reading): State => {
      if (!isRecord(body)) return 'unknown'
      return reading.text(body, 'aiCallId') ? 'voice' : readControl(body, reading).holder
    }),
  )
