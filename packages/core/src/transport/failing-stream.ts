import type { ParleyError } from '../errors/parley-error.ts'
import { collectEvents, isEventStream, type ServerEvent } from '../read/server-events.ts'
import { tryParseJson } from '../read/text.ts'
import type { VendorReply } from './protocol.ts'
import type { TextStream } from './stream.ts'

/**
 * Passes a stream on unchanged. If one of its server-sent events is an error, the stream throws this error after the part
 * that contains it, so that an incomplete answer does not look complete.
 */
export async function failingStream({ headers, errorIn }: VendorReply, body: TextStream): Promise<TextStream> {
  if (!isEventStream(headers)) return body
  const { events, feed, end } = await collectEvents()
  const errorOf = ({ name, data }: ServerEvent): ParleyError | undefined => errorIn?.(tryParseJson(data) ?? data, name)
  let error: ParleyError | undefined
  let isOver = false
  const stream: TextStream = {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      if (!error) {
        const next = await body.next()
        if (isOver) return next
        isOver = next.done === true
        if (next.done) end()
        else feed(next.value)
        for (const event of events.splice(0)) error ??= errorOf(event)
        if (!next.done || !error) return next
      }
      const failed = error
      await stream.return?.()
      throw failed
    },
    async return() {
      error = undefined
      isOver = true
      await body.return?.()
      return { done: true, value: undefined }
    },
  }
  return stream
}
