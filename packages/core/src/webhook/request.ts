import { InvalidRequestError } from '../errors/kinds.ts'
import { isRecord, type Payload } from '../read/reading.ts'
import { parseJson } from '../read/text.ts'
import { deepestPayload } from './signature.ts'
import { refuse, type StreamedRequest, type WebhookHeaders, type WebhookRefusal } from './webhook.ts'

export const tooLarge = (limit: number): WebhookRefusal =>
  refuse('too-large', 413, `The body is longer than ${limit} bytes; nothing beyond them was read.`)

/** Refuses by the method and the declared length, without reading the body. */
export function refuseUnread(request: Request | StreamedRequest, limit: number): WebhookRefusal | undefined {
  if (typeof request !== 'object' || !request?.headers) throw unusable('is missing: the argument is not a request')
  const body: unknown = 'body' in request && !(Symbol.asyncIterator in request) ? request.body : null
  if (body != null && typeof (body as Partial<ReadableStream>).getReader !== 'function')
    throw unusable('has been read or parsed already')
  if (request.method !== 'POST') return refuse('wrong-method', 405, 'A webhook is delivered with POST.')
  return Number(headerOf(request.headers, 'content-length')) > limit ? tooLarge(limit) : undefined
}

/**
 * Reads at most `limit` bytes of the body, then just stops. Cancelling the body would close the connection on some
 * servers, and the vendor would never get the response.
 */
export async function readBody(
  request: Request | StreamedRequest,
  limit: number,
): Promise<Uint8Array | WebhookRefusal> {
  const { next, leave } = chunksOf(request)
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await next()
      if (done) return joined(chunks, size)
      if (!(value instanceof Uint8Array)) throw unusable('arrives as strings instead of bytes')
      size += value.byteLength
      if (size > limit) return tooLarge(limit)
      chunks.push(value)
    }
  } catch (error) {
    if (error instanceof InvalidRequestError) throw error
    return refuse('malformed', 400, 'The body ended early.')
  } finally {
    leave()
  }
}

interface Chunks {
  next: () => Promise<{ done?: boolean | undefined; value?: unknown }>
  leave: () => void
}

function chunksOf(request: Request | StreamedRequest): Chunks {
  if (Symbol.asyncIterator in request) {
    if (request.readableDidRead) throw unusable('has been read already')
    const iterator = request[Symbol.asyncIterator]()
    // Calling its `return` would destroy the connection.
    return { next: () => iterator.next(), leave: () => {} }
  }
  if (request.bodyUsed || request.body?.locked) throw unusable('has been read already')
  const reader = request.body?.getReader()
  return reader
    ? { next: () => reader.read(), leave: () => reader.releaseLock() }
    : { next: async () => ({ done: true }), leave: () => {} }
}

const unusable = (problem: string): InvalidRequestError =>
  new InvalidRequestError({
    message: `The body of this request ${problem}. Pass a Request or a node:http request whose body has not been read.`,
    fields: [{ path: 'request.body', problem }],
  })

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks
  if (first && chunks.length === 1) return first
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

/** The JSON object of a body. `undefined`: the body is not a JSON object in UTF-8, or is nested too deeply. */
export function readPayload(body: Uint8Array): Payload | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    if (isTooDeep(text)) return undefined
    const payload: unknown = parseJson(text)
    return isRecord(payload) ? payload : undefined
  } catch {
    return undefined
  }
}

/** Checked before parsing, because later code walks the result recursively. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let inText = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (inText && character === '\\') index += 1
    else if (character === '"') inText = !inText
    else if (inText) continue
    else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    if (depth > deepestPayload) return true
  }
  return false
}

/** A header by its lower-case name. `undefined`: it is missing. A repeated header is joined, as in HTTP. */
export function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (typeof Headers !== 'undefined' && headers instanceof Headers) return headers.get(name) ?? undefined
  if (typeof headers !== 'object' || headers === null) return undefined
  // `Headers` of another realm or from a library.
  const { get } = headers as { get?: unknown }
  if (typeof get === 'function') return asText(get.call(headers, name))
  // Two spellings also count as a repeated header: neither may decide alone.
  const texts = Object.entries(headers).flatMap(([key, value]) =>
    key.toLowerCase() === name ? (asText(value) ?? []) : [],
  )
  return texts.length > 0 ? texts.join(', ') : undefined
}

const asText = (value: unknown): string | undefined =>
  Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : undefined
