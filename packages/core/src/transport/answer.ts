import { ResponseError } from '../errors/kinds.ts'
import { at } from './failure.ts'
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

/**
 * JSON, in which a number may be written that is too large for one (`1e999`). It would be read as infinite, which JSON
 * cannot say again, so it becomes the text `Infinity`, which no reader takes for a number.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  return hugePower.test(text) || hasLongNumber(text) ? JSON.parse(text, finite) : JSON.parse(text)
}

/** Ends like a number, since ids and texts are full of `3e512`; whatever matches for another reason is only slower. */
const hugePower = /\d[eE]\+?\d{3,}(?:[\s,}\]]|$)/

/** Fewer digits than this make no infinite number. */
const digits = 309

/** So many digits in a row cannot hide between two places that far apart, so that only those are looked at. */
function hasLongNumber(text: string): boolean {
  for (let place = digits - 1; place < text.length; place += digits) {
    let from = place
    while (isDigit(text, from)) from--
    let to = place + 1
    while (from < place && isDigit(text, to)) to++
    if (to - from > digits) return true
  }
  return false
}

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

const finite = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value

/** A 2xx whose body is not JSON: an HTML page from a proxy, or a body that was cut. Its text is not quoted. */
export const unreadableBody = ({ settings, call, place, write }: Sending, answer: Parsed): ResponseError => {
  const type = answer.headers.get('content-type')?.split(';', 1)[0]
  const html = type?.includes('html') || /^\s*</.test(String(answer.body))
  return new ResponseError({
    ...place,
    status: answer.status,
    requestId: settings.protocol.requestId?.(answer) ?? answer.headers.get('x-request-id') ?? undefined,
    // A write that was answered with a 2xx was most likely done; whether it was cannot be read from this.
    outcome: write ? 'unknown' : undefined,
    message: `${at(call)}: the answer is ${html ? 'an HTML page' : 'not complete JSON'}, not what the API documents; HTTP ${answer.status}.`,
  })
}
