import {
  type Answer,
  type AskInput,
  amended,
  type Call,
  type ConversationTarget,
  checkInput,
  checkOptionalText,
  checkText,
  compact,
  flag,
  ignoreOptions,
  isParleyError,
  type ParleyError,
  pathOf,
  refuseAgentId,
  type SendOptions,
  vendorOptions,
} from '@parley/core'
import {
  type AskedQuestion,
  answerOf,
  askPlaceOf,
  awaitAnswer,
  beginSending,
  findAnswer,
  isOutcomeUnknown,
  type OutgoingMessage,
  readBack,
  timeToSend,
} from '@parley/core/operations'
import { checkFiles, uploadFiles } from './attachments.ts'
import { contextLength } from './capabilities.ts'
import { requestConversation } from './conversations.ts'
import type { Context } from './protocol.ts'
import {
  answered,
  answerInThread,
  concluded,
  fetchResponse,
  isWithOperator,
  readStored,
  sentReader,
  type ThreadMessage,
} from './reconcile.ts'

type Body = Record<string, unknown>

/** A question that was sent and has no answer yet. */
interface OpenQuestion extends AskedQuestion {
  conversationId: string
  outgoing: OutgoingMessage
}

/**
 * Asks as the contact. The question is sent without waiting, then polled; with `sync`, the sending request waits.
 *
 * @param operation the name that errors and warnings report.
 */
export async function ask(
  context: Context,
  target: ConversationTarget,
  askInput: AskInput,
  options: SendOptions | undefined,
  operation = 'messages.ask',
): Promise<Answer> {
  const call = context.begin(operation, options, { timeout: context.replyTimeout })
  const input = checkInput(call, askInput)
  const text = checkText(call, input.text, 'text')
  const { sync = false } = vendorOptions(call, input.vendor, { sync: flag })
  const background = checkOptionalText(call, input.context, 'context', contextLength)
  const files = checkFiles(call, input.attachments)
  const { conversationId: known, contactId } = askPlaceOf(call, target)
  refuseAgentId(call, input.agentId, context.known.agentId)
  ignoreOptions(call, input, ['channel'], 'questions are always asked over the API.')
  const given = { kind: 'ask', conversationId: known, contactId, text, after: input.after } as const
  const outgoing = await beginSending(call, options, given)
  const conversationId = known ?? (await openConversation(context, call, contactId as string))
  await outgoing.update({ conversationId }, 'answer')
  const { attempt } = outgoing
  const question: OpenQuestion = { call, conversationId, contactId, attempt, outgoing }
  let sent: Awaited<ReturnType<typeof send>>
  try {
    // A file belongs to a conversation, so it can only be uploaded once the conversation is open.
    const uploaded = await uploadFiles(call, conversationId, files)
    const body = compact<Record<string, unknown>>({ message: text, context: background, files: uploaded })
    sent = await send(context, question, body, sync)
  } catch (error) {
    if (isOutcomeUnknown(error)) return recover(context, question)
    throw known === null && isParleyError(error) ? inOpened(error, conversationId) : error
  }
  return sent.stored ? continueAsk(question, sent.stored, sent.sync) : recover(context, question)
}

/** The question was not sent, but its new conversation exists. */
const inOpened = (error: ParleyError, conversationId: string): ParleyError =>
  amended(error, {
    outcome: 'partly-done',
    conversationId,
    message: `${error.message} The conversation was opened: ask in it instead (conversationId).`,
  })

async function openConversation(context: Context, call: Call, contactId: string): Promise<string> {
  try {
    const body = { conversationUserId: contactId }
    const { id } = await requestConversation(context, call, { method: 'POST', path: '/conversations', body })
    return id
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error
    const said = 'The question was not sent, but an empty conversation may have been opened.'
    throw amended(error, { outcome: 'unknown', message: `${error.message} ${said}` })
  }
}

/**
 * @returns the message in the vendor's response; `null` if the message was accepted but the response cannot be read.
 */
async function send(
  { settings }: Context,
  { call, conversationId }: OpenQuestion,
  body: Body,
  sync: boolean,
): Promise<{ stored: ThreadMessage | null; sync: boolean }> {
  const post = async (path: string, most: number): Promise<ThreadMessage | null> => {
    const reply = await call.request({ method: 'POST', path, body, attemptTimeout: timeToSend(call, most) })
    return readStored(call, reply.body, conversationId)
  }
  if (!sync) {
    try {
      const path = pathOf`/conversations/${conversationId}/messages/async`
      return { stored: await post(path, settings.attemptTimeout), sync: false }
    } catch (error) {
      if (!isMissingCall(error)) throw error
      call.reading.warn(
        'degraded',
        'This deployment cannot accept a question without waiting for the answer; Parley asked in one request.',
      )
    }
  }
  return { stored: await post(pathOf`/conversations/${conversationId}/messages`, Number.POSITIVE_INFINITY), sync: true }
}

/**
 * An older deployment lacks this endpoint ("Send to agent, async"). A missing conversation is reported by name instead.
 */
const isMissingCall = (error: unknown): boolean =>
  isParleyError(error) &&
  (error.status === 405 || (error.status === 404 && !error.vendorCode?.startsWith('ENTITY_NOT_FOUND')))

/**
 * The author decides whether the response to the send is the stored question or already the reply. The documentation
 * calls both "Message".
 */
async function continueAsk(question: OpenQuestion, stored: ThreadMessage, sync: boolean): Promise<Answer> {
  const { attempt, outgoing } = question
  const isReply = stored.author.kind === 'agent' || stored.author.kind === 'operator' || stored.inReplyTo !== undefined
  await outgoing.update({ messageId: isReply ? stored.inReplyTo : stored.id }, 'answer')
  if (sync && isReply) return answered(question, stored)
  if (attempt.messageId === null) await outgoing.update({ messageId: stored.id }, 'answer')
  return waitForAnswer(question)
}

/**
 * The send got no response: reads the conversation, and waits for the answer if the question is there. Never sends
 * again.
 */
async function recover(context: Context, question: OpenQuestion): Promise<Answer> {
  const { attempt, call, outgoing } = question
  const found = await readBack({ call, reader: sentReader(context), attempt })
  if (!found) return answerOf(question, 'unknown')
  await outgoing.update({ messageId: found.message.id }, 'reading')
  const answer = findAnswer(found.thread.messages, found.message.id)
  return answer ? answered(question, answer) : waitForAnswer(question)
}

/**
 * The answer's endpoint may return a 404 until the answer exists. After this many 404s, the endpoint does not exist.
 */
const missesAllowed = 3
/** When to check whether a person is in control, in polls: after five seconds, then every half minute. */
const firstCheck = 3
const checkEvery = 6

function waitForAnswer(question: OpenQuestion): Promise<Answer> {
  const { call } = question
  let misses = 0
  const poll = async (): Promise<Answer | undefined> => {
    if (misses > missesAllowed) return answerInThread(question)
    try {
      return await concluded(question, await fetchResponse(question))
    } catch (error) {
      if (!isParleyError(error) || error.code !== 'not-found') throw error
      misses++
      return undefined
    }
  }
  return awaitAnswer(
    call,
    async (count) => {
      const answer = await poll()
      if (answer || count % checkEvery !== firstCheck || !(await isWithOperator(question))) return answer
      // The answer may have come just before the person did.
      return (await answerInThread(question)) ?? answerOf(question, 'unanswered')
    },
    () => answerOf(question, 'pending'),
  )
}
