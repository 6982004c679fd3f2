import { AuthenticationError, amended, ConfigurationError, RateLimitError, TimeoutError } from '../errors/kinds.ts'
import { isParleyError, type Outcome, type ParleyError } from '../errors/parley-error.ts'
import { isRecord, type Payload } from '../read/reading.ts'
import { sleep, within } from './clock.ts'
import { type Content, contentOf, parseAnswer, type Tried, tryOnce, unreadableBody, urlOf } from './exchange.ts'
import { addressedProblem, at, codeOfStatus, decided, failedTry, type Parsed, refusal } from './failure.ts'
import { readRetryAfter } from './limit-headers.ts'
import type { Slot } from './limit-window.ts'
import type { Call, Problem, RequestSpec, VendorReply } from './protocol.ts'
import type { Refusal } from './rate-limiter.ts'
import type { Credential, CredentialSource, Sending, TransportSettings } from './settings.ts'

/** A browser hides the redirects that it does not follow behind the status 0. */
const isRedirect = (status: number): boolean => status === 0 || (status >= 300 && status < 400)

/**
 * Sends a request until it is answered, refused for good, or out of time.
 *
 * A read and an idempotent write are tried again after a lost connection, a timeout of its try, a 5xx, 408, 425 or 429.
 * Any other write only when it certainly did not happen: no connection was made, or a 429 refused it. Everything else
 * that a write ends in says `outcome: 'unknown'`, so that nobody gets a message twice because a library repeated it.
 *
 * @param address where to send it, if not to the API; the settings are those of `withoutCredential` then.
 * @throws every kind of ParleyError but `unsupported`; the caller's own reason when its signal gives up.
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
  for (let attempt = 1; ; attempt++) {
    checkTime(sending)
    const { settings, spec } = sending
    const credential = replacement ?? (await credentialFor(sending))
    const content = contentOf(sending, credential)
    const tried = await tryInPlace(sending, { url, ...content }, attempt)

    if ('failed' in tried) {
      sending = await tryAgain(sending, attempt, undefined, failedTry(sending, tried))
      continue
    }

    const { received } = tried
    const limits = settings.protocol.readLimits?.(received.headers)
    if (limits) settings.rateLimiter.observe(limits, (message) => call.reading.warn('degraded', message))
    if (isRedirect(received.status)) {
      const { redirected } = await import('./redirect.ts')
      ;({ url, sending } = await redirected(sending, received, url, ++redirects))
      if (sending.away) replacement = undefined
      attempt--
      continue
    }
    const answer = parseAnswer(received, spec, operation)
    const problem = addressedProblem(answer, settings.protocol.readProblem(answer))
    if (received.status < 300 && !problem) {
      if (answer.broken) throw unreadableBody(sending, answer)
      const reply: VendorReply = { status: answer.status, headers: answer.headers, body: answer.body }
      if (received.stream)
        reply.errorIn = (part, event) => errorIn(sending, { ...answer, body: part }, event, credential)
      return reply
    }

    const code = problem?.code ?? codeOfStatus(answer.status)
    // An earlier try deleted it, and only the answer was lost.
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

async function tryInPlace(sending: Sending, request: { url: string } & Content, attempt: number): Promise<Tried> {
  const slot = await takeSlot(sending)
  try {
    return await tryOnce(sending, request, attempt)
  } finally {
    sending.settings.rateLimiter.answered(slot)
  }
}

/** The vendor had begun to answer, so that none of its words proves that nothing was done. */
function errorIn(sending: Sending, answer: Parsed, event: string | undefined, credential: string) {
  const isNamed = event !== undefined && errorName.test(event)
  // Some APIs answer with a list, whatever is in it.
  const parts = Array.isArray(answer.body) && !isNamed ? answer.body : [answer.body]
  for (const body of parts) {
    const isErrorPart = isNamed || (isRecord(body) && saysError(body))
    if (!isErrorPart && !isRecord(body)) continue
    const named: Problem = { code: 'vendor-fault', ...(typeof body === 'string' ? { vendorMessage: body } : {}) }
    const problem = sending.settings.protocol.readProblem({ ...answer, body, isErrorPart })
    const found = problem ?? (isErrorPart ? named : undefined)
    if (found) return refusal({ ...sending, undecided: true }, answer, found, credential, undefined)
  }
  return undefined
}

const errorName = /(?:error|exception|fail|failed|failure|abort|aborted|cancell?ed|timeout)s?$/i

function saysError(part: Payload): boolean {
  const { error, status, type, event } = part as Record<'error' | 'status' | 'type' | 'event', unknown>
  const hasError = (typeof error === 'string' && error !== '') || isRecord(error) || error === true
  return hasError || [status, type, event].some((word) => typeof word === 'string' && /^error$/i.test(word))
}

/** The problem with what a body says that is not JSON. A storage's page may quote a signed address, so it is left out. */
async function withWords({ away }: Sending, problem: Problem, { body }: Parsed): Promise<Problem> {
  if (typeof body !== 'string' || away) return problem
  const { vendorMessage: _, ...rest } = problem
  const said = await (await import('./page-words.ts')).pageWords(body)
  return said === undefined ? rest : { ...rest, vendorMessage: said }
}

/** `null`: the vendor's limit will not give way soon enough for waiting to make sense. */
function waitAsked({ settings, call }: Sending, answer: Parsed, code: string): number | null | undefined {
  const warn = (message: string) => call.reading.warn('degraded', message)
  const asked = readRetryAfter(answer.headers, settings.clock.now(), warn)
  return asked ?? (code === 'rate-limit' ? settings.protocol.rateLimitDelay?.(answer.headers) : undefined)
}

/** A limit per day that is used up gives way when the vendor's day ends, where it says when. */
function untilNextDay({ settings }: Sending, code: string): number | undefined {
  const daily = code === 'rate-limit' ? settings.rateLimiter.state().daily : null
  return daily?.remaining === 0 && daily.resetsAt !== undefined ? daily.resetsAt - settings.clock.now() : undefined
}

const mayRepeat = (error: ParleyError, { repeatable }: Sending): boolean =>
  error.retryable || (repeatable && error.status === 425)

/**
 * Waits before the next try: longer each time, and at least as long as the vendor asks, which may be no time at all.
 * Throws the error when there is to be none, or when the wait is too long.
 *
 * @returns what the next try sends.
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

// What has to be there before a request may go out: time, a credential, a slot in the vendor's limit. Whatever fails
// here, nothing was sent.

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
 * A slot in the vendor's limit, waited for in turn.
 *
 * @throws RateLimitError when there is none in time, or the day is used up; the caller's own reason when it gives up.
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
  const others = overtaken > 0 ? `, and ${overtaken} requests of a higher priority than "${priority}" went first` : ''
  return `the vendor's rate limit is used up for the next ${waitMs} ms${others}`
}

/** @param rejected the credential that the vendor refused just now, when another one is wanted. */
async function credentialFor(sending: Sending, rejected?: string): Promise<string> {
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
  /** The last refused credential and what replaced it, or will. Kept, for those who are refused with it late. */
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
      // Whoever comes while a refused token is being replaced waits for the new one.
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

/** What the requests of one operation have done so far, so that no later failure denies it. */
interface EarlierWrites {
  /**
   * Sends a request, and counts it when it may have changed something.
   *
   * @throws the error of the request. What it says of the operation takes in the writes before it: `partly-done` or
   * `unknown` where one of them was done or may have been, and `retryable` only if all of them may be repeated.
   */
  with<T>(spec: Kind, send: () => Promise<T>): Promise<T>
}

type Kind = Pick<RequestSpec, 'method' | 'safe' | 'idempotent'>

const repeatNot = 'An earlier step of the operation succeeded, so do not repeat the call.'

export function createEarlierWrites(): EarlierWrites {
  let outcome: Exclude<Outcome, 'not-done'> | undefined
  let repeatable = true

  const count = (spec: Kind, came: 'partly-done' | 'unknown') => {
    if (!isWrite(spec)) return
    outcome = outcome === 'unknown' ? outcome : came
    repeatable &&= isRepeatable(spec)
  }
  const told = (error: unknown, spec: Kind): unknown => {
    if (!isParleyError(error) || outcome === undefined) return error
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

/** Whether sending it twice leaves the same as sending it once. */
const isRepeatable = ({
  method = 'GET',
  safe,
  idempotent,
}: Pick<RequestSpec, 'method' | 'safe' | 'idempotent'>): boolean =>
  idempotent ?? (safe || method === 'GET' || method === 'PUT' || method === 'DELETE')
