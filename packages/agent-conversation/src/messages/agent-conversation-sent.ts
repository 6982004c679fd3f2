import {
  type Answer,
  type Attempt,
  type Call,
  clockTolerance,
  isParleyError,
  isRaw,
  type Message,
  type SentReader,
} from '@parley/core'
import type { AgentConversationContext } from '../agent-conversation-context.ts'
import { type Asked, answered, answerOf } from './agent-conversation-answer.ts'
import { concluded, fetchResponse, isWithOperator } from './agent-conversation-look.ts'
import { answerIn, type Found, fetchThread } from './agent-conversation-thread.ts'

/** What core's sending needs to know of this vendor. */
export const sentReader = ({ replyTimeout, transport }: AgentConversationContext): SentReader<Found> => ({
  kinds: ['ask', 'reply'],
  longestRequest: Math.max(replyTimeout, transport.settings.timeout),
  visibilityLag: 60_000,
  readThread: async (call, conversationId) => ({
    messages: await fetchThread(call, conversationId, 'asc'),
    isComplete: true,
  }),
  findConversations: findNewConversations,
  isOther,
  answerTo,
})

/** The vendor states a role of each message. Which teammate wrote, it does not say. */
function isOther({ author }: Message, { kind }: Attempt): boolean {
  if (author.kind === 'unknown' || author.basis !== 'vendor') return false
  return kind === 'ask' ? author.kind !== 'contact' : author.kind === 'contact' || author.kind === 'agent'
}

/**
 * The conversations of a contact that were opened when the question was asked: the id of a new one is not known when the
 * caller gives up before the vendor has answered.
 */
async function findNewConversations(call: Call, { contactId, startedAt }: Attempt): Promise<readonly string[]> {
  if (!contactId) return []
  const earliest = Date.parse(startedAt) - clockTolerance
  const query = { userId: contactId, page: 1, pageSize: 10, orderBy: 'createdAt', orderDirection: 'DESC' }
  const opened = await call.read({ path: '/conversations', query }, (body, reading) =>
    reading.items(isRaw(body) ? body['data'] : undefined, 'data', (raw) => ({
      id: reading.id(raw),
      createdAt: reading.time(raw, 'createdAt'),
    })),
  )
  return opened.filter(({ createdAt }) => !createdAt || Date.parse(createdAt) >= earliest).map(({ id }) => id)
}

/** Nothing is waited for: an answer that is not there yet is `pending`. */
async function answerTo(
  call: Call,
  attempt: Attempt,
  _question: Found | null,
  thread: { messages: readonly Found[] } | undefined,
): Promise<Answer> {
  const asked: Asked = { call, conversationId: attempt.conversationId as string, attempt }
  const questionId = attempt.messageId as string
  const answer = thread && answerIn(thread.messages, questionId)
  if (answer) return answered(asked, answer)
  try {
    const conclusion = await concluded(asked, await fetchResponse(call, asked.conversationId, questionId))
    if (conclusion) return conclusion
  } catch (error) {
    // A deployment without this call, or one that is out of order: the thread had no answer, and that stands.
    if (!isParleyError(error)) throw error
  }
  return answerOf(asked, (await isWithOperator(asked)) ? 'unanswered' : 'pending')
}
