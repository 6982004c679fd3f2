import { createError, NetworkError, ResponseError, TimeoutError } from '../errors/kinds.ts'
import type {
  ConnectionFailure,
  ErrorCode,
  FieldProblem,
  Outcome,
  ParleyError,
  ParleyErrorDetails,
} from '../errors/parley-error.ts'
import { isRecord } from '../read/reading.ts'
import { cutText } from '../read/text.ts'
import type { OperationContext, Problem, RequestSpec, VendorAnswer } from './protocol.ts'
import type { Sending } from './settings.ts'

/** The kind of failure that a status means when the vendor's words say nothing more exact. */
export function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return 'authentication'
  if (status === 403) return 'permission'
  if (status === 404 || status === 410) return 'not-found'
  if (status === 409) return 'conflict'
  if (status === 408 || status === 504) return 'timeout'
  if (status === 429) return 'rate-limit'
  if (status >= 500) return 'vendor-fault'
  return status >= 400 ? 'invalid-request' : 'vendor-fault'
}

const sentences: Partial<Record<ErrorCode, string>> = {
  authentication: 'the credential was refused',
  permission: 'the credential lacks the permission for this',
  'not-found': 'nothing exists under this id',
  'invalid-request': 'the request was refused',
  conflict: 'the current state does not allow this',
  'rate-limit': 'too many requests',
  timeout: 'the vendor timed out',
  'vendor-fault': 'the vendor failed',
  configuration: 'the configuration is wrong',
}

/** Vendors like to say which value is wrong by quoting it. */
function withoutQuotes(field: FieldProblem, secrets: readonly string[], sent: () => readonly string[]): FieldProblem {
  const path = redact(field.path, secrets)
  return field.problem === undefined ? { path } : { path, problem: redact(field.problem, [...secrets, ...sent()]) }
}

/**
 * The error for an answer that is one.
 *
 * @param sent the texts of the request, which may be customers'.
 */
export function failureOf(
  context: OperationContext,
  answer: {
    status: number
    requestId?: string | undefined
    retryAfterMs?: number | undefined
    outcome?: Outcome | undefined
    repeatable?: boolean | undefined
  },
  problem: Problem,
  secrets: readonly string[],
  sent: () => readonly string[],
): ParleyError {
  const code = problem.code ?? codeOfStatus(answer.status)
  const fields = problem.fields?.length ? problem.fields.map((field) => withoutQuotes(field, secrets, sent)) : undefined
  const named = fields ? ` (${fields.map((field) => field.path).join(', ')})` : ''
  const said = problem.vendorCode ? `, ${redact(problem.vendorCode, secrets, 60)}` : ''
  return createError(code, {
    ...context,
    message: `${at(context)}: ${problem.reason ?? sentences[code] ?? code}${named}; HTTP ${answer.status}${said}.${problem.advice ? ` ${problem.advice}` : ''}`,
    status: answer.status,
    requestId: problem.requestId ?? answer.requestId,
    vendorCode: problem.vendorCode === undefined ? undefined : redact(problem.vendorCode, secrets, 60),
    vendorMessage: problem.vendorMessage === undefined ? undefined : redact(problem.vendorMessage, secrets, 500),
    fields,
    retryAfterMs: answer.retryAfterMs,
    outcome: answer.outcome,
    repeatable: answer.repeatable,
  })
}

/** How every message begins: `livechatai "support", messages.reply`. */
export const at = (context: OperationContext): string => `${context.vendor} "${context.account}", ${context.operation}`

type Decision = Pick<ParleyErrorDetails, 'outcome' | 'repeatable'>

/** What an error says of the write that it ended; nothing of a read. */
export function decided({ write, repeatable, undecided }: Sending, outcome: Outcome): Decision {
  return write ? { outcome: undecided ? 'unknown' : outcome, repeatable } : {}
}

/** The error of a try that got no answer. */
export function failedTry(sending: Sending, tried: { failed: unknown; timedOut: boolean }): ParleyError {
  const { settings, call, context } = sending
  const cause = tried.failed
  const unknown = decided(sending, 'unknown')
  if (cause instanceof BodyTooLarge) {
    const message = `${at(call)}: the response is larger than maxResponseBytes (${settings.maxResponseBytes}).`
    return new ResponseError({ ...context, message, ...unknown })
  }
  if (tried.timedOut) return new TimeoutError({ ...context, message: `${at(call)}: no response in time.`, ...unknown })
  const reason = connectionFailure(cause)
  return new NetworkError({
    ...context,
    message: `${at(call)}: ${reason === undefined ? 'the connection failed' : sayConnectionFailure[reason]}.`,
    reason,
    ...(certainlyNotSent(cause) ? decided(sending, 'not-done') : unknown),
    cause,
  })
}

/** After these the vendor may have done what was asked, whatever it answered. */
const leavesOpen: ReadonlySet<ErrorCode> = new Set(['vendor-fault', 'timeout', 'network', 'response'])

/** The error of an answer that is one. */
export function refusal(
  sending: Sending,
  answer: Parsed,
  problem: Problem,
  credential: string,
  retryAfterMs: number | undefined,
): ParleyError {
  const { settings, spec, context } = sending
  const code = problem.code ?? codeOfStatus(answer.status)
  return failureOf(
    context,
    {
      status: answer.status,
      requestId: settings.protocol.requestId?.(answer) ?? answer.headers.get('x-request-id') ?? undefined,
      retryAfterMs,
      // A fault of the server says nothing about how far it came, whatever its words are.
      ...decided(sending, leavesOpen.has(code) || answer.status >= 500 ? 'unknown' : 'not-done'),
    },
    problem,
    [credential],
    () => textsOf(spec),
  )
}

/** What routers and gateways say in JSON about a path that they do not serve. */
const routerSays =
  /^(?:cannot (?:get|head|post|put|patch|delete) \/|no (?:static resource|(?:matching )?route)\b|(?:the )?(?:route|endpoint|url|path)\b.{0,300}\bnot (?:be )?(?:found|exist)|unknown (?:route|endpoint|url|path)\b|the requested (?:route|endpoint|url|path)\b|missing authentication token)/i

/**
 * Whether a 404 is about the address and not about the thing: a page or a plain text, where the vendor's API answers with
 * JSON, or what a router says. An empty body proves neither.
 */
function isUnserved({ status, body }: VendorAnswer): boolean {
  if (status !== 404) return false
  if (typeof body === 'string') return body.trim() !== ''
  if (!isRecord(body)) return false
  const { message, error, detail } = body
  return [message, isRecord(error) ? error['message'] : error, detail].some(
    (text) => typeof text === 'string' && routerSays.test(text),
  )
}

/** The problem of an answer, with advice for a path that is not served, unless the adapter has a word of its own. */
export function addressedProblem(answer: VendorAnswer, problem: Problem | undefined): Problem | undefined {
  if (problem?.code !== undefined || problem?.advice !== undefined || !isUnserved(answer)) return problem
  return { ...problem, advice: 'This address may not serve the API at all; check baseUrl.' }
}

/** More than this nobody quotes. */
const most = 1000

/** Every text that a request carries, longest first: what a vendor may quote when it says what is wrong. */
export function textsOf({ body, query }: RequestSpec): string[] {
  const texts = new Set<string>()
  const collect = (value: unknown): void => {
    if (texts.size >= most) return
    if (typeof value === 'string') texts.add(value)
    else if (value instanceof URLSearchParams) for (const part of value.values()) texts.add(part)
    else if (typeof value === 'object' && value !== null && !isFile(value))
      for (const part of Object.values(value)) collect(part)
  }
  collect(query)
  collect(body)
  return [...texts].sort((one, other) => other.length - one.length)
}

const isFile = (value: object): boolean =>
  value instanceof FormData || value instanceof Blob || ArrayBuffer.isView(value)

const tokenShaped = /\b(?:[Bb]earer|Basic)\s+[\w.~+/=-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*|\bpit-[\w-]+|\b[A-Fa-f0-9]{32,}\b/g

/** A value whose name in JSON says that it is one: `"agentApiKey": "…"`. */
const named =
  /("[\w-]{0,40}(?:api[-_]?key|secret(?:[-_]?key)?|access[-_]?token|refresh[-_]?token|password)"\s*:\s*")[^"]+/gi

/** What lies beyond this is cut off before anything is looked for, so that no body of megabytes is searched. */
const searched = 10_000

/** Takes the given secrets, and whatever looks like one, out of a text that came from outside, and shortens it. */
export function redact(text: string, secrets: readonly string[] = [], length = 200): string {
  let result = cutText(text, length + searched)
  for (const secret of secrets.map((given) => given.trim()))
    if (secret.length > 3) result = result.replaceAll(secret, '[redacted]')
  result = result.replace(named, '$1[redacted]').replace(tokenShaped, '[redacted]')
  return result.length > length ? `${cutText(result, length)}…` : result
}

/** The code that Node.js, undici, OpenSSL or Bun gives an error, and what it means. The first that matches counts. */
const byCode: readonly (readonly [RegExp, ConnectionFailure])[] = [
  [/^(?:ECONNREFUSED|ConnectionRefused)$/, 'refused'],
  [/^(?:ENOTFOUND|EAI_\w+|DNS\w+)$/, 'name-not-found'],
  // Refused by the client, before it sends anything. A refusal by the server may come after the request.
  [
    /^(?:CERT_\w+|\w*SELF_SIGNED_CERT\w*|UNABLE_TO_\w+|ERR_TLS_CERT_\w+|HOSTNAME_MISMATCH|INVALID_(?:CA|PURPOSE))$/,
    'certificate',
  ],
  [/^(?:ERR_SSL_\w+|ERR_TLS_\w+|EPROTO)$/, 'tls'],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|FailedToOpenSocket)$/, 'unreachable'],
  [/^(?:UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'connect-timeout'],
  [/^(?:EACCES|EPERM|ERR_ACCESS_DENIED)$/, 'blocked'],
  [
    /^(?:ECONNRESET|ECONNABORTED|EPIPE|ConnectionClosed|UND_ERR_(?:SOCKET|CLOSED|DESTROYED|\w+_TIMEOUT)|HPE_\w+)$/,
    'closed',
  ],
]

/** Deno, Cloudflare Workers and browsers have words only. "Failed to fetch" means any of these, and so none. */
const byWords: readonly (readonly [RegExp, ConnectionFailure])[] = [
  [/connection refused|net::ERR_CONNECTION_REFUSED/i, 'refused'],
  [/dns error|failed to lookup address|ERR_NAME_NOT_RESOLVED/i, 'name-not-found'],
  [/fatal alert/i, 'tls'],
  [/certificate|ERR_CERT_/i, 'certificate'],
  [/host unreachable|network is unreachable|no route to host/i, 'unreachable'],
  [/requires net access|content security policy|ERR_BLOCKED_BY/i, 'blocked'],
  [/connection (?:was )?(?:closed|lost|reset)|reset by peer|socket hang up|^terminated$/i, 'closed'],
]

interface Failed {
  code?: unknown
  syscall?: unknown
  errors?: unknown
  cause?: unknown
  message?: unknown
  name?: unknown
}

/** Every error that a failed `fetch` is made of, the causes and what was tried side by side (several addresses). */
function* partsOf(error: unknown, depth = 0): Generator<Failed> {
  if (typeof error !== 'object' || error === null || depth > 10) return
  const part = error as Failed
  yield part
  if (Array.isArray(part.errors)) for (const each of part.errors) yield* partsOf(each, depth + 1)
  yield* partsOf(part.cause, depth + 1)
}

/** Without addresses, whose words are somebody's ids. */
const wordsOf = (message: unknown): string =>
  typeof message === 'string' ? message.replace(/\b[a-z][a-z+.-]*:\/\/\S+/gi, '') : ''

/** Why a connection failed, by codes first. `undefined`: the platform does not say. Quotes nothing of the error. */
function connectionFailure(error: unknown): ConnectionFailure | undefined {
  const parts = [...partsOf(error)]
  const found = [
    ...byCode.filter(([pattern]) => parts.some(({ code }) => typeof code === 'string' && pattern.test(code))),
    ...byWords.filter(([pattern]) => parts.some(({ message }) => pattern.test(wordsOf(message)))),
  ][0]?.[1]
  // A connection that is open can time out as well.
  return found === 'connect-timeout' && !certainlyNotSent(error) ? 'closed' : found
}

const neverSent: ReadonlySet<ConnectionFailure | undefined> = new Set([
  'refused',
  'name-not-found',
  'certificate',
  'unreachable',
])

const connecting = /client error \(Connect\)|net::ERR_(?:CONNECTION_REFUSED|NAME_NOT_RESOLVED|CERT_)/

/** Whether a failed request certainly never reached the vendor: no connection was made. */
function certainlyNotSent(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 10) return false
  const { code, syscall, errors, cause, message } = error as Failed
  if (syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT') return true
  // A host may also become unreachable after the request went out.
  if (syscall === 'read' || syscall === 'write') return false
  if (Array.isArray(errors) && errors.length > 0) return errors.every((each) => certainlyNotSent(each, depth + 1))
  // Words may quote an address, or tell of a refusal after the request: they count where they say that it was connecting.
  const own = connectionFailure(connecting.test(wordsOf(message)) ? { code, message } : { code })
  return neverSent.has(own) || certainlyNotSent(cause, depth + 1)
}

/** The end of the sentence that begins with where it happened. */
const sayConnectionFailure: Readonly<Record<ConnectionFailure, string>> = {
  refused: 'the connection was refused',
  'name-not-found': 'the host name was not found',
  certificate: 'the certificate of the host was rejected',
  tls: 'the encrypted connection (TLS) failed',
  unreachable: 'the host could not be reached',
  'connect-timeout': 'the host did not accept the connection in time',
  blocked: 'the request was blocked on this machine',
  closed: 'the connection was closed before the response was complete',
}

/** The body of an answer, parsed where it is JSON. `broken` says that JSON was expected and something else came. */
export interface Parsed extends VendorAnswer {
  broken: boolean
}

/** The body was longer than the limit; nothing more of it was read. */
export class BodyTooLarge extends Error {}
