import {
  type Answer,
  type Attempt,
  type Call,
  checkId,
  checkInput,
  checkOptionalText,
  checkText,
  checkWord,
  invalid,
  isParleyError,
  readTimestamp,
  type Settlement,
} from '@parley/core'

import { type Asking, answered, answerOf } from './agent-conversation-answer.ts'
import { findSent } from './agent-conversation-attempt.ts'
import { concluded, fetchResponse, isWithOperator } from './agent-conversation-look.ts'
import { answerIn, type Found, fetchThread } from './agent-conversation-thread.ts'

/** A request that is not answered may still be worked on; what is not there after this never arrived. */
const arrivesWithin = 60_000

/** Reads back what became of a send: the thread, and for a question without an answer how far that is. */
export async function settle(call: Call, given: Attempt): Promise<Settlement> {
  const attempt = checked(call, given)
  const conversationId = attempt.conversationId as string
  const thread = await fetchThread(call, conversationId, 'asc')
  const sent = attempt.messageId === null ? findSent(thread, attempt) : (byId(thread, attempt.messageId) ?? 'stored')
  if (sent === 'absent' || sent === 'unclear') {
    const isOld = call.now() - Date.parse(attempt.startedAt) > arrivesWithin
    return { outcome: sent === 'absent' && isOld ? 'not-done' : 'unknown', message: null, answer: null }
  }
  const message = sent === 'stored' ? null : sent
  if (attempt.kind === 'reply') return { outcome: 'done', message, answer: null }
  const asking: Asking = { call, conversationId, attempt: { ...attempt, messageId: message?.id ?? attempt.messageId } }
  return { outcome: 'done', message, answer: await answerTo(asking, thread) }
}

const byId = (thread: readonly Found[], id: string): Found | undefined => thread.find((message) => message.id === id)

/** Nothing is waited for: an answer that is not there yet is `pending`. */
async function answerTo(asking: Asking, thread: readonly Found[]): Promise<Answer> {
  const questionId = asking.attempt.messageId as string
  const answer = answerIn(thread, questionId)
  if (answer) return answered(asking, answer)
  try {
    const response = await fetchResponse(asking.call, asking.conversationId, questionId)
    const conclusion = await concluded(asking, response)
    if (conclusion) return conclusion
  } catch (error) {
    // A deployment without this call, or one that is out of order: the thread had no answer, and that stands.
    if (!isParleyError(error)) throw error
  }
  return answerOf(asking, (await isWithOperator(asking)) ? 'unanswered' : 'pending')
}

function checked(call: Call, given: Attempt): Attempt {
  const { kind, conversationId, messageId, text, startedAt } = checkInput(call, given)
  if (!checkWord(call, kind, 'attempt.kind', ['ask', 'reply']))
    throw invalid(call, 'attempt.kind', 'must be ask or reply')
  const started = typeof startedAt === 'string' ? readTimestamp(startedAt) : undefined
  if (started === undefined) throw invalid(call, 'attempt.startedAt', 'must be an instant')
  return {
    kind,
    conversationId: checkId(call, conversationId, 'attempt.conversationId'),
    messageId: checkOptionalText(call, messageId, 'attempt.messageId') ?? null,
    text: checkText(call, text, 'attempt.text'),
    startedAt: started,
  }
}
