import { isParleyError } from './parley-error.ts'

/** Returns the result of `work`, or `fallback` if it fails with a `ParleyError`. Any other error is a bug, and is rethrown. */
export async function withFallback<T>(fallback: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isParleyError(error)) throw error
    return fallback
  }
}
