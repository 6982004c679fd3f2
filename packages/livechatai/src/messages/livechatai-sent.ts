import { type Answer, type Attempt, type Call, clockTolerance, type Message, type SentReader } from '@parley/core'
import type { LiveChatAIContext } from '../livechatai-context.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { answerOf } from './livechatai-answer.ts'
import { longestAsk } from './livechatai-question.ts'
import { answerIn, type Found, fetchThread, type Thread } from './livechatai-thread.ts'

/** The vendor answers within the request; a question without an answer after this long gets none, in milliseconds. */
const answersWithin = 10 * 60_000

/** What core's sending needs to know of this vendor. */
export const sentReader = (
  { agentId: ownAgentId, transport }: LiveChatAIContext,
  agentId = ownAgentId,
): SentReader<Found, Thread> => ({
  kinds: ['ask', 'reply'],
  longestRequest: Math.max(longestAsk, transport.settings.timeout),
  visibilityLag: 60_000,
  readThread: fetchThread,
  findConversations: (call, attempt) => findNewConversations(call, attempt, agentId),
  isOther,
  answerTo: async (call, attempt, _question, thread) => (thread ? answerSoFar(call, agentId, attempt, thread) : null),
})

/**
 * The role says whether the contact wrote. It does not tell the agent from a teammate, whose name may be missing, so that
 * an answer is only known by its sources.
 */
function isOther({ author, sources }: Message, { kind, operatorId }: Attempt): boolean {
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
  { contactId, startedAt }: Attempt,
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
export function answerSoFar(call: Call, agentId: string, attempt: Attempt, thread: Thread): Answer {
  const asking = { call, agentId, contactId: thread.contactId ?? undefined, attempt }
  const answer = answerIn(thread.messages, attempt.messageId as string)
  if (answer) return answerOf(asking, answer.text ? 'answered' : 'unanswered', answer)
  const isOld = call.now() - Date.parse(attempt.startedAt) > answersWithin
  return answerOf(asking, isOld || thread.control.holder === 'operator' ? 'unanswered' : 'pending')
}
