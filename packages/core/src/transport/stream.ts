import type { ParleyError } from '../errors/parley-error.ts'
import { isRecord, type Payload } from '../read/reading.ts'
import { aborted } from './clock.ts'
import { BodyTooLarge, failedTry, type Parsed, refusal } from './failure.ts'
import type { Problem } from './protocol.ts'
import type { Sending } from './settings.ts'

/**
 * A response body that is read while it arrives, decoded as UTF-8. No character is split between two strings. It can be
 * read once. Ending the iteration early ends the request.
 *
 * Iterating throws the same errors as a request: a TimeoutError if the vendor sends nothing for longer than
 * `attemptTimeout` or the deadline passes, a NetworkError if the connection breaks, a ResponseError if the body exceeds
 * `maxResponseBytes`, the signal's reason if the caller aborts. Nothing is retried. A body that ends inside a character
 * counts as incomplete.
 */
export interface TextStream extends AsyncIterable<string> {
  // The type is spelled out, because `AsyncIterableIterator` takes one type argument before TypeScript 5.6 and three
  // since then.
  [Symbol.asyncIterator](): TextStream
  next(): Promise<IteratorResult<string, undefined>>
  return(): Promise<IteratorResult<string, undefined>>
}

/** Whether the response to `expect: 'stream'` is a stream. Otherwise it is JSON and read as usual. */
export const isTextStream = (body: unknown): body is TextStream =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body

/** The request of a stream, which continues until the stream ends. */
export interface Streaming {
  readonly signal: AbortSignal
  /** Allows the vendor this many milliseconds from now, by default `attemptTimeout`, but not beyond the deadline. */
  allow(most?: number): void
  isLate(): boolean
  /** Ends the request, even if the body is incomplete. */
  end(): void
}

export function streamText(sending: Sending, body: ReadableStream<Uint8Array>, streaming: Streaming): TextStream {
  const { call, settings } = sending
  const reader = body.getReader()
  const decoder = new TextDecoder()
  // All parts share one promise, because one listener per part would accumulate on the signal.
  const given = aborted(streaming.signal)
  given.catch(() => {})
  let size = 0
  let isOver = false
  const close = () => {
    if (isOver) return
    isOver = true
    streaming.end()
    reader.cancel().catch(() => {})
  }
  // No part is awaited, so only the deadline applies. It also ends an iteration that never starts or finishes.
  const rest = () => streaming.allow(Number.POSITIVE_INFINITY)
  rest()
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      try {
        while (!isOver) {
          streaming.signal.throwIfAborted()
          streaming.allow()
          const { done, value } = await Promise.race([reader.read(), given])
          size += value?.byteLength ?? 0
          if (size > settings.maxResponseBytes) throw new BodyTooLarge()
          const text = decoder.decode(value, { stream: !done })
          // Bytes left in the decoder at the end are an incomplete character.
          if (done && text !== '') throw new TypeError('The body ended in the middle of a character.')
          if (done) close()
          else rest()
          if (text !== '') return { done: false, value: text }
        }
        return { done: true, value: undefined }
      } catch (failed) {
        close()
        if (call.signal?.aborted) throw call.signal.reason
        throw await failedTry(sending, { failed, timedOut: streaming.isLate() })
      }
    },
    async return() {
      close()
      return { done: true, value: undefined }
    },
  }
}

/**
 * The error inside a part of a stream. The vendor had already begun to answer, so no error proves that nothing was done:
 * a write always has the outcome `unknown`.
 */
export function errorIn(
  sending: Sending,
  answer: Parsed,
  event: string | undefined,
  credential: string,
): ParleyError | undefined {
  const isNamed = event !== undefined && errorName.test(event)
  // Some APIs wrap every part in a list.
  const parts = Array.isArray(answer.body) && !isNamed ? answer.body : [answer.body]
  for (const body of parts) {
    const isErrorPart = isNamed || (isRecord(body) && saysError(body))
    if (!isErrorPart && !isRecord(body)) continue
    const named: Problem = { code: 'vendor-fault', ...(typeof body === 'string' ? { vendorMessage: body } : {}) }
    const problem = sending.settings.protocol.readProblem({ ...answer, body, isErrorPart })
    const found = problem ?? (isErrorPart ? named : undefined)
    if (found) return refusal({ ...sending, undecided: true }, answer, found, credential, undefined)
  }
  return undefined
}

const errorName = /(?:error|exception|fail|failed|failure|abort|aborted|cancell?ed|timeout)s?$/i

function saysError(part: Payload): boolean {
  const { error, status, type, event } = part as Record<'error' | 'status' | 'type' | 'event', unknown>
  const hasError = (typeof error === 'string' && error !== '') || isRecord(error) || error === true
  return hasError || [status, type, event].some((word) => typeof word === 'string' && /^error$/i.test(word))
}
