import { AuthenticationError, amended, ConfigurationError, RateLimitError, TimeoutError } from '../errors/kinds.ts'
import { isParleyError } from '../errors/parley-error.ts'
import { within } from './clock.ts'
import { at } from './failure.ts'
import type { Place } from './limit-window.ts'
import { decided } from './outcome.ts'
import type { Refusal } from './place-request.ts'
import type { Sending } from './retry.ts'

// What has to be there before a request may go out: time, a credential, a place in the vendor's limit. Whatever fails
// here, nothing was sent.

const notDone = (sending: Sending) => ({ ...sending.place, ...decided(sending, 'not-done') })

const tooLate = (sending: Sending): TimeoutError =>
  new TimeoutError({
    ...notDone(sending),
    message: `${at(sending.call)}: the timeout passed before the request could be sent.`,
  })

export function checkTime(sending: Sending): void {
  sending.call.signal?.throwIfAborted()
  if (sending.call.now() >= sending.call.deadline) throw tooLate(sending)
}

/**
 * A place in the vendor's limit, waited for in turn.
 *
 * @throws RateLimitError when there is none in time, or the day is used up; the caller's own reason when it gives up.
 */
export async function takePlace(sending: Sending): Promise<Place> {
  const { settings, call } = sending
  const { priority, deadline, signal } = call
  const warn = (message: string) => call.reading.warn('degraded', message)
  const entry = await settings.budget.enter({ priority, deadline, longestBlock: settings.maxRetryAfter, signal, warn })
  if (!('refused' in entry)) return entry
  throw new RateLimitError({
    ...notDone(sending),
    message: `${at(call)}: ${reasonOf(entry, priority)}; nothing was sent.`,
    retryAfterMs: entry.waitMs,
  })
}

function reasonOf({ refused, waitMs, overtaken }: Refusal, priority: string): string {
  if (refused === 'day') return `the vendor's limit per day is used up for the priority "${priority}"`
  if (refused === 'limiter') return 'the shared rate limiter cannot be reached, and ifDown is "fail"'
  const others = overtaken > 0 ? `, and ${overtaken} requests of a higher priority than "${priority}" went first` : ''
  return `the vendor's rate limit is used up for the next ${waitMs} ms${others}`
}

/** @param rejected the credential that the vendor refused just now, when another one is wanted. */
export async function credentialFor(sending: Sending, rejected?: string): Promise<string> {
  const { settings, call } = sending
  try {
    const given = settings.credential.get(rejected)
    const credential = typeof given === 'string' ? given : await inTime(sending, given)
    if (typeof credential === 'string' && credential !== '') return credential
  } catch (cause) {
    if (call.signal?.aborted) throw cause
    // What it says is about the request for a credential, such as a token that may have been renewed; this is another.
    if (isParleyError(cause)) throw sending.write ? amended(cause, decided(sending, 'not-done')) : cause
    throw new AuthenticationError({
      ...notDone(sending),
      message: `${at(call)}: the function that was passed as the credential failed; see cause.`,
      cause,
    })
  }
  throw new ConfigurationError({
    ...notDone(sending),
    message: `${at(call)}: the function that was passed as the credential did not return a non-empty string.`,
  })
}

const inTime = (sending: Sending, work: Promise<string>): Promise<string> =>
  within(work, {
    clock: sending.settings.clock,
    milliseconds: sending.call.deadline - sending.call.now(),
    signal: sending.call.signal,
    late: () => tooLate(sending),
  })
