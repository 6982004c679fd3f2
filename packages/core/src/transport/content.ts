import { ConfigurationError, InvalidRequestError } from '../errors/kinds.ts'
import type { ParleyError } from '../errors/parley-error.ts'
import { at } from './failure.ts'
import { decided } from './outcome.ts'
import type { RequestSpec } from './protocol.ts'
import type { Sending } from './retry.ts'

/** What a request carries beside its address. */
export interface Content {
  headers: Headers
  body?: string | RawBody
}

/** A body that is sent as it is; the platform names its type, but for bytes. */
type RawBody = FormData | URLSearchParams | Blob | Uint8Array

export const isRawBody = (body: unknown): body is RawBody =>
  body instanceof FormData || body instanceof URLSearchParams || body instanceof Blob || body instanceof Uint8Array

const anything: ReadonlySet<RequestSpec['expect']> = new Set<RequestSpec['expect']>(['bytes', 'text', 'stream'])

/**
 * The headers and the body. A later header replaces an earlier one in any spelling; the credential's come last.
 *
 * @throws ConfigurationError or InvalidRequestError for what no request can carry. The platform's own error would quote it.
 */
export function contentOf(sending: Sending, credential: string): Content {
  const { call, spec } = sending
  const { protocol } = sending.settings
  const headers = new Headers({
    accept: anything.has(spec.expect) ? '*/*' : 'application/json',
  })
  const content: Content = { headers }
  if (isRawBody(spec.body)) content.body = spec.body
  else if (spec.body !== undefined) {
    headers.set('content-type', 'application/json')
    content.body = jsonOf(sending)
  }
  const badHeader = (name: string) => refused(sending, `the header ${name}`, `headers.${name}`)
  setAll(headers, protocol.headers, badHeader)
  setAll(headers, spec.headers, badHeader)
  setAll(headers, protocol.authorize(credential), () => {
    const message = `${at(call)}: the credential holds a character that no header can carry, such as a line break.`
    return new ConfigurationError({ ...sending.place, message, ...decided(sending, 'not-done') })
  })
  return content
}

function jsonOf(sending: Sending): string {
  try {
    return JSON.stringify(sending.spec.body)
  } catch {
    throw refused(sending, 'the body, which is no JSON,', 'body')
  }
}

function setAll(
  headers: Headers,
  more: Readonly<Record<string, string>> | undefined,
  refuse: (name: string) => ParleyError,
): void {
  for (const [name, value] of Object.entries(more ?? {})) {
    try {
      headers.set(name, value)
    } catch {
      throw refuse(name)
    }
  }
}

const refused = (sending: Sending, what: string, path: string): InvalidRequestError =>
  new InvalidRequestError({
    ...sending.place,
    message: `${at(sending.call)}: ${what} cannot be sent.`,
    fields: [{ path, problem: 'cannot be sent' }],
    ...decided(sending, 'not-done'),
  })
