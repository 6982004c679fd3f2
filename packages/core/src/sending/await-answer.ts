import type { Answer } from '../contract/results.ts'
import { mayPass } from '../errors/kinds.ts'
import { isParleyError } from '../errors/parley-error.ts'
import type { Call } from '../transport/call.ts'

/**
 * The first wait between two looks, and the longest, in milliseconds, and by how much they grow: a fast answer is not
 * kept waiting, and a slow one costs about ten looks in the first half minute, each in its turn in the vendor's limit.
 */
const firstPause = 250
const longestPause = 5_000
const growth = 1.6

/**
 * Looks for the answer to a stored question until it is there or the time is up. Fails only with the caller's own signal,
 * because the question is stored: what is still open at the end is `pending`, and `messages.settle` goes on with it.
 *
 * @param look one look, counted from 1; `undefined` while nothing decides. A failure of one look says nothing about the
 * next, unless it is a refusal.
 * @param pending the answer that says that there is none yet.
 */
export async function awaitAnswer(
  call: Call,
  look: (count: number) => Promise<Answer | undefined>,
  pending: () => Answer,
): Promise<Answer> {
  let pause = firstPause
  for (let count = 1; ; count++) {
    if (await call.wait(pause)) return pending()
    pause = Math.min(longestPause, Math.round(pause * growth))
    try {
      const answer = await look(count)
      if (answer) return answer
    } catch (error) {
      if (!isParleyError(error)) throw error
      if (mayPass(error) || error.code === 'response') continue
      call.reading.warn('degraded', `The question is stored, but its answer could not be read (${error.code}).`)
      return pending()
    }
  }
}
