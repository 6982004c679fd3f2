import type { ListQuery, OperationOptions, SendOptions } from '../contract/options.ts'
import type { Page, Paged } from '../contract/results.ts'
import { ResponseError, TimeoutError } from '../errors/kinds.ts'
import { isParleyError } from '../errors/parley-error.ts'
import { isObject, notLoaded } from '../input/check.ts'
import { checkOptions } from '../input/fields.ts'
import { paged } from '../paging/paged.ts'
import { DecodeError, PayloadReader } from '../read/reading.ts'
import { guarded, isSignal } from '../read/text.ts'
import { type Clock, sleep, systemClock, untilAborted } from './clock.ts'
import { at } from './failure.ts'
import { isSpeaking } from './limit-window.ts'
import type { Call, Protocol } from './protocol.ts'
import { createRateLimiter, type RateLimiter, type RateLimiterOptions } from './rate-limiter.ts'
import { createEarlierWrites, credentialSource, isWrite, sendWithRetries } from './retry.ts'
import type { AdapterOptions, Credential, RuntimeOptions, TransportSettings } from './settings.ts'
import { checkLimiter, type SharedLimiter } from './shared-limiter.ts'

export interface Transport {
  readonly settings: TransportSettings
  /** Starts an operation: its deadline runs from here, over all its requests. */
  begin(operation: string, options?: OperationOptions, defaults?: { timeout?: number }): Call
  /**
   * Loads the code of an operation before the operation begins. The deadline of the operation that then begins with the
   * same `options` runs from here.
   *
   * @param options what may be the options. Wrong options are refused when the operation begins.
   * @throws NetworkError if the code cannot be loaded; the signal's reason if the caller aborts. Nothing was sent.
   */
  load<T>(operation: string, options: unknown, code: () => Promise<T>): Promise<T>
  /**
   * A list. Each page is an operation of its own, and the cursors belong to this account.
   *
   * @param readPage reads one page; see `ReadPage` for what it is given.
   * @param of what the list belongs to, such as the conversation of a list of messages: an entity or its id.
   */
  list<Item, P extends Page<Item> = Page<Item>, Query extends ListQuery = ListQuery>(
    operation: string,
    query: Query | undefined,
    options: OperationOptions | undefined,
    readPage: (call: Call, query: Query, cursor: string | undefined, seen: Set<string>) => Promise<P & Page<Item>>,
    of?: unknown,
  ): Paged<Item, P>
}

/** Creates the transport of one adapter. Sends nothing. */
export function createTransport(
  protocol: Protocol,
  options: AdapterOptions & RuntimeOptions & { credential: Credential },
): Transport {
  const clock = options.clock ?? systemClock
  const account = options.account ?? 'default'
  const settings: TransportSettings = {
    protocol,
    account,
    credential: credentialSource(options.credential),
    clock,
    rateLimiter: limiterOf(clock, protocol, options),
    priority: options.priority ?? 'live',
    random: options.random ?? Math.random,
    fetch: options.fetch,
    lookup: options.lookup,
    operatorId: options.operatorId,
    operators: options.operators ?? [],
    customFields: options.customFields ?? {},
    store: options.store,
    timeout: options.timeout ?? 60_000,
    attemptTimeout: options.attemptTimeout ?? 30_000,
    maxRetries: options.maxRetries ?? 2,
    maxRetryAfter: options.maxRetryAfter ?? 30_000,
    maxResponseBytes: options.maxResponseBytes ?? 33_554_432,
    keepRaw: options.raw ?? false,
    onWarning: guarded(options.onWarning) ?? (() => {}),
    onRequest: guarded(options.onRequest),
  }
  const begin: Transport['begin'] = (operation, of, defaults) => createCall(settings, operation, of, defaults)
  return {
    settings,
    begin,
    load: (operation, given, code) => loadCode(settings, operation, given, code),
    list: (operation, query, given, readPage, of) =>
      paged((cursor, own, seen) => readPage(begin(operation, given), own, cursor, seen), query, {
        vendor: protocol.vendor,
        account,
        scope: protocol.accountId,
        operation,
        of,
        required: protocol.required?.[operation],
      }),
  }
}

/** A name for each credential function, because a function has no text that could name a limit. */
const functionNames = new WeakMap<object, string>()
let functions = 0

function nameOf(credential: object): string {
  const name = functionNames.get(credential) ?? `function ${++functions}`
  functionNames.set(credential, name)
  return name
}

/**
 * The rate limiter of an adapter. Adapters share one if they have the same scope. If the vendor documents no scope, the
 * scope is the base URL and the credential. For a credential function, the name of the account replaces the credential
 * if the user set one with `account`; otherwise the function itself identifies the scope.
 *
 * Adapters with the option `rate` share a limiter only with adapters of the same scope and the same numbers. With
 * `rate: false`, nothing is counted.
 *
 * With a limiter that several processes share, the name of the account always replaces the credential, because no
 * credential may be stored.
 */
function limiterOf(
  clock: Clock,
  protocol: Protocol,
  options: { account?: string; credential: Credential; rate?: AdapterOptions['rate']; limiter?: SharedLimiter },
): RateLimiter {
  const { credential, rate, limiter, account } = options
  // The vendor's headers would set a limit again, so they are ignored. Only refusals count.
  if (rate === false) return { ...createRateLimiter(clock, null), observe: () => {} }
  if (limiter) checkLimiter(limiter, protocol.vendor)
  const owner = limiter
    ? (account ?? 'default')
    : typeof credential === 'string'
      ? credential
      : account === undefined
        ? nameOf(credential)
        : `account ${account}`
  const scope = protocol.scope ?? `${protocol.vendor} ${protocol.baseUrl} ${owner}`
  if (!rate) return rateLimiterFor(clock, scope, protocol.rate ?? null, { limiter })
  return rateLimiterFor(clock, `${scope} ${rate.requests}/${rate.perMs}`, rate, { limiter, fixed: true })
}

const shared = new WeakMap<Clock, WeakMap<object, Map<string, RateLimiter>>>()

/** The rate limiter of a scope: the same one for every adapter of this process with the same scope. */
export function rateLimiterFor(
  clock: Clock,
  scope: string,
  limit: { requests: number; perMs: number } | null,
  options: Omit<RateLimiterOptions, 'scope'> = {},
): RateLimiter {
  const owners = shared.get(clock) ?? new WeakMap<object, Map<string, RateLimiter>>()
  const owner = options.limiter ?? clock
  const rateLimiters = owners.get(owner) ?? new Map<string, RateLimiter>()
  const rateLimiter = rateLimiters.get(scope) ?? createRateLimiter(clock, limit, { ...options, scope })
  shared.set(clock, owners.set(owner, rateLimiters.set(scope, rateLimiter)))
  return rateLimiter
}

/** When operations whose code was loaded first were called, by their options. */
const starts = new WeakMap<object, number>()

/** What wants to know of the writes of an operation, by the options of the operation. */
const writeListeners = new WeakMap<object, () => void>()

/**
 * Options for an operation that is a step of another one.
 *
 * @param listener is called after each request of the step that has, or may have, changed something.
 */
export function withWriteListener<Options extends OperationOptions>(options: Options, listener: () => void): Options {
  const own = { ...options }
  writeListeners.set(own, listener)
  return own
}

/** The signal in the options, if it is one. Wrong options are refused by the operation. */
function signalOf(options: Record<string, unknown>): AbortSignal | undefined {
  try {
    const { signal } = options
    return isSignal(signal) ? signal : undefined
  } catch {
    return undefined
  }
}

async function loadCode<T>(
  settings: TransportSettings,
  operation: string,
  given: unknown,
  code: () => Promise<T>,
): Promise<T> {
  const { account, clock, protocol } = settings
  const place = { vendor: protocol.vendor, account, operation }
  const options = isObject(given) ? given : {}
  const signal = signalOf(options)
  signal?.throwIfAborted()
  if (!starts.has(options)) starts.set(options, clock.now())
  try {
    return await (signal ? untilAborted(code(), signal) : code())
  } catch (cause) {
    starts.delete(options)
    if (isParleyError(cause) || signal?.aborted) throw cause
    throw notLoaded(place, { cause })
  }
}

function createCall(
  settings: TransportSettings,
  operation: string,
  given: OperationOptions | undefined,
  defaults: { timeout?: number } = {},
): Call {
  const { protocol, account, clock, onWarning } = settings
  if (given !== undefined) checkOptions({ vendor: protocol.vendor, account, operation }, given)
  const options: SendOptions = given ?? {}
  options.signal?.throwIfAborted()
  const keepRaw = options.raw ?? settings.keepRaw
  const start = starts.get(options) ?? clock.now()
  starts.delete(options)
  const deadline = start + (options.timeout ?? defaults.timeout ?? settings.timeout)
  const earlier = createEarlierWrites(isSpeaking(operation), writeListeners.get(options))
  const elsewhere = () => loadCode(settings, operation, undefined, () => import('./elsewhere.ts'))
  const call: Call = {
    owner: settings,
    vendor: protocol.vendor,
    account,
    operation,
    reading: new PayloadReader({ vendor: protocol.vendor, account, operation, keepRaw, onWarning }),
    signal: options.signal,
    deadline,
    priority: options.priority ?? (isSpeaking(operation) ? 'send' : settings.priority),
    beforeSend: options.beforeSend && (async () => options.beforeSend?.()),
    onRequest: options.onRequest,
    now: () => clock.now(),
    request: (spec) => earlier.with(spec, () => sendWithRetries(settings, call, spec)),
    requestElsewhere: async (url, spec) => {
      return earlier.with(spec, async () => (await elsewhere()).requestElsewhere(settings, call, url, spec))
    },
    checkAddress: async (url, path) => {
      return earlier.with({}, async () => (await elsewhere()).checkAddress(settings, call, url, path))
    },
    async read(spec, read) {
      const { body, status, requestId } = await call.request(spec)
      try {
        const result = read(body, call.reading)
        await call.reading.settled()
        return result
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error
        const unreadable = new ResponseError({
          vendor: call.vendor,
          account,
          operation,
          status,
          requestId: requestId?.(),
          // A write that was answered with a 2xx was most likely done, but the response does not prove it.
          outcome: isWrite(spec) ? 'unknown' : undefined,
          message: `${at(call)}: the response cannot be read${error.path ? ` at ${error.path}` : ''}; the vendor's API may have changed.`,
          fields: [{ path: error.path, problem: 'is missing or does not have the documented shape' }],
        })
        return earlier.with({}, () => Promise.reject(unreadable))
      }
    },
    async wait(milliseconds) {
      const left = deadline - clock.now()
      if (left <= 0) return true
      await sleep(clock, Math.min(milliseconds, left), options.signal)
      return clock.now() >= deadline
    },
  }
  return call
}

/** The error of an operation whose deadline passes between two requests. */
export const outOfTime = (call: Call, message: string): TimeoutError =>
  new TimeoutError({
    vendor: call.vendor,
    account: call.account,
    operation: call.operation,
    message: `${at(call)}: ${message}`,
  })
