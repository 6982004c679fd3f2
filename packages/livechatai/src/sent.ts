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
  type Asked,
  answerIn,
  answerOf,
  clockTolerance,
  type Outgoing,
  type SentReader,
  type SentThread,
} from '@parley/core/operations'
import { type Context, dataOf } from './protocol.ts'
import { readControl } from './read/conversation.ts'
import { readMessage } from './read/message.ts'
import type { LiveChatAIMessagePayload } from './wire.ts'

/** How long the whole of a question may take by default, and its request at least, while the model thinks. */
export const longestAsk = 120_000

/** The vendor answers within the request; a question without an answer after this long gets none, in milliseconds. */
const answersWithin = 10 * 60_000

/** What core needs to know about this vendor to reconcile a send. */
export const sentReader = (
  { agentId: ownAgentId, settings }: Context,
  agentId = ownAgentId,
): SentReader<Found, Thread> => ({
  kinds: ['ask', 'reply'],
  longestRequest: Math.max(longestAsk, settings.timeout),
  visibilityLag: 60_000,
  readThread: fetchThread,
  findConversations: (call, attempt) => findNewConversations(call, attempt, agentId),
  isOther,
  answerTo: async (call, attempt, _question, thread) => (thread ? answerSoFar(call, attempt, thread) : null),
})

/**
 * The role says whether the contact wrote. It does not tell the agent from a teammate, whose name may be missing, so
 * that an answer is only known by its sources.
 */
function isOther({ author, sources }: Message, { kind, operatorId }: SendAttempt): boolean {
  if (author.kind === 'unknown') return false
  if (kind === 'ask') return author.kind !== 'contact'
  if (author.kind === 'contact' || sources?.length) return true
  return author.kind === 'operator' && !!author.id && operatorId !== undefined && author.id !== operatorId
}

/** Conversations that are read in search of a question: the ones that were opened closest to it. */
const mostLooks = 10

/** A question that opens a conversation is stored in one whose id is not known before it is answered. */
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

/** What a conversation says about the answer to a question that is in it; nothing is waited for. */
export function answerSoFar(call: Call, attempt: SendAttempt, thread: Thread): Answer {
  const asked: Asked = { call, contactId: thread.contactId ?? undefined, attempt }
  const answer = answerIn(thread.messages, attempt.messageId as string)
  if (answer) return answerOf(asked, answer.text ? 'answered' : 'unanswered', answer)
  const isOld = call.now() - Date.parse(attempt.startedAt) > answersWithin
  return answerOf(asked, isOld || thread.control.holder === 'operator' ? 'unanswered' : 'pending')
}

/** A question on its way. */
export interface Asking extends Asked {
  /** The agent that is asked. */
  readonly agentId: string
  readonly outgoing: Outgoing
}

export type Found = Message<LiveChatAIMessagePayload>

/** A conversation as far as speaking in it needs to know it. */
interface Thread extends SentThread<Found> {
  control: Control
  contactId: string | null
}

/** "conversations/retrieve": all messages, for there is neither paging nor a filter. */
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

function readMessages(data: Payload, reading: PayloadReader, conversationId: string): Found[] {
  const messages = data['messages']
  if (messages !== undefined && messages !== null)
    return reading.items(messages, 'data.messages', (raw) => readMessage(raw, reading, conversationId))
  reading.warn('degraded', `${reading.vendor} sent the conversation without its messages, so some may be missing.`)
  return []
}

/**
 * The order is not documented. Messages of one instant stay as they came, and one without a time stays behind the
 * message that it came after.
 */
function inOrder(messages: Found[]): Found[] {
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
