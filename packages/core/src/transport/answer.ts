import { ResponseError } from '../errors/kinds.ts'
import { parseJson } from '../read/parse-json.ts'
import { at } from './failure.ts'
import { decided } from './outcome.ts'
import type { RequestSpec, VendorAnswer } from './protocol.ts'
import type { Sending } from './retry.ts'
import type { Tried } from './try.ts'

/** The body of an answer, parsed where it is JSON. `broken` says that JSON was expected and something else came. */
export interface Parsed extends VendorAnswer {
  broken: boolean
}

export function parseAnswer(
  received: Extract<Tried, { received: unknown }>['received'],
  spec: RequestSpec,
  operation: string,
): Parsed {
  const { status, headers, text } = received
  const answer = { status, headers, operation, broken: false }
  if (status < 300) {
    if (spec.expect === 'bytes') return { ...answer, body: received.bytes }
    if (spec.expect === 'text') return { ...answer, body: text }
    if (received.stream) return { ...answer, body: received.stream }
  }
  if (text === '') return { ...answer, body: undefined }
  try {
    return { ...answer, body: parseJson(text) }
  } catch {
    return { ...answer, body: text, broken: spec.expect !== 'none' }
  }
}

/** A 2xx whose body is not JSON: an HTML page from a proxy, or a body that was cut. Its text is not quoted. */
export const unreadableBody = (sending: Sending, answer: Parsed): ResponseError => {
  const { settings, call, place } = sending
  const type = answer.headers.get('content-type')?.split(';', 1)[0]
  const html = type?.includes('html') || /^\s*</.test(String(answer.body))
  return new ResponseError({
    ...place,
    status: answer.status,
    requestId: settings.protocol.requestId?.(answer) ?? answer.headers.get('x-request-id') ?? undefined,
    // A write that was answered with a 2xx was most likely done; whether it was cannot be read from this.
    ...decided(sending, 'unknown'),
    message: `${at(call)}: the answer is ${html ? 'an HTML page' : 'not complete JSON'}, not what the API documents; HTTP ${answer.status}.`,
  })
}
