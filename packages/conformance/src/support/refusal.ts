import { isParleyError } from '@parley/core'
import { ensure } from './ensure.ts'

/** What something gives; `undefined` where the vendor cannot do it, which the adapter says in its own words. */
export async function orUnsupported<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    ensure(isParleyError(error) && error.code === 'unsupported', `It failed with ${String(error)}.`)
    return undefined
  }
}

/** The same where what is refused depends on what is in the input. */
export async function orRefused<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    const isRefusal = isParleyError(error) && (error.code === 'unsupported' || error.code === 'invalid-request')
    ensure(isRefusal, `It failed with ${String(error)}.`)
    return undefined
  }
}
