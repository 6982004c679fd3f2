import { type ErrorCode, isParleyError, type ParleyError } from '@parley/core'
import { Violation } from '../check.ts'
import { differences } from './differences.ts'
import { show } from './show.ts'

export function ensure(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Violation(sentence)
}

/** Every field that is told has to be so; see `Expected`. */
export function ensureMatches(actual: unknown, expected: unknown, what: string): void {
  const found = differences(actual, expected)
  ensure(found.length === 0, `${what} is not what it has to be: ${found.slice(0, 5).join('; ')}.`)
}

export function ensureSame(actual: readonly unknown[], expected: readonly unknown[], what: string): void {
  const [have, want] = [actual.map((item) => show(item)), expected.map((item) => show(item))]
  const at = want.findIndex((item, index) => item !== have[index])
  const place = at === -1 ? want.length : at
  ensure(
    have.length === want.length && at === -1,
    `${what}: ${have.length} instead of ${want.length}, first different at ${place}: ${have[place]} instead of ${want[place]}.`,
  )
}

/** The error of ours that something ends in. */
export async function ensureFails(work: PromiseLike<unknown>, code: ErrorCode, what: string): Promise<ParleyError> {
  const error = await failureOf(work)
  if (error === undefined) throw new Violation(`${what} went well instead of failing with "${code}".`)
  if (!isParleyError(error)) throw new Violation(`${what} failed with ${String(error)}, which is no ParleyError.`)
  ensure(error.code === code, `${what} failed with "${error.code}" instead of "${code}": ${error.message}`)
  return error
}

/** What something ends in; `undefined` when it goes well. */
export const failureOf = async (work: PromiseLike<unknown>): Promise<unknown> => {
  try {
    await work
    return undefined
  } catch (error) {
    return error ?? new Violation('It failed with nothing.')
  }
}
