import {
  type Answer,
  type Call,
  DecodeError,
  inOrder,
  isParleyError,
  isRecord,
  type Message,
  pathOf,
  type Query,
  type SendAttempt,
} from '@parley/core'
import {
  type AskedQuestion,
  answerOf,
  clockTolerance,
  findAnswer,
  type SentReader,
  withFallback,
} from '@parley/core/operations'
import type { Context } from './protocol.ts'
import { readControl } from './read/control.ts'
import { type ResponseReading, readMessage, readResponse } from './read/message.ts'
import type { AgentConversationMessagePayload } from './wire.ts'

/** What core needs to know about this vendor to reconcile a send. */
export const sentReader = ({ replyTimeout, settings }: Context): SentReader<ThreadMessage> => ({
  kinds: ['ask', 'reply'],
  longestRequest: Math.max(replyTimeout, settings.timeout),
  visibilityLag: 60_000,
  readThread: async (call, conversationId) => ({
    messages: await fetchThread(call, conversationId, 'asc'),
    isComplete: true,
  }),
  findConversations: findNewConversations,
  isOther,
  answerTo,
})

/** The vendor states the role of each message's author, but not which teammate wrote it. */
function isOther({ author }: Message, { kind }: SendAttempt): boolean {
  if (author.kind === 'unknown' || author.basis !== 'vendor') return false
  return kind === 'ask' ? author.kind !== 'contact' : author.kind === 'contact' || author.kind === 'agent'
}

/**
 * The contact's conversations that were opened when the question was asked. The id of a new one is unknown if the caller
 * aborts before the vendor responds.
 */
async function findNewConversations(call: Call, { contactId, startedAt }: SendAttempt): Promise<readonly string[]> {
  if (!contactId) return []
  const earliest = Date.parse(startedAt) - clockTolerance
  const query = { userId: contactId, page: 1, pageSize: 10, orderBy: 'createdAt', orderDirection: 'DESC' }
  const opened = await call.read({ path: '/conversations', query }, (body, reading) =>
    reading.items(isRecord(body) ? body['data'] : undefined, 'data', (raw) => ({
      id: reading.id(raw),
      createdAt: reading.time(raw, 'createdAt'),
    })),
  )
  return opened.filter(({ createdAt }) => !createdAt || Date.parse(createdAt) >= earliest).map(({ id }) => id)
}

/** Does not wait: an answer that does not exist yet is `pending`. */
async function answerTo(
  call: Call,
  attempt: SendAttempt,
  _question: ThreadMessage | null,
  thread: { messages: readonly ThreadMessage[] } | undefined,
): Promise<Answer> {
  const asked: AskedQuestion = { call, attempt }
  const questionId = attempt.messageId as string
  const answer = thread && findAnswer(thread.messages, questionId)
  if (answer) return answered(asked, answer)
  try {
    const conclusion = await concluded(asked, await fetchResponse(asked))
    if (conclusion) return conclusion
  } catch (error) {
    // The deployment lacks this endpoint, or the endpoint fails. The thread has no answer, so that is the result.
    if (!isParleyError(error)) throw error
  }
  return answerOf(asked, (await isWithOperator(asked)) ? 'unanswered' : 'pending')
}

/** Every question is sent in a conversation, so its send attempt has the id when the answer is read. */
type PlacedAttempt = SendAttempt & { conversationId: string }

/** The result for a message that is the answer. A message without text counts as no answer. */
export function answered(asked: AskedQuestion, message: ThreadMessage): Answer {
  if (message.author.kind === 'operator')
    asked.call.reading.warn('degraded', 'A person answered instead of the agent.', { path: 'message.senderRole' })
  return answerOf(asked, message.text ? 'answered' : 'unanswered', message)
}

/** @param error the vendor’s explanation. It may quote a customer, so only `raw` contains it. */
function failed(asked: AskedQuestion, message: ThreadMessage | null, error: string | null): Answer {
  const text = 'The agent failed to answer; with the option raw, this warning contains the vendor’s explanation.'
  asked.call.reading.warn('degraded', text, { path: 'error', raw: error })
  return answerOf(asked, 'failed', message)
}

/** "Get response for a message": one poll. */
export function fetchResponse({ call, attempt }: AskedQuestion): Promise<ResponseReading> {
  const { conversationId, messageId } = attempt as PlacedAttempt
  const path = pathOf`/conversations/${conversationId}/messages/${messageId as string}/response-on`
  return call.read({ path }, (body, reading) => readResponse(body, reading, conversationId))
}

/** The result of a response. `undefined`: the response is still pending. */
export async function concluded(asked: AskedQuestion, response: ResponseReading): Promise<Answer | undefined> {
  const { status, message, error } = response
  if (status === 'pending') return undefined
  if (status === 'failed') return failed(asked, message, error)
  if (message && message.author.kind !== 'contact') return answered(asked, message)
  // The response is complete but has no text. The thread may have it.
  return (await answerInThread(asked)) ?? answerOf(asked, 'unanswered')
}

/** The answer in the thread. `undefined` if there is none, or if the thread cannot be read. */
export async function answerInThread(asked: AskedQuestion): Promise<Answer | undefined> {
  const { conversationId, messageId } = asked.attempt as PlacedAttempt
  if (messageId === null) return undefined
  return withFallback(undefined, async () => {
    const message = findAnswer(await fetchThread(asked.call, conversationId, 'asc'), messageId)
    return message && answered(asked, message)
  })
}

/** Whether a person is in control now, so that the agent does not answer. `false` if that cannot be read. */
export const isWithOperator = ({ call, attempt }: AskedQuestion): Promise<boolean> =>
  withFallback(false, () =>
    call.read(
      { path: pathOf`/conversations/${(attempt as PlacedAttempt).conversationId}` },
      (body, reading) => isRecord(body) && readControl(body, reading).holder === 'operator',
    ),
  )

/** The message in the response to a send. `null`: the vendor accepted the send, but its response cannot be read. */
export const readStored = (call: Call, body: unknown, conversationId: string): ThreadMessage | null =>
  call.reading.nested({ answer: body }, 'answer', (raw) => readMessage(raw, call.reading, conversationId)) ?? null

export type ThreadMessage = Message<AgentConversationMessagePayload>

/** "List messages": the whole thread, because the endpoint has neither pages nor filters. */
export async function fetchThread(
  call: Call,
  conversationId: string,
  order: 'asc' | 'desc',
  query: Query = {},
): Promise<ThreadMessage[]> {
  const spec = {
    path: pathOf`/conversations/${conversationId}/messages`,
    query: { ...query, orderDirection: order === 'asc' ? 'ASC' : 'DESC' },
  }
  const thread = await call.read(spec, (body, reading) => {
    if (!isRecord(body)) throw new DecodeError('messages')
    return reading.items(body['messages'], 'messages', (raw) => readMessage(raw, reading, conversationId))
  })
  return inOrder(thread, order, 'createdAt')
}
