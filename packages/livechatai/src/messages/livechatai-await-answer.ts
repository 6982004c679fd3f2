import { type Answer, isParleyError } from '@parley/core'
import { type Asking, answerOf } from './livechatai-answer.ts'
import { answerIn, fetchThread, type Thread } from './livechatai-thread.ts'

const firstPause = 1_000
const longestPause = 5_000
/** The vendor answers within the request; what has no answer after this gets none. */
const answersWithin = 10 * 60_000

/** What a thread says about the answer to a question that is in it; nothing is waited for. */
export function answerSoFar(asking: Asking, thread: Thread): Answer {
  const { attempt, call } = asking
  const answer = answerIn(thread.messages, attempt.messageId as string)
  if (answer) return answerOf(asking, answer.text ? 'answered' : 'unanswered', answer)
  const isOld = call.now() - Date.parse(attempt.startedAt) > answersWithin
  return answerOf(asking, isOld || thread.control.holder === 'operator' ? 'unanswered' : 'pending')
}

/**
 * The question is stored and its answer was not heard: the conversation is read until the answer is in it or the time
 * is up. Nothing that goes wrong here is thrown; what is still open is `pending`, and `messages.settle` picks it up.
 */
export async function awaitAnswer(asking: Asking, thread: Thread): Promise<Answer> {
  const { call, attempt } = asking
  let answer = answerSoFar(asking, thread)
  for (let pause = firstPause; answer.outcome === 'pending'; pause = Math.min(longestPause, pause * 1.5)) {
    if (await call.wait(pause)) return answer
    try {
      answer = answerSoFar(asking, await fetchThread(call, attempt.conversationId as string))
    } catch (error) {
      if (!isParleyError(error)) throw error
      if (error.retryable) continue
      call.reading.warn('degraded', `The question is stored, but its answer could not be read (${error.code}).`)
      return answer
    }
  }
  return answer
}
