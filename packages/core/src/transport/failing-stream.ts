import type { ParleyError } from '../errors/parley-error.ts'
import { tryParseJson } from '../read/parse-json.ts'
import { isRaw } from '../read/reading.ts'
import { collectEvents, isEventStream, type ServerEvent } from '../read/server-events.ts'
import type { VendorReply } from './call.ts'
import type { TextStream } from './stream.ts'

/**
 * A stream as it comes; where its server-sent events end in an error, by name or in the vendor's words, it throws that
 * error after the piece that has it, so that no broken answer passes for a whole one.
 */
export async function failingStream({ headers, errorIn }: VendorReply, body: TextStream): Promise<TextStream> {
  if (!isEventStream(headers)) return body
  const { events, feed, end } = await collectEvents()
  const errorOf = ({ name, data }: ServerEvent): ParleyError | undefined => {
    const part = tryParseJson(data)
    return name === 'error' || isRaw(part) ? errorIn?.(part ?? data, name) : undefined
  }
  let error: ParleyError | undefined
  const stream: TextStream = {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      if (!error) {
        const next = await body.next()
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
      await body.return?.()
      return { done: true, value: undefined }
    },
  }
  return stream
}
