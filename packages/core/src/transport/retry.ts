import {
  AuthenticationError,
  ConfigurationError,
  NetworkError,
  RateLimitError,
  ResponseError,
  TimeoutError,
} from '../errors/kinds.ts'
import { isParleyError, type Outcome, type ParleyError } from '../errors/parley-error.ts'
import { type Parsed, parseAnswer, unreadableBody } from './answer.ts'
import { BodyTooLarge } from './body.ts'
import type { Call, VendorReply } from './call.ts'
import { sleep } from './clock.ts'
import { at, codeOfStatus, failureOf } from './failure.ts'
import { certainlyNotSent } from './http.ts'
import type { Problem, RequestSpec } from './protocol.ts'
import { redirectOf } from './redirect.ts'
import { readRetryAfter } from './retry-after.ts'
import type { TransportSettings } from './transport.ts'
import { tryOnce } from './try.ts'
import { urlOf } from './url.ts'

/**
 * Sends a request until it is answered, refused for good, or out of time.
 *
 * A read is tried again after a lost connection, a timeout of its try, a 5xx, 408, 425 or 429. A write only when it
 * certainly did not happen: no connection was made, or a 429 refused it. Everything else that a write ends in says
 * `outcome: 'unknown'`, so that nobody gets a message twice because a library repeated it.
 *
 * @throws every kind of ParleyError but `unsupported`; the caller's own reason when its signal gives up.
 */
export async function sendWithRetries(
  settings: TransportSettings,
  call: Call,
  spec: RequestSpec,
): Promise<VendorReply> {
  const write = (spec.method ?? 'GET') !== 'GET' && !spec.idempotent
  let url = urlOf(settings.protocol.baseUrl, spec.path, spec.query)
  let rejected: string | undefined
  let redirects = 0
  for (let attempt = 1; ; attempt++) {
    await takePlace(settings, call)
    const credential = await credentialFor(settings, call, rejected)
    const tried = await tryOnce(settings, call, spec, url, credential, attempt)

    if ('failed' in tried) {
      const error = failedTry(settings, call, tried, write)
      if (attempt > settings.retries || !mayRepeat(error, write)) throw error
      await backOff(settings, call, attempt, undefined, error)
      continue
    }

    const { received } = tried
    const limits = settings.protocol.readLimits?.(received.headers)
    if (limits) settings.budget.observe(limits)
    if (received.status >= 300 && received.status < 400) {
      url = redirectOf(call, received, url, write, ++redirects)
      attempt--
      continue
    }
    const answer = parseAnswer(received, spec, call.operation)
    const problem = settings.protocol.readProblem(answer)
    if (received.status < 300 && !problem) {
      if (answer.broken) throw unreadableBody(call, answer, write)
      return { status: answer.status, headers: answer.headers, body: answer.body }
    }

    const code = problem?.code ?? codeOfStatus(answer.status)
    if (
      code === 'authentication' &&
      rejected === undefined &&
      settings.credential.canRefresh &&
      problem?.aboutCredential !== false
    ) {
      rejected = credential
      attempt--
      continue
    }
    const retryAfterMs = waitAsked(settings, answer)
    const error = refusal(settings, call, answer, problem ?? {}, credential, write, retryAfterMs)
    if (code === 'rate-limit' && retryAfterMs) settings.budget.block(retryAfterMs)
    const hopeless = code === 'rate-limit' && retryAfterMs === null
    if (hopeless || attempt > settings.retries || !mayRepeat(error, write)) throw error
    await backOff(settings, call, attempt, retryAfterMs ?? undefined, error)
  }
}

/** A place in the vendor's limit, waited for unless that would take too long. */
async function takePlace(settings: TransportSettings, call: Call): Promise<void> {
  for (;;) {
    const wait = settings.budget.take()
    if (wait === 0) return
    if (wait > settings.maxRetryAfter || call.now() + wait > call.deadline) {
      throw new RateLimitError({
        ...placeOf(call),
        message: `${at(call)}: the vendor's rate limit is used up for the next ${wait} ms; nothing was sent.`,
        retryAfterMs: wait,
        outcome: 'not-done',
      })
    }
    await sleep(settings.clock, wait, call.signal)
  }
}

async function credentialFor(settings: TransportSettings, call: Call, rejected: string | undefined): Promise<string> {
  try {
    const given = settings.credential.get(rejected)
    const credential = typeof given === 'string' ? given : await given
    if (typeof credential === 'string' && credential !== '') return credential
  } catch (cause) {
    if (isParleyError(cause)) throw cause
    throw new AuthenticationError({
      ...placeOf(call),
      message: `${at(call)}: the function that gives the credential failed.`,
      cause,
    })
  }
  throw new ConfigurationError({
    ...placeOf(call),
    message: `${at(call)}: the function that gives the credential gave none.`,
  })
}

function failedTry(
  settings: TransportSettings,
  call: Call,
  tried: { failed: unknown; timedOut: boolean },
  write: boolean,
): ParleyError {
  const place = placeOf(call)
  if (tried.failed instanceof BodyTooLarge) {
    return new ResponseError({
      ...place,
      message: `${at(call)}: the answer is larger than maxResponseBytes (${settings.maxResponseBytes}).`,
      outcome: write ? 'unknown' : undefined,
    })
  }
  if (tried.timedOut) {
    const outcome: Outcome | undefined = write ? 'unknown' : undefined
    return new TimeoutError({ ...place, message: `${at(call)}: no answer in time.`, outcome, cause: tried.failed })
  }
  const outcome: Outcome | undefined = write ? (certainlyNotSent(tried.failed) ? 'not-done' : 'unknown') : undefined
  return new NetworkError({ ...place, message: `${at(call)}: the connection failed.`, outcome, cause: tried.failed })
}

function refusal(
  settings: TransportSettings,
  call: Call,
  answer: Parsed,
  problem: Problem,
  credential: string,
  write: boolean,
  retryAfterMs: number | null | undefined,
): ParleyError {
  const code = problem.code ?? codeOfStatus(answer.status)
  const undecided = code === 'vendor-fault' || code === 'timeout'
  return failureOf(
    placeOf(call),
    {
      status: answer.status,
      requestId: settings.protocol.requestId?.(answer) ?? answer.headers.get('x-request-id') ?? undefined,
      retryAfterMs: retryAfterMs ?? undefined,
      outcome: write ? (undecided ? 'unknown' : 'not-done') : undefined,
    },
    problem,
    [credential],
  )
}

/** `null`: the vendor's limit will not give way soon enough for waiting to make sense. */
function waitAsked(settings: TransportSettings, answer: Parsed): number | null | undefined {
  const asked = readRetryAfter(answer.headers, settings.clock.now())
  return asked ?? (answer.status === 429 ? settings.protocol.rateLimitDelay?.(answer.headers) : undefined)
}

function mayRepeat(error: ParleyError, write: boolean): boolean {
  if (write) return error.outcome === 'not-done' && (error.code === 'network' || error.code === 'rate-limit')
  return error.retryable || error.status === 425
}

/** Waits before the next try: as long as the vendor asks, or longer each time; throws the error when it is too long. */
async function backOff(
  settings: TransportSettings,
  call: Call,
  attempt: number,
  asked: number | undefined,
  error: ParleyError,
): Promise<void> {
  const ceiling = Math.min(8_000, 300 * 2 ** (attempt - 1))
  const wait = asked ?? Math.round(ceiling * (0.5 + settings.random() / 2))
  if (wait > settings.maxRetryAfter || call.now() + wait >= call.deadline) throw error
  await sleep(settings.clock, wait, call.signal)
}

const placeOf = ({ vendor, account, operation }: Call) => ({ vendor, account, operation })
