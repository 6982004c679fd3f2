import { InvalidRequestError } from '../errors/kinds.ts'
import { refuse, type WebhookRefusal } from './webhook.ts'

const tooLarge = (limit: number): WebhookRefusal =>
  refuse('too-large', 413, `The body is longer than ${limit} bytes; nothing beyond them was read.`)

/** What can be refused without the body: the method and an announced length. */
export function refuseUnread(request: Request, limit: number): WebhookRefusal | undefined {
  if (request.method !== 'POST') return refuse('wrong-method', 405, 'A webhook is delivered with POST.')
  return Number(request.headers.get('content-length')) > limit ? tooLarge(limit) : undefined
}

/**
 * The body, of which no more than `limit` bytes are taken. Reading just stops there: a body that is cancelled takes the
 * connection with it on some servers, and the vendor would never see the answer.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array | WebhookRefusal> {
  if (request.bodyUsed || request.body?.locked) {
    throw new InvalidRequestError({
      message: 'The body of this request has been read already. Give the request before anything reads it.',
      fields: [{ path: 'request.body', problem: 'has been read already' }],
    })
  }
  const reader = request.body?.getReader()
  if (!reader) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return joined(chunks, size)
      size += value.byteLength
      if (size > limit) return tooLarge(limit)
      chunks.push(value)
    }
  } catch {
    return refuse('malformed', 400, 'The body broke off.')
  } finally {
    reader.releaseLock()
  }
}

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
