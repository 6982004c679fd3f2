import { NetworkError, ResponseError, TimeoutError } from '../errors/kinds.ts'
import type { ErrorCode, ParleyError } from '../errors/parley-error.ts'
import type { Parsed } from './answer.ts'
import { BodyTooLarge } from './body.ts'
import { at, codeOfStatus, failureOf } from './failure.ts'
import { certainlyNotSent } from './http.ts'
import type { Problem } from './protocol.ts'
import { textsOf } from './quotes.ts'
import type { Sending } from './retry.ts'

/** The error of a try that got no answer. */
export function failedTry(sending: Sending, tried: { failed: unknown; timedOut: boolean }): ParleyError {
  const { settings, call, place, write } = sending
  const cause = tried.failed
  const outcome = write ? 'unknown' : undefined
  if (cause instanceof BodyTooLarge) {
    const message = `${at(call)}: the answer is larger than maxResponseBytes (${settings.maxResponseBytes}).`
    return new ResponseError({ ...place, message, outcome })
  }
  if (tried.timedOut) return new TimeoutError({ ...place, message: `${at(call)}: no answer in time.`, outcome })
  return new NetworkError({
    ...place,
    message: `${at(call)}: the connection failed.`,
    outcome: write && certainlyNotSent(cause) ? 'not-done' : outcome,
    cause,
  })
}

/** After these the vendor may have done what was asked, whatever it answered. */
const undecided: ReadonlySet<ErrorCode> = new Set(['vendor-fault', 'timeout', 'network', 'response'])

/** The error of an answer that is one. */
export function refusal(
  { settings, spec, place, write }: Sending,
  answer: Parsed,
  problem: Problem,
  credential: string,
  retryAfterMs: number | undefined,
): ParleyError {
  const code = problem.code ?? codeOfStatus(answer.status)
  return failureOf(
    place,
    {
      status: answer.status,
      requestId: settings.protocol.requestId?.(answer) ?? answer.headers.get('x-request-id') ?? undefined,
      retryAfterMs,
      // A fault of the server says nothing about how far it came, whatever its words are.
      outcome: write ? (undecided.has(code) || answer.status >= 500 ? 'unknown' : 'not-done') : undefined,
    },
    problem,
    [credential],
    () => textsOf(spec),
  )
}
