import type { OperationOptions } from '../contract/options.ts'
import type { Priority } from '../contract/priority.ts'
import type { Warning } from '../contract/warning.ts'
import { guarded } from '../read/guarded.ts'
import { type Budget, createBudget } from './budget.ts'
import { budgetOf } from './budget-of.ts'
import { type Call, createCall } from './call.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Credential, type CredentialSource, credentialSource } from './credential.ts'
import type { Protocol, RequestTrace } from './protocol.ts'
import { type Lookup, systemLookup } from './public-address.ts'
import { checkLimiter, type SharedLimiter } from './shared-limiter.ts'

/** The options that every adapter takes beside its own. */
export interface AdapterOptions {
  /** The user's name for this account, part of every `ref`. Default `default`. */
  account?: string
  /** The vendor's API, or an emulator of it. */
  baseUrl?: string
  /** Deadline of a whole operation in milliseconds, retries and waits included. Default 60,000. */
  timeout?: number
  /** Deadline of a single try in milliseconds. Default 30,000. */
  tryTimeout?: number
  /** How often a read, or a write that certainly did not happen, is tried again. Default 2. */
  retries?: number
  /** The longest wait that a vendor may ask for, in milliseconds; beyond it the call fails with `retryAfterMs`. Default 30,000. */
  maxRetryAfter?: number
  /** The largest body that is read, in bytes. Default 32 MiB. */
  maxResponseBytes?: number
  /**
   * The part of the vendor's rate limit that the adapters of this account in this process may use together, if they give
   * the same numbers; other numbers are another part, which is counted apart. `false`: no limit of our own, only the
   * vendor's refusals. Default: the whole of the documented limit, shared by all adapters of the same scope.
   */
  rate?: { requests: number; perMs: number } | false
  /**
   * The priority of every operation that does not say its own and does not speak: `backfill` for an adapter that reads
   * history, so that it waits for those that people use. Default `live`.
   */
  priority?: Priority
  /**
   * Whether every operation keeps the vendor's payload: as `raw` of each entity, also of those inside others, and of
   * warnings. Default `false`, so that a page that is sent to a browser holds nothing but the models. A single operation
   * can ask for it, or do without, by its own option `raw`.
   */
  raw?: boolean
}

/** What a program hands in and a configuration file cannot hold. */
export interface RuntimeOptions {
  fetch?: typeof fetch
  clock?: Clock
  /** A number in [0, 1) for jitter. */
  random?: () => number
  /**
   * Counts the requests of several processes together. `sharedLimiter` of `@parley/core/rate-limiter` makes one. By
   * default each process counts for itself.
   */
  limiter?: SharedLimiter
  /**
   * Finds the IP addresses of a host, so that an address from outside whose name leads into a private network is refused:
   * of a file, or of a webhook that is registered. Default: the machine's name service on Node.js; elsewhere none, so that
   * only the name itself is checked.
   */
  lookup?: Lookup
  /** Told everything that went differently: drift of the vendor's API above all. What it throws is ignored. */
  onWarning?: (warning: Warning) => void
  /** Told each try of each request, for tracing. What it throws is ignored. */
  onRequest?: (trace: RequestTrace) => void
}

/** Everything the requests of one adapter share. */
export interface TransportSettings {
  protocol: Protocol
  account: string
  credential: CredentialSource
  clock: Clock
  budget: Budget
  priority: Priority
  random: () => number
  fetch: typeof fetch | undefined
  lookup: Lookup
  timeout: number
  tryTimeout: number
  retries: number
  maxRetryAfter: number
  maxResponseBytes: number
  keepRaw: boolean
  onWarning: (warning: Warning) => void
  onRequest: ((trace: RequestTrace) => void) | undefined
}

export interface Transport {
  readonly settings: TransportSettings
  /** Starts an operation: its deadline runs from here, over all its requests. */
  begin(operation: string, options?: OperationOptions, defaults?: { timeout?: number }): Call
}

/** Makes the transport of one adapter. Does no I/O. */
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
    budget: budgetFor(clock, protocol, options),
    priority: options.priority ?? 'live',
    random: options.random ?? Math.random,
    fetch: options.fetch,
    lookup: options.lookup ?? systemLookup,
    timeout: options.timeout ?? 60_000,
    tryTimeout: options.tryTimeout ?? 30_000,
    retries: options.retries ?? 2,
    maxRetryAfter: options.maxRetryAfter ?? 30_000,
    maxResponseBytes: options.maxResponseBytes ?? 33_554_432,
    keepRaw: options.raw ?? false,
    onWarning: guarded(options.onWarning) ?? (() => {}),
    onRequest: guarded(options.onRequest),
  }
  return { settings, begin: (operation, of, defaults) => createCall(settings, operation, of, defaults) }
}

/** Stands for a function that gives a credential, since two functions cannot be compared. */
const functionNames = new WeakMap<object, string>()
let functions = 0

function nameOf(credential: object): string {
  const name = functionNames.get(credential) ?? `function ${++functions}`
  functionNames.set(credential, name)
  return name
}

/**
 * Adapters of one account share one budget: those of the vendor's scope, and where the vendor names none, those with the
 * same credential. For a credential that a function gives stands the account's name, if it has one of its own, else the
 * function itself. Adapters with `rate` share theirs with those of the same account that have the same numbers; other
 * numbers are another part of the vendor's limit. `rate: false` counts nothing.
 *
 * Among processes the account's name always stands for the credential, which goes into no store.
 */
function budgetFor(
  clock: Clock,
  protocol: Protocol,
  options: { account?: string; credential: Credential; rate?: AdapterOptions['rate']; limiter?: SharedLimiter },
): Budget {
  const { credential, rate, limiter, account } = options
  // What the vendor's headers say would make a limit of it again; only its refusals count.
  if (rate === false) return { ...createBudget(clock, null), observe: () => {} }
  if (limiter) checkLimiter(limiter, protocol.vendor)
  const owner = limiter
    ? (account ?? 'default')
    : typeof credential === 'string'
      ? credential
      : account === undefined
        ? nameOf(credential)
        : `account ${account}`
  const scope = protocol.scope ?? `${protocol.vendor} ${protocol.baseUrl} ${owner}`
  if (!rate) return budgetOf(clock, scope, protocol.rate ?? null, { limiter })
  return budgetOf(clock, `${scope} ${rate.requests}/${rate.perMs}`, rate, { limiter, fixed: true })
}
