import { isParleyError, type ParleyError } from '@parley/core'

/** What one check found. It contains no secret and no customer's text. */
export interface Check {
  check: string
  state: 'ok' | 'warning' | 'failed'
  detail: string
  /** What to do about it. */
  action?: string | undefined
}

/** How far a clock is ahead of this machine's, in milliseconds. */
export interface ClockOffset {
  of: string
  offset: number
}

/** What the work returns, or a failed check with the reason. */
export async function attempt<T extends object>(
  check: string,
  action: (error: ParleyError) => string | undefined,
  work: () => T | Promise<T>,
): Promise<T | Check> {
  try {
    return await work()
  } catch (error) {
    if (!isParleyError(error)) throw error
    return { check, state: 'failed', detail: error.message, action: action(error) }
  }
}

type Span = readonly [from: number, to: number]

/** How far a clock is off that showed a time in the first span at some moment of the second one, at least. */
export function offsetOf([from, to]: Span, [earliest, latest]: Span): number {
  if (to < earliest) return to - earliest
  return from > latest ? from - latest : 0
}
