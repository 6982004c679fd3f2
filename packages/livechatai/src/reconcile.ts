import {
  type Answer,
  type Call,
  type Control,
  type Message,
  type Payload,
  type PayloadReader,
  pathOf,
  type SendAttempt,
} from '@parley/core'
import {
  type AskedQuestion,
  answerOf,
  clockTolerance,
  findAnswer,
  type OutgoingMessage,
  type SentReader,
  type SentThread,
} from '@parley/core/operations'
import { type Context, dataOf } from './protocol.ts'
import { readControl } from './read/conversation.ts'
import { readMessage } from './read/message.ts'
import type { LiveChatAIMessagePayload } from './wire.ts'

/** The default deadline of a question, in milliseconds. The response waits for the model. */
export const longestAsk = 120_000

/** The vendor answers in the same request. A question without an answer after this time gets none. In milliseconds. */
const answersWithin = 10 * 60_000

/** What core needs to know about this vendor to reconcile a send. */
export const sentReader = (
  { agentId: ownAgentId, settings }: Context,
  agentId = ownAgentId,
): SentReader<ThreadMessage, Thread> => ({
  kinds: ['ask', 'reply'],
  longestRequest: Math.max(longestAsk, settings.timeout),
  visibilityLag: 60_000,
  readThread: fetchThread,
  findConversations: (call, attempt) => findNewConversations(call, attempt, agentId),
  isOther,
  answerTo: async (call, attempt, _question, thread) => (thread ? answerSoFar(call, attempt, thread) : null),
})

/**
 * The role shows whether the contact wrote the message. It does not distinguish the agent from a teammate, whose name may
 * be missing, so only sources prove that the agent wrote it.
 */
function isOther({ author, sources }: Message, { kind, operatorId }: SendAttempt): boolean {
  if (author.kind === 'unknown') return false
  if (kind === 'ask') return author.kind !== 'contact'
  if (author.kind === 'contact' || sources?.length) return true
  return author.kind === 'operator' && !!author.id && operatorId !== undefined && author.id !== operatorId
}

/** The most conversations that are read to find a question: the ones that were opened closest to it in time. */
const mostLooks = 10

/** The id of a conversation that a question opens is unknown until the vendor responds. */
async function findNewConversations(
  call: Call,
  { contactId, startedAt }: SendAttempt,
  agentId: string,
): Promise<readonly string[]> {
  const started = Date.parse(startedAt)
  const query = { agentId, sort: 'desc', page: 1, perPage: 100 }
  const opened = await call.read({ path: '/conversations', query }, (body, reading) =>
    reading.items(dataOf(body)['conversations'], 'data.conversations', (raw) => {
      const createdAt = reading.time(raw, 'createdAt')
      const away = createdAt ? Date.parse(createdAt) - started : Number.NEGATIVE_INFINITY
      const contact = reading.nested(raw, 'contact', (one) => reading.text(one, 'id'))
      const isOfOther = !!contact && !!contactId && contact !== contactId
      return { id: reading.id(raw), away, isOfOther }
    }),
  )
  return opened
    .filter(({ away, isOfOther }) => away >= -clockTolerance && !isOfOther)
    .sort((a, b) => Math.abs(a.away) - Math.abs(b.away))
    .slice(0, mostLooks)
    .map(({ id }) => id)
}

/** The answer to a question, as far as its conversation shows it now. Does not wait. */
export function answerSoFar(call: Call, attempt: SendAttempt, thread: Thread): Answer {
  const asked: AskedQuestion = { call, contactId: thread.contactId ?? undefined, attempt }
  const answer = findAnswer(thread.messages, attempt.messageId as string)
  if (answer) return answerOf(asked, answer.text ? 'answered' : 'unanswered', answer)
  const isOld = call.now() - Date.parse(attempt.startedAt) > answersWithin
  return answerOf(asked, isOld || thread.control.holder === 'operator' ? 'unanswered' : 'pending')
}

/** A question that was sent and has no answer yet. */
export interface OpenQuestion extends AskedQuestion {
  /** The agent that is asked. */
  readonly agentId: string
  readonly outgoing: OutgoingMessage
}

export type ThreadMessage = Message<LiveChatAIMessagePayload>

/** The parts of a conversation that sending needs. */
interface Thread extends SentThread<ThreadMessage> {
  control: Control
  contactId: string | null
}

/** "conversations/retrieve": all messages, because the endpoint has neither pages nor filters. */
export const fetchThread = (call: Call, conversationId: string): Promise<Thread> =>
  call.read({ path: pathOf`/conversations/${conversationId}` }, (body, reading) => {
    const data = dataOf(body)
    return {
      messages: inOrder(readMessages(data, reading, conversationId)),
      isComplete: Array.isArray(data['messages']),
      control: readControl(data, reading),
      contactId: reading.text(data, 'contactId') ?? null,
    }
  })

function readMessages(data: Payload, reading: PayloadReader, conversationId: string): ThreadMessage[] {
  const messages = data['messages']
  if (messages !== undefined && messages !== null)
    return reading.items(messages, 'data.messages', (raw) => readMessage(raw, reading, conversationId))
  reading.warn('degraded', `${reading.vendor} sent the conversation without its messages, so some may be missing.`)
  return []
}

/**
 * The order is not documented. Messages of one instant keep their order. A message without a time stays behind the
 * message that it followed.
 */
function inOrder(messages: ThreadMessage[]): ThreadMessage[] {
  let last = ''
  let isSorted = true
  for (const { createdAt } of messages) {
    if (!createdAt) continue
    if (createdAt < last) isSorted = false
    last = createdAt
  }
  if (isSorted) return messages
  let at = ''
  const timed = messages.map((message) => {
    at = message.createdAt || at
    return { message, at }
  })
  return timed.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1)).map(({ message }) => message)
}
