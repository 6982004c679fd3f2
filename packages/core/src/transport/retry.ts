import { AuthenticationError, amended, ConfigurationError, RateLimitError, TimeoutError } from '../errors/kinds.ts'
import { isParleyError, type Outcome, type ParleyError } from '../errors/parley-error.ts'
import { notLoaded } from '../input/check.ts'
import { sleep, within } from './clock.ts'
import { contentOf, parseAnswer, type Tried, type Try, tryOnce, unreadableBody, urlOf } from './exchange.ts'
import { addressedProblem, at, codeOfStatus, decided, failedTry, type Parsed, refusal, requestIdOf } from './failure.ts'
import { readRetryAfter } from './limit-headers.ts'
import type { Slot } from './limit-window.ts'
import type { Call, Problem, RequestSpec, VendorReply } from './protocol.ts'
import type { Refusal } from './rate-limiter.ts'
import type { Credential, CredentialSource, Sending, TransportSettings } from './settings.ts'

/** A browser hides the redirects that it does not follow behind the status 0. */
const isRedirect = (status: number): boolean => status === 0 || (status >= 300 && status < 400)

/**
 * Sends a request, and retries it until it succeeds, fails for good, or runs out of time.
 *
 * A read or an idempotent write is retried after a lost connection, a try without a response in time, a 5xx, 408, 425
 * or 429. Any other write is retried only if it certainly had no effect: no connection was made, or a 429 refused it.
 *
 * The error of a write has an outcome: `not-done` if nothing was sent, no connection was made, or the vendor refused the
 * request (a 4xx other than 408, as a rule); otherwise `unknown`. It is also `unknown` if an earlier try of the same
 * request may have taken effect.
 *
 * @param address where to send the request, if not to the API. The settings are then those of `withoutCredential`.
 * @throws every kind of ParleyError except `unsupported`; the signal's reason if the caller aborts.
 */
export async function sendWithRetries(
  given: TransportSettings,
  call: Call,
  asked: RequestSpec,
  address?: string,
): Promise<VendorReply> {
  const { vendor, account, operation } = call
  const context = { vendor, account, operation }
  const kind = { write: isWrite(asked), repeatable: isRepeatable(asked), undecided: false }
  let sending: Sending = { settings: given, call, spec: asked, ...kind, context, away: address !== undefined }
  let url = address ?? urlOf(given.protocol.baseUrl, asked.path, asked.query)
  let replacement: string | undefined
  let redirects = 0
  for (let attempt = 1, resends = 0; ; attempt++, resends++) {
    checkTime(sending)
    const { settings, spec } = sending
    const credential = replacement ?? (await credentialFor(sending))
    const content = contentOf(sending, credential)
    const request = { url, ...content, credential, attempt, resends, entered: call.now() }
    const tried = await tryInPlace(sending, request)

    if ('failed' in tried) {
      sending = await tryAgain(sending, attempt, undefined, await failedTry(sending, tried))
      continue
    }

    const { received } = tried
    const limits = settings.protocol.readLimits?.(received.headers)
    if (limits) settings.rateLimiter.observe(limits, (message) => call.reading.warn('degraded', message))
    if (isRedirect(received.status)) {
      const { redirected } = await import('./redirect.ts').catch((cause) => {
        throw notLoaded(call, { ...decided(sending, 'unknown'), cause })
      })
      ;({ url, sending } = await redirected(sending, received, url, ++redirects))
      if (sending.away) replacement = undefined
      attempt--
      continue
    }
    const answer = parseAnswer(received, spec, operation)
    const problem = addressedProblem(answer, settings.protocol.readProblem(answer))
    if (received.status < 300 && !problem) {
      if (answer.broken) throw unreadableBody(sending, answer, credential)
      const reply: VendorReply = {
        ...{ status: answer.status, headers: answer.headers, body: answer.body },
        requestId: () => requestIdOf(settings.protocol, answer, credential),
      }
      if (received.stream) {
        // Already loaded, because this answer is read with it.
        const { errorIn } = await import('./stream.ts')
        reply.errorIn = (part, event) => errorIn(sending, { ...answer, body: part }, event, credential)
      }
      return reply
    }

    const code = problem?.code ?? codeOfStatus(answer.status)
    // An earlier try deleted the entity, and only its answer was lost.
    if (code === 'not-found' && sending.undecided && spec.method === 'DELETE') {
      return { status: answer.status, headers: answer.headers, body: undefined }
    }
    if (code === 'authentication' && settings.credential.canRefresh && problem?.aboutCredential !== false) {
      const other = replacement === undefined ? await credentialFor(sending, credential) : credential
      if (other !== credential) {
        replacement = other
        attempt--
        continue
      }
    }
    const wait = waitAsked(sending, answer, code)
    const said = await withWords(sending, problem ?? {}, answer)
    const error = refusal(sending, answer, said, credential, wait ?? untilNextDay(sending, code))
    const doNotRetry = problem?.doNotRetry === true || (code === 'rate-limit' && wait === null)
    if (code === 'rate-limit' && !doNotRetry) settings.rateLimiter.block(wait ?? 0)
    if (doNotRetry) throw error
    sending = await tryAgain(sending, attempt, wait ?? undefined, error)
  }
}

async function tryInPlace(sending: Sending, request: Try): Promise<Tried> {
  const slot = await takeSlot(sending)
  try {
    if (sending.write) await sending.call.beforeSend?.()
    // The process may have been suspended in the meantime.
    checkTime(sending)
    return await tryOnce(sending, request)
  } finally {
    sending.settings.rateLimiter.answered(slot)
  }
}

/**
 * Adds the text of a response that is not JSON to the problem. The text of a file storage's page is omitted, because it
 * may quote a signed address.
 */
async function withWords({ away }: Sending, problem: Problem, { body }: Parsed): Promise<Problem> {
  if (typeof body !== 'string' || away) return problem
  const { vendorMessage: _, ...rest } = problem
  // An error is not replaced by another one because the code that reads the page cannot be loaded.
  const said = await import('./page-words.ts').then(({ pageWords }) => pageWords(body)).catch(() => undefined)
  return said === undefined ? rest : { ...rest, vendorMessage: said }
}

/**
 * How long the vendor asks to wait, in milliseconds. `undefined`: the vendor does not say, so the usual growing delay
 * applies. `null`: the adapter knows that the limit lasts too long to wait for, such as a used-up daily limit.
 */
function waitAsked({ settings, call }: Sending, answer: Parsed, code: string): number | null | undefined {
  const warn = (message: string) => call.reading.warn('degraded', message)
  const asked = readRetryAfter(answer.headers, settings.clock.now(), warn)
  return asked ?? (code === 'rate-limit' ? settings.protocol.rateLimitDelay?.(answer.headers) : undefined)
}

/** The time until the vendor's day ends, if its daily limit is used up and it says when the day ends. */
function untilNextDay({ settings }: Sending, code: string): number | undefined {
  const daily = code === 'rate-limit' ? settings.rateLimiter.state().daily : null
  return daily?.remaining === 0 && daily.resetsAt !== undefined ? daily.resetsAt - settings.clock.now() : undefined
}

const mayRepeat = (error: ParleyError, { repeatable }: Sending): boolean =>
  error.retryable || (repeatable && error.status === 425)

/**
 * Waits before the next try: longer each time, and at least as long as the vendor asks.
 *
 * @param asked the wait that the vendor asks for, in milliseconds. `undefined`: it asks for none.
 * @returns what the next try sends.
 * @throws `error`, if there are no tries left, the error must not be retried, or the wait is too long.
 */
async function tryAgain(
  sending: Sending,
  attempt: number,
  asked: number | undefined,
  error: ParleyError,
): Promise<Sending> {
  const { settings, call } = sending
  if (attempt > settings.maxRetries || !mayRepeat(error, sending)) throw error
  const ceiling = Math.min(8_000, 300 * 2 ** (attempt - 1))
  const wait = Math.max(asked ?? 0, Math.round(ceiling * (0.5 + settings.random() / 2)))
  const tooLong = asked !== undefined && asked > settings.maxRetryAfter
  if (tooLong || call.now() + wait >= call.deadline) throw error
  await sleep(settings.clock, wait, call.signal)
  return error.outcome === 'unknown' ? { ...sending, undecided: true } : sending
}

// The next functions get what a request needs before it is sent: time, a credential, a slot in the vendor's limit. If
// one of them fails, nothing was sent.

const notDone = (sending: Sending) => ({ ...sending.context, ...decided(sending, 'not-done') })

const tooLate = (sending: Sending): TimeoutError =>
  new TimeoutError({
    ...notDone(sending),
    message: `${at(sending.call)}: the timeout passed before the request could be sent.`,
  })

function checkTime(sending: Sending): void {
  sending.call.signal?.throwIfAborted()
  if (sending.call.now() >= sending.call.deadline) throw tooLate(sending)
}

/**
 * Waits for a slot in the vendor's limit.
 *
 * @throws RateLimitError if no slot becomes free in time, or the daily limit is used up; the signal's reason if the
 * caller aborts.
 */
async function takeSlot(sending: Sending): Promise<Slot> {
  const { settings, call } = sending
  const { priority, deadline, signal } = call
  const warn = (message: string) => call.reading.warn('degraded', message)
  const entry = await settings.rateLimiter.enter({
    priority,
    deadline,
    longestBlock: settings.maxRetryAfter,
    signal,
    warn,
  })
  if (!('refused' in entry)) return entry
  throw new RateLimitError({
    ...notDone(sending),
    message: `${at(call)}: ${reasonOf(entry, priority)}; nothing was sent.`,
    retryAfterMs: entry.waitMs,
  })
}

function reasonOf({ refused, waitMs, overtaken }: Refusal, priority: string): string {
  if (refused === 'day') return `the vendor's daily limit is used up for priority "${priority}"`
  if (refused === 'limiter') return 'the shared rate limiter cannot be reached, and ifDown is "fail"'
  const others = overtaken > 0 ? `, and ${overtaken} more urgent requests went first` : ''
  return `the vendor's rate limit is used up for the next ${waitMs} ms${others}`
}

/** @param rejected the credential that the vendor has just refused. Pass it to get a different one. */
async function credentialFor(sending: Sending, rejected?: string): Promise<string> {
  const { settings, call } = sending
  try {
    const given = settings.credential.get(rejected)
    const credential = typeof given === 'string' ? given : await inTime(sending, given)
    if (typeof credential === 'string' && credential !== '') return credential
  } catch (cause) {
    if (call.signal?.aborted) throw cause
    // The outcome of the error is about the request for a credential. The request of this operation was not sent.
    if (isParleyError(cause)) throw sending.write ? amended(cause, decided(sending, 'not-done')) : cause
    throw new AuthenticationError({
      ...notDone(sending),
      message: `${at(call)}: the credential function failed; see cause.`,
      cause,
    })
  }
  throw new ConfigurationError({
    ...notDone(sending),
    message: `${at(call)}: the credential function did not return a non-empty string.`,
  })
}

const inTime = (sending: Sending, work: Promise<string>): Promise<string> =>
  within(work, {
    clock: sending.settings.clock,
    milliseconds: sending.call.deadline - sending.call.now(),
    signal: sending.call.signal,
    late: () => tooLate(sending),
  })

export function credentialSource(credential: Credential): CredentialSource {
  if (typeof credential === 'string') return { get: () => credential, canRefresh: false }
  let pending: Promise<string> | undefined
  /**
   * The last refused credential and its replacement. Kept, because another request that used the refused credential may
   * be refused later and needs the same replacement.
   */
  let refreshing: { rejected: string; result: Promise<string>; isOver: boolean } | undefined
  const call = async (context: { rejected?: string }) => credential(context)

  const refresh = (rejected: string) => {
    const mine = { rejected, result: call({ rejected }), isOver: false }
    refreshing = mine
    const forget = () => {
      if (refreshing === mine) refreshing = undefined
    }
    mine.result.then((given) => {
      mine.isOver = true
      if (given === rejected) forget()
    }, forget)
    return mine.result
  }

  return {
    canRefresh: true,
    get(rejected) {
      if (rejected !== undefined) return refreshing?.rejected === rejected ? refreshing.result : refresh(rejected)
      // While a refused token is being replaced, every request waits for the new one.
      if (refreshing && !refreshing.isOver) return refreshing.result
      if (!pending) {
        pending = call({})
        const done = () => {
          pending = undefined
        }
        pending.then(done, done)
      }
      return pending
    },
  }
}

/** Records the writes of one operation, so that the error of a later request also reports the outcome of these writes. */
interface EarlierWrites {
  /**
   * Sends a request, and records it if it may have changed something.
   *
   * @throws the error of the request, with the outcome of the whole operation: `partly-done` if an earlier write
   * succeeded, `unknown` if one may have. It is then `retryable` only if every write of the operation is idempotent.
   */
  with<T>(spec: Kind, send: () => Promise<T>): Promise<T>
}

type Kind = Pick<RequestSpec, 'method' | 'safe' | 'idempotent'>

export const repeatNot = 'An earlier step of the operation succeeded, so do not repeat the call.'

/**
 * @param isSending whether the operation sends a message. A caller who hears of a failure then has to know whether to send
 * again. So an error of a read before the message, which itself says nothing, says `not-done`.
 * @param onWrite is called after each request that has, or may have, changed something.
 */
export function createEarlierWrites(isSending = false, onWrite: () => void = () => {}): EarlierWrites {
  let outcome: Exclude<Outcome, 'not-done'> | undefined
  let repeatable = true

  const count = (spec: Kind, came: 'partly-done' | 'unknown') => {
    if (!isWrite(spec)) return
    onWrite()
    outcome = outcome === 'unknown' ? outcome : came
    repeatable &&= isRepeatable(spec)
  }
  const told = (error: unknown, spec: Kind): unknown => {
    if (!isParleyError(error)) return error
    if (outcome === undefined)
      return isSending && error.outcome === undefined ? amended(error, { outcome: 'not-done' }) : error
    const all = repeatable && isRepeatable(spec)
    const isUnknown = outcome === 'unknown' || error.outcome === 'unknown'
    return amended(error, {
      outcome: isUnknown ? 'unknown' : 'partly-done',
      repeatable: all,
      ...(!isUnknown && !all && { message: `${error.message} ${repeatNot}` }),
    })
  }
  return {
    async with(spec, send) {
      try {
        const reply = await send()
        count(spec, 'partly-done')
        return reply
      } catch (error) {
        const known = told(error, spec)
        if (isParleyError(error) && error.outcome === 'unknown') count(spec, 'unknown')
        throw known
      }
    },
  }
}

export const isWrite = ({ method = 'GET', safe }: Pick<RequestSpec, 'method' | 'safe'>): boolean =>
  method !== 'GET' && !safe

/** Whether sending the request twice leaves the same result as sending it once. */
const isRepeatable = ({
  method = 'GET',
  safe,
  idempotent,
}: Pick<RequestSpec, 'method' | 'safe' | 'idempotent'>): boolean =>
  idempotent ?? (safe || method === 'GET' || method === 'PUT' || method === 'DELETE')
