import type { Priority } from '../contract/options.ts'
import type { Warning } from '../contract/warning.ts'
import type { Clock } from './clock.ts'
import type { Call, OperationContext, Protocol, RequestSpec, RequestTrace } from './protocol.ts'
import type { Lookup } from './public-address.ts'
import type { RateLimiter } from './rate-limiter.ts'
import type { SharedLimiter } from './shared-limiter.ts'

/** The options that every adapter takes beside its own. */
export interface AdapterOptions {
  /** The user's name for this account, part of every `ref`. Default `default`. */
  account?: string
  /** The vendor's API, or an emulator of it. */
  baseUrl?: string
  /** Deadline of a whole operation in milliseconds, retries and waits included. Default 60,000. */
  timeout?: number
  /** Deadline of a single try in milliseconds. Default 30,000. */
  attemptTimeout?: number
  /** How often a read, or a write that certainly did not happen, is tried again. Default 2. */
  maxRetries?: number
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
  rateLimiter: RateLimiter
  priority: Priority
  random: () => number
  fetch: typeof fetch | undefined
  /** `undefined`: the system's, which only Node.js has. */
  lookup: Lookup | undefined
  timeout: number
  attemptTimeout: number
  maxRetries: number
  maxRetryAfter: number
  maxResponseBytes: number
  keepRaw: boolean
  onWarning: (warning: Warning) => void
  onRequest: ((trace: RequestTrace) => void) | undefined
}

/** One request, over all its tries. */
export interface Sending {
  readonly settings: TransportSettings
  readonly call: Call
  readonly spec: RequestSpec
  readonly context: OperationContext
  /** Whether it changes something, so that its failure has an outcome. */
  readonly write: boolean
  /** Whether sending it twice leaves the same as sending it once. */
  readonly repeatable: boolean
  /** A try of it may have done it already, so that no later one says that nothing happened. */
  readonly undecided: boolean
  /** It goes to the address of a file, not to the API: no credential, no vendor's headers, no slot in its limit. */
  readonly away: boolean
}

/**
 * A secret, or a function that gives it. The function is called when a request needs it, once however many requests
 * wait for it; cache inside it what is expensive. After the vendor refused a token as such, it is called once more with
 * that token as `rejected`, and the request is repeated if it gives another one.
 */
export type Credential = string | ((context: { rejected?: string }) => string | Promise<string>)

export interface CredentialSource {
  get(rejected?: string): Promise<string> | string
  /** Whether asking again may give another one. */
  readonly canRefresh: boolean
}
