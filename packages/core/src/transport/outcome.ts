import { NetworkError, ResponseError, TimeoutError } from '../errors/kinds.ts'
import type { ErrorCode, Outcome, ParleyError, ParleyErrorDetails } from '../errors/parley-error.ts'
import type { Parsed } from './answer.ts'
import { BodyTooLarge } from './body.ts'
import { certainlyNotSent, connectionFailure, sayConnectionFailure } from './connection-failure.ts'
import { at, codeOfStatus, failureOf } from './failure.ts'
import type { Problem } from './protocol.ts'
import { textsOf } from './quotes.ts'
import type { Sending } from './retry.ts'

type Decision = Pick<ParleyErrorDetails, 'outcome' | 'repeatable'>

/** What an error says of the write that it ended; nothing of a read. */
export function decided({ write, repeatable, undecided }: Sending, outcome: Outcome): Decision {
  return write ? { outcome: undecided ? 'unknown' : outcome, repeatable } : {}
}

/** The error of a try that got no answer. */
export function failedTry(sending: Sending, tried: { failed: unknown; timedOut: boolean }): ParleyError {
  const { settings, call, place } = sending
  const cause = tried.failed
  const unknown = decided(sending, 'unknown')
  if (cause instanceof BodyTooLarge) {
    const message = `${at(call)}: the answer is larger than maxResponseBytes (${settings.maxResponseBytes}).`
    return new ResponseError({ ...place, message, ...unknown })
  }
  if (tried.timedOut) return new TimeoutError({ ...place, message: `${at(call)}: no answer in time.`, ...unknown })
  const reason = connectionFailure(cause)
  return new NetworkError({
    ...place,
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
  const { settings, spec, place } = sending
  const code = problem.code ?? codeOfStatus(answer.status)
  return failureOf(
    place,
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
