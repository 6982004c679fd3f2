import { inspect } from 'node:util'
import { isParleyError, type ParleyError } from '@parley/core'
import { expect } from 'vitest'

/**
 * Returns the error that `work` rejects with. Fails if it resolves, if the error is not a `ParleyError`, or if the error
 * or its cause shows a secret: every credential and every customer's text in these tests contains the word "planted".
 */
export async function failure(work: PromiseLike<unknown>): Promise<ParleyError> {
  const error = await work.then(
    (value) => expect.unreachable(`it resolved with ${inspect(value)}`),
    (reason: unknown) => reason,
  )
  if (!isParleyError(error)) throw new Error('the error is not a ParleyError', { cause: error })
  expectClean(error, error.message, error.stack, error.toJSON(), error.vendorMessage, error.fields)
  expectClean(inspect(error.cause, { depth: 20, showHidden: true }))
  return error
}

/** Fails if one of the values, printed in any way, shows a planted secret. */
export function expectClean(...values: unknown[]): void {
  for (const value of values)
    for (const printed of [JSON.stringify(value), String(value), inspect(value, { depth: 20, showHidden: true })])
      expect(printed ?? '').not.toContain('planted')
}
