import { createError } from '../errors/kinds.ts'
import type { ErrorCode, FieldProblem, Outcome, ParleyError } from '../errors/parley-error.ts'
import type { Problem } from './protocol.ts'
import { redact } from './redact.ts'

/** What an error has to know about where it happened. */
export interface Place {
  vendor: string
  account: string
  operation: string
}

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
  permission: 'the credential may not do this',
  'not-found': 'there is nothing under this id',
  'invalid-request': 'the request was refused',
  conflict: 'its present state does not allow this',
  'rate-limit': 'too many requests',
  timeout: 'the vendor gave up waiting',
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
  place: Place,
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
    ...place,
    message: `${at(place)}: ${problem.reason ?? sentences[code] ?? code}${named}; HTTP ${answer.status}${said}.${problem.advice ? ` ${problem.advice}` : ''}`,
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
export const at = (place: Place): string => `${place.vendor} "${place.account}", ${place.operation}`
