import { type Answer, isParleyError } from '@parley/core'
import { type Asking, answerOf } from './agent-conversation-answer.ts'
import { concluded, fetchResponse, isWithOperator, lookInThread } from './agent-conversation-look.ts'

const firstPause = 1_000
const longestPause = 5_000
/** The answer's address may not exist before the answer does; after so many looks it is not served at all. */
const missesAllowed = 3
/** When and how often somebody in control is looked for, counted in looks: after five seconds, then every half minute. */
const firstCheck = 3
const checkEvery = 6

/**
 * Asks for the answer until it is there or the time is up. The question is stored, so nothing that goes wrong here is
 * thrown: what is still open at the end is `pending`, and `messages.settle` picks it up.
 */
export async function awaitAnswer(asking: Asking): Promise<Answer> {
  const { call } = asking
  let pause = firstPause
  let misses = 0
  for (let looks = 1; ; looks++) {
    if (await call.wait(pause)) return answerOf(asking, 'pending')
    pause = Math.min(longestPause, pause * 1.5)
    try {
      const answer = misses > missesAllowed ? await lookInThread(asking) : await look(asking)
      if (answer) return answer
    } catch (error) {
      if (!isParleyError(error)) throw error
      if (error.code === 'not-found') misses++
      // A single look that cannot be read says nothing about the next one.
      else if (!error.retryable && error.code !== 'response') return givenUp(asking, error.code)
    }
    if (looks % checkEvery !== firstCheck || !(await isWithOperator(asking))) continue
    // The answer may have come just before the person did.
    return (await lookInThread(asking)) ?? answerOf(asking, 'unanswered')
  }
}

async function look(asking: Asking): Promise<Answer | undefined> {
  const { call, conversationId, attempt } = asking
  return concluded(asking, await fetchResponse(call, conversationId, attempt.messageId as string))
}

function givenUp(asking: Asking, code: string): Answer {
  asking.call.reading.warn('degraded', `The question is stored, but its answer could not be asked for (${code}).`)
  return answerOf(asking, 'pending')
}
