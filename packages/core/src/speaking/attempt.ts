import type { Attempt } from '../contract/results.ts'
import { isParleyError, type ParleyError } from '../errors/parley-error.ts'
import { fromMilliseconds } from '../read/timestamp.ts'
import type { Call } from '../transport/call.ts'

/** What is about to be sent, as far as it can be known before. */
export const attemptOf = (call: Call, kind: Attempt['kind'], conversationId: string | null, text: string): Attempt => ({
  kind,
  conversationId,
  messageId: null,
  text,
  startedAt: fromMilliseconds(call.now()) as string,
})

/** Whether a write may have happened although it failed. */
export const mayHaveHappened = (error: unknown): error is ParleyError =>
  isParleyError(error) && error.outcome === 'unknown'

/**
 * How long a send may take, in milliseconds: part of the time is kept for reading back what became of one that is not
 * answered.
 */
export const timeToSend = (call: Call, most: number): number => {
  const left = call.deadline - call.now()
  return Math.max(1, Math.min(most, left - Math.min(10_000, left / 3)))
}
