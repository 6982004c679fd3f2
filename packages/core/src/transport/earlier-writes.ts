import { amended } from '../errors/kinds.ts'
import { isParleyError, type Outcome } from '../errors/parley-error.ts'
import type { RequestSpec } from './protocol.ts'
import { isRepeatable, isWrite } from './retry.ts'

/** What the requests of one operation have done so far, so that no later failure denies it. */
export interface EarlierWrites {
  /**
   * Sends a request, and counts it when it may have changed something.
   *
   * @throws the error of the request. What it says of the operation takes in the writes before it: `partly-done` or
   * `unknown` where one of them was done or may have been, and `retryable` only if all of them may be repeated.
   */
  with<T>(spec: Kind, send: () => Promise<T>): Promise<T>
}

type Kind = Pick<RequestSpec, 'method' | 'safe' | 'idempotent'>

const repeatNot = 'An earlier step of the operation was carried out, so do not make the same call again.'

export function createEarlierWrites(): EarlierWrites {
  let outcome: Exclude<Outcome, 'not-done'> | undefined
  let repeatable = true

  const count = (spec: Kind, came: 'partly-done' | 'unknown') => {
    if (!isWrite(spec)) return
    outcome = outcome === 'unknown' ? outcome : came
    repeatable &&= isRepeatable(spec)
  }
  const told = (error: unknown, spec: Kind): unknown => {
    if (!isParleyError(error) || outcome === undefined) return error
    const all = repeatable && isRepeatable(spec)
    const isUnknown = outcome === 'unknown' || error.outcome === 'unknown'
    return amended(error, {
      outcome: isUnknown ? 'unknown' : 'partly-done',
      repeatable: all,
      ...(!isUnknown && !all && { message: `${error.message} ${repeatNot}` }),
    })
  }
  return {
    async with(spec, send) {
      try {
        const reply = await send()
        count(spec, 'partly-done')
        return reply
      } catch (error) {
        const known = told(error, spec)
        if (isParleyError(error) && error.outcome === 'unknown') count(spec, 'unknown')
        throw known
      }
    },
  }
}
