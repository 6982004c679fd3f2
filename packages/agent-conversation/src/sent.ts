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
import { type Asked, answerIn, answerOf, clockTolerance, type SentReader } from '@parley/core/operations'
import type { Context } from './protocol.ts'
import { readControl } from './read/control.ts'
import { type ResponseReading, readMessage, readResponse } from './read/message.ts'
import type { AgentConversationMessagePayload } from './wire.ts'

/** What core needs to know about this vendor to reconcile a send. */
export const sentReader = ({ replyTimeout, settings }: Context): SentReader<Found> => ({
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
 * The conversations of a contact that were opened when the question was asked: the id of a new one is not known when
 * the caller gives up before the vendor has answered.
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

/** Nothing is waited for: an answer that is not there yet is `pending`. */
async function answerTo(
  call: Call,
  attempt: SendAttempt,
  _question: Found | null,
  thread: { messages: readonly Found[] } | undefined,
): Promise<Answer> {
  const asked: Asked = { call, attempt }
  const questionId = attempt.messageId as string
  const answer = thread && answerIn(thread.messages, questionId)
  if (answer) return answered(asked, answer)
  try {
    const conclusion = await concluded(asked, await fetchResponse(asked))
    if (conclusion) return conclusion
  } catch (error) {
    // A deployment without this call, or one that is out of order: the thread had no answer, and that stands.
    if (!isParleyError(error)) throw error
  }
  return answerOf(asked, (await isWithOperator(asked)) ? 'unanswered' : 'pending')
}

/** A question is sent into a conversation here, so that its attempt names one by the time an answer is looked for. */
type Placed = SendAttempt & { conversationId: string }

/** A message that is an answer; without a text it says nothing. */
export function answered(asked: Asked, message: Found): Answer {
  if (message.author.kind === 'operator')
    asked.call.reading.warn('degraded', 'A person answered instead of the agent.', { path: 'message.senderRole' })
  return answerOf(asked, message.text ? 'answered' : 'unanswered', message)
}

/** @param error the vendor's words; they may quote, so only `raw` has them. */
function failed(asked: Asked, message: Found | null, error: string | null): Answer {
  const text = 'The agent failed to answer; with the option raw, this warning contains the vendor’s explanation.'
  asked.call.reading.warn('degraded', text, { path: 'error', raw: error })
  return answerOf(asked, 'failed', message)
}

/** "Get response for a message": one look. */
export function fetchResponse({ call, attempt }: Asked): Promise<ResponseReading> {
  const { conversationId, messageId } = attempt as Placed
  const path = pathOf`/conversations/${conversationId}/messages/${messageId as string}/response-on`
  return call.read({ path }, (body, reading) => readResponse(body, reading, conversationId))
}

/** What a response that is no longer pending comes to; `undefined` while it is. */
export async function concluded(asked: Asked, response: ResponseReading): Promise<Answer | undefined> {
  const { status, message, error } = response
  if (status === 'pending') return undefined
  if (status === 'failed') return failed(asked, message, error)
  if (message && message.author.kind !== 'contact') return answered(asked, message)
  // Completed without a text: it may be in the thread all the same.
  return (await lookInThread(asked)) ?? answerOf(asked, 'unanswered')
}

/** The answer as the thread has it. A thread that cannot be read has none. */
export async function lookInThread(asked: Asked): Promise<Answer | undefined> {
  const { conversationId, messageId } = asked.attempt as Placed
  if (messageId === null) return undefined
  try {
    const message = answerIn(await fetchThread(asked.call, conversationId, 'asc'), messageId)
    return message && answered(asked, message)
  } catch (error) {
    if (!isParleyError(error)) throw error
    return undefined
  }
}

/** Whether a person is in control right now, so that the agent stays silent. Not knowing counts as no. */
export async function isWithOperator({ call, attempt }: Asked): Promise<boolean> {
  try {
    return await call.read(
      { path: pathOf`/conversations/${(attempt as Placed).conversationId}` },
      (body, reading) => isRecord(body) && readControl(body, reading).holder === 'operator',
    )
  } catch (error) {
    if (!isParleyError(error)) throw error
    return false
  }
}

/** The message that a send is answered with. `null`: the vendor took it, and its answer cannot be read. */
export const readStored = (call: Call, body: unknown, conversationId: string): Found | null =>
  call.reading.nested({ answer: body }, 'answer', (raw) => readMessage(raw, call.reading, conversationId)) ?? null

export type Found = Message<AgentConversationMessagePayload>

/** "List messages": the whole thread, for there is neither paging nor a filter. */
export async function fetchThread(
  call: Call,
  conversationId: string,
  order: 'asc' | 'desc',
  query: Query = {},
): Promise<Found[]> {
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
