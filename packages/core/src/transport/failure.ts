import { createError, NetworkError, ResponseError, TimeoutError } from '../errors/kinds.ts'
import type { ErrorCode, FieldProblem, Outcome, ParleyError, ParleyErrorDetails } from '../errors/parley-error.ts'
import { isRecord } from '../read/reading.ts'
import { cutText } from '../read/text.ts'
import type { OperationContext, Problem, Protocol, RequestSpec, VendorAnswer } from './protocol.ts'
import type { Sending } from './settings.ts'

/** An answer with its parsed body. `broken`: the body should be JSON and is not. */
export interface Parsed extends VendorAnswer {
  broken: boolean
}

/** The body was longer than the limit. Reading stopped there. */
export class BodyTooLarge extends Error {}

/**
 * The error of a try without an answer. The code that knows why connections fail is loaded now. If it cannot be loaded, the
 * error gives no reason, and the outcome of a write stays open.
 */
export async function failedTry(sending: Sending, tried: { failed: unknown; timedOut: boolean }): Promise<ParleyError> {
  const { settings, call, context } = sending
  const cause = tried.failed
  const unknown = decided(sending, 'unknown')
  if (cause instanceof BodyTooLarge) {
    const message = `${at(call)}: the response is larger than maxResponseBytes (${settings.maxResponseBytes}).`
    return new ResponseError({ ...context, message, ...unknown })
  }
  if (tried.timedOut) return new TimeoutError({ ...context, message: `${at(call)}: no response in time.`, ...unknown })
  const found = await import('./connection-failure.ts').then(({ explain }) => explain(cause)).catch(() => undefined)
  return new NetworkError({
    ...context,
    message: `${at(call)}: ${found?.text ?? 'the connection failed'}.`,
    reason: found?.reason,
    ...(found?.isNotSent ? decided(sending, 'not-done') : unknown),
    cause,
  })
}

/** The error of a request that the vendor refused or failed to carry out. */
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
      requestId: requestIdOf(settings.protocol, answer, credential),
      retryAfterMs,
      // After a fault of the server, the write may have happened, whatever the message says.
      ...decided(sending, leavesOpen.has(code) || answer.status >= 500 ? 'unknown' : 'not-done'),
    },
    problem,
    [credential],
    () => textsOf(spec),
  )
}

/** The problem of an answer. For a path that is not served, with advice, unless the adapter has its own code or advice. */
export function addressedProblem(answer: VendorAnswer, problem: Problem | undefined): Problem | undefined {
  if (problem?.code !== undefined || problem?.advice !== undefined) return problem
  if (answer.status === 404 && listsAll.test(answer.operation))
    return {
      ...problem,
      reason: problem?.reason ?? 'nothing exists at this address',
      advice: 'A list has no id of its own; check baseUrl, and the ids in the options of the account.',
    }
  if (!isUnserved(answer)) return problem
  return { ...problem, advice: 'This address may not serve the API at all; check baseUrl.' }
}

/** Lists that belong to the account and to nothing else. */
const listsAll = /^(?:agents|conversations|contacts|operators|knowledge)\.(?:list|search)$/

type Decision = Pick<ParleyErrorDetails, 'outcome' | 'repeatable'>

/** The outcome in the error of a write. The error of a read has none. */
export function decided({ write, repeatable, undecided }: Sending, outcome: Outcome): Decision {
  return write ? { outcome: undecided ? 'unknown' : outcome, repeatable } : {}
}

/** The beginning of every error message: `livechatai "support", messages.reply`. */
export const at = ({ vendor, account, operation }: OperationContext): string =>
  (vendor && `${vendor} "${account}", `) + operation

/** The error code of a status, for an answer in which the vendor says nothing more exact. */
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

/** Replaces the given secrets, and everything that looks like a secret, in a text from outside, and shortens the text. */
export function redact(text: string, secrets: readonly string[] = [], length = 200): string {
  let result = cutText(text, length + searched)
  for (const secret of secrets.map((given) => given.trim()))
    if (secret.length > 3) result = result.replaceAll(secret, '[redacted]')
  result = result.replace(named, '$1[redacted]').replace(tokenShaped, '[redacted]')
  return result.length > length ? `${cutText(result, length)}…` : result
}

/** The vendor's id of a request, from the place where the vendor documents it or from the usual header. */
export const requestIdOf = (protocol: Protocol, answer: VendorAnswer, credential: string): string | undefined =>
  safeId(protocol.requestId?.(answer) ?? answer.headers.get('x-request-id'), [credential])

/** An id from outside without secrets. 32 hexadecimal digits are the usual form of an id, so only a known secret is removed. */
export function safeId(id: string | null | undefined, secrets: readonly string[]): string | undefined {
  if (!id) return undefined
  return /^[\da-f]{32}$/i.test(id) && !secrets.includes(id) ? id : redact(id, secrets)
}

/** Every text in a request, longest first. A vendor may quote these in its error. */
export function textsOf({ body, query }: RequestSpec): string[] {
  const texts = new Set<string>()
  const collect = (value: unknown): void => {
    if (texts.size >= maxLength) return
    if (typeof value === 'string') texts.add(value)
    else if (value instanceof URLSearchParams) for (const part of value.values()) texts.add(part)
    else if (typeof value === 'object' && value !== null && !isFile(value))
      for (const part of Object.values(value)) collect(part)
  }
  collect(query)
  collect(body)
  return [...texts].sort((one, other) => other.length - one.length)
}

/**
 * The error for an answer that reports a problem.
 *
 * @param sent the texts of the request, which may come from customers.
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
    requestId: safeId(problem.requestId ?? answer.requestId, secrets),
    vendorCode: problem.vendorCode === undefined ? undefined : redact(problem.vendorCode, secrets, 60),
    vendorMessage: problem.vendorMessage === undefined ? undefined : redact(problem.vendorMessage, secrets, 500),
    fields,
    retryAfterMs: answer.retryAfterMs,
    outcome: answer.outcome,
    repeatable: answer.repeatable,
  })
}

/** After an error with one of these codes, the vendor may have carried out the request. */
const leavesOpen: ReadonlySet<ErrorCode> = new Set(['vendor-fault', 'timeout', 'network', 'response'])

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

/** A vendor often quotes the wrong value, so the values that were sent are removed. */
function withoutQuotes(field: FieldProblem, secrets: readonly string[], sent: () => readonly string[]): FieldProblem {
  const path = redact(field.path, secrets)
  return field.problem === undefined ? { path } : { path, problem: redact(field.problem, [...secrets, ...sent()]) }
}

/** The most texts that are collected. */
const maxLength = 1000

const isFile = (value: object): boolean =>
  value instanceof FormData || value instanceof Blob || ArrayBuffer.isView(value)

const tokenShaped = /\b(?:[Bb]earer|Basic)\s+[\w.~+/=-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*|\bpit-[\w-]+|\b[A-Fa-f0-9]{32,}\b/g

/** A secret that its name in JSON gives away: `"agentApiKey": "…"`. */
const named =
  /("[\w-]{0,40}(?:api[-_]?key|secret(?:[-_]?key)?|access[-_]?token|refresh[-_]?token|password)"\s*:\s*")[^"]+/gi

/** How many characters beyond the result's length are searched for secrets, so that a very long text is not searched. */
const searched = 10_000

/** What routers and gateways answer in JSON for a path that they do not serve. */
const routerSays =
  /^(?:cannot (?:get|head|post|put|patch|delete) \/|no (?:static resource|(?:matching )?route)\b|(?:the )?(?:route|endpoint|url|path)\b.{0,300}\bnot (?:be )?(?:found|exist)|unknown (?:route|endpoint|url|path)\b|the requested (?:route|endpoint|url|path)\b|missing authentication token)/i

/**
 * Whether a 404 is about the path and not about the entity: a page or plain text, where the vendor's API answers with JSON,
 * or a router's message. An empty body proves neither.
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
