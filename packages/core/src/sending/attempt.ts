import type { SendOptions } from '../contract/options.ts'
import type { Attempt } from '../contract/results.ts'
import { isParleyError, type ParleyError } from '../errors/parley-error.ts'
import { checkOptionalText } from '../input/check.ts'
import { invalid } from '../input/invalid.ts'
import { compact } from '../read/compact.ts'
import { fromMilliseconds } from '../read/timestamp.ts'
import type { Call } from '../transport/call.ts'
import { copyOwn, keepMessageId, markOwn } from './other-attempts.ts'

/** A message on its way. */
export interface Outgoing {
  /** Always with all that is known; the same object from the beginning to the end. */
  readonly attempt: Attempt
  /**
   * Adds what has become known, and gives the attempt to the caller's `onAttempt`. Never fails, because the message is on
   * its way.
   *
   * @param from `answer`: the vendor said it about this very request, so that the message is no other attempt's.
   * `reading`: it was concluded from the conversation.
   */
  learn(
    known: { [Key in 'conversationId' | 'contactId' | 'messageId']?: Attempt[Key] | undefined },
    from: 'answer' | 'reading',
  ): Promise<void>
}

/**
 * Makes the attempt and gives it to the caller before anything is sent.
 *
 * @param given `undefined` values are left out.
 * @throws whatever `onAttempt` throws; nothing was sent then.
 */
export async function beginSending(
  call: Call,
  options: SendOptions | undefined,
  given: Pick<Attempt, 'kind' | 'conversationId' | 'text'> & {
    [Key in 'contactId' | 'sendAt' | 'after' | 'mark' | 'operatorId']?: Attempt[Key] | undefined
  },
): Promise<Outgoing> {
  const onAttempt = options?.onAttempt
  if (onAttempt !== undefined && typeof onAttempt !== 'function') throw invalid(call, 'onAttempt', 'must be a function')
  const { kind, conversationId, text, ...others } = given
  const attempt: Attempt = {
    kind,
    conversationId,
    messageId: null,
    text,
    startedAt: fromMilliseconds(call.now()) as string,
    deadline: fromMilliseconds(call.deadline) as string,
    ...compact<Partial<Attempt>>({ ...others, after: checkOptionalText(call, others.after, 'after') }),
  }
  markOwn(attempt)
  // A copy, so that what the caller stores does not change by itself.
  await onAttempt?.(copyOwn(attempt))
  call.signal?.throwIfAborted()
  return {
    attempt,
    async learn(known, from) {
      const news = Object.entries(known).filter(
        ([key, value]) => value !== undefined && value !== attempt[key as keyof Attempt],
      )
      if (news.length === 0) return
      Object.assign(attempt, Object.fromEntries(news))
      if (known.messageId) keepMessageId(call, attempt, from)
      try {
        await onAttempt?.(copyOwn(attempt))
      } catch {
        call.reading.warn(
          'degraded',
          'The message is on its way, and onAttempt failed: store the attempt of the result.',
        )
      }
    },
  }
}

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
