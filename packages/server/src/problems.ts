import { type ErrorCode, isParleyError, type ParleyError, serialize } from '@parley/core'
import type { Context } from 'hono'
import type { SecureHeadersVariables } from 'hono/secure-headers'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** What handlers note about a request. */
export interface Env {
  /** Of a server that listens: the answer as Node.js writes it. */
  Bindings: { outgoing?: { destroy(): void } }
  Variables: SecureHeadersVariables & {
    /** The route as it is declared. */
    route?: string
    /** The id of the caller. */
    person?: string
  }
}

/** An error of the server itself, which has a status of its own. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: ContentfulStatusCode
  readonly code: string
  readonly headers: Readonly<Record<string, string>>
  constructor(status: ContentfulStatusCode, code: string, detail: string, headers: Record<string, string> = {}) {
    super(detail)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

/** What a program reads of an error: RFC 9457. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  [extension: string]: unknown
}

const statuses: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  authentication: 401,
  permission: 403,
  'not-found': 404,
  'invalid-request': 400,
  conflict: 409,
  'rate-limit': 503,
  unsupported: 422,
  timeout: 504,
  network: 502,
  'vendor-fault': 502,
  response: 502,
  incomplete: 502,
  configuration: 500,
}

const titles: Readonly<Record<string, string>> = {
  authentication: 'Not signed in',
  permission: 'Not allowed',
  'not-found': 'Not found',
  'invalid-request': 'The request is wrong',
  conflict: 'The state does not allow it',
  'rate-limit': 'Too many requests',
  unsupported: 'The vendor cannot do this',
  timeout: 'It took too long',
  network: 'The connection failed',
  'vendor-fault': 'The vendor failed',
  response: 'The answer of the vendor cannot be read',
  incomplete: 'Some accounts are missing',
  configuration: 'The server is configured wrongly',
  'method-not-allowed': 'There is no such method here',
  'too-large': 'The body is too large',
  'unsupported-media-type': 'The body is not JSON',
  'shutting-down': 'The server is shutting down',
  internal: 'The server failed',
}

/** The fields of the library's errors that callers get. None of them has secrets, customers' texts or vendors' messages. */
const shown = ['fields', 'retryable', 'retryAfterMs', 'outcome', 'vendor', 'account', 'operation', 'accounts'] as const

/** The problem of an error, and the status and headers that go with it. */
export function problemOf(
  error: unknown,
  more: (error: ParleyError) => object | undefined = () => undefined,
): { problem: Problem; status: ContentfulStatusCode; headers: Record<string, string> } {
  if (error instanceof Refusal) {
    const { status, code, message, headers } = error
    return { problem: problem(status, code, message), status, headers: { ...headers } }
  }
  if (!isParleyError(error)) {
    const detail = 'The server failed. It has recorded the reason.'
    return { problem: problem(500, 'internal', detail), status: 500, headers: {} }
  }
  // The credentials that a vendor refused are those of the server, not of the caller.
  const isVendors = error.vendor !== undefined && error.vendor !== 'inbox'
  const isOfVendor = isVendors && (error.code === 'authentication' || error.code === 'permission')
  const status = isOfVendor ? 502 : statuses[error.code]
  const details = Object.fromEntries(shown.flatMap((key) => (key in error ? [[key, Reflect.get(error, key)]] : [])))
  const headers: Record<string, string> =
    error.retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(error.retryAfterMs / 1000)) }
  return {
    problem: { ...problem(status, error.code, error.message), ...details, ...more(error) },
    status,
    headers,
  }
}

const problem = (status: number, code: string, detail: string): Problem => ({
  type: `urn:parley:problem:${code}`,
  title: titles[code] ?? 'The request failed',
  status,
  detail,
  code,
})

export function answerProblem(c: Context, given: ReturnType<typeof problemOf>): Response {
  const { problem, status, headers } = given
  return c.body(serialize(problem), status, { ...headers, 'content-type': 'application/problem+json' })
}
