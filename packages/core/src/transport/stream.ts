import { aborted } from './clock.ts'
import { BodyTooLarge, failedTry } from './failure.ts'
import type { Sending } from './settings.ts'

/**
 * A body as it comes, decoded as UTF-8, without letters cut in two. Read once. Closing the iteration early ends the
 * request.
 *
 * Iterating throws what a request throws: a TimeoutError when the vendor is silent for longer than a try may take or the
 * deadline passes, a NetworkError when the connection breaks, a ResponseError beyond `maxResponseBytes`, the caller's own
 * reason when its signal gives up. Nothing is tried again. A body that ends within a character is one that broke off.
 */
export interface TextStream extends AsyncIterable<string> {
  // Spelled out, because `AsyncIterableIterator` takes one type before TypeScript 5.6 and three from then on.
  [Symbol.asyncIterator](): TextStream
  next(): Promise<IteratorResult<string, undefined>>
  return(): Promise<IteratorResult<string, undefined>>
}

/** Whether `expect: 'stream'` got a stream; otherwise the body is JSON, read as usual. */
export const isTextStream = (body: unknown): body is TextStream =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body

/** The request behind a stream, which goes on until the stream is over. */
export interface Streaming {
  readonly signal: AbortSignal
  /** Gives the vendor so many milliseconds from now, by default what a try may take, but not beyond the deadline. */
  allow(most?: number): void
  isLate(): boolean
  /** Ends the request, whatever is left of it. */
  end(): void
}

export function streamText(sending: Sending, body: ReadableStream<Uint8Array>, streaming: Streaming): TextStream {
  const { call, settings } = sending
  const reader = body.getReader()
  const decoder = new TextDecoder()
  // One promise for all parts: a listener for each would pile up on the signal.
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
  // Nobody waits for the vendor yet; an iteration that is never begun or finished ends with the deadline.
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
          // What the decoder still held at the end is a character without its last bytes.
          if (done && text !== '') throw new TypeError('The body ended in the middle of a character.')
          if (done) close()
          else rest()
          if (text !== '') return { done: false, value: text }
        }
        return { done: true, value: undefined }
      } catch (failed) {
        close()
        if (call.signal?.aborted) throw call.signal.reason
        throw failedTry(sending, { failed, timedOut: streaming.isLate() })
      }
    },
    async return() {
      close()
      return { done: true, value: undefined }
    },
  }
}
