import type { Priority } from '../contract/options.ts'
import type { Warning } from '../contract/warning.ts'
import type { StateStore } from '../state-store.ts'
import type { Clock } from './clock.ts'
import type { Call, OperationContext, Protocol, RequestSpec, RequestTrace } from './protocol.ts'
import type { Lookup } from './public-address.ts'
import type { RateLimiter } from './rate-limiter.ts'
import type { SharedLimiter } from './shared-limiter.ts'

/** The options that every adapter has, besides its own. */
export interface AdapterOptions {
  /** The user's name for this account, part of every `ref`. Default `default`. */
  account?: string
  /** The vendor's API, or an emulator of it. */
  baseUrl?: string
  /** Deadline of a whole operation in milliseconds, including retries and waits. Default 60,000. */
  timeout?: number
  /** Deadline of a single try in milliseconds. Default 30,000. */
  attemptTimeout?: number
  /** How often a read, or a write that certainly had no effect, is retried. Default 2. */
  maxRetries?: number
  /**
   * The longest wait after a vendor's refusal, in milliseconds. If the vendor asks for more, the call fails with
   * `retryAfterMs`. Default 30,000.
   */
  maxRetryAfter?: number
  /** The largest response body that is read, in bytes. Default 32 MiB. */
  maxResponseBytes?: number
  /**
   * A rate limit of your own. All adapters of this account in this process with the same numbers share it; adapters with
   * other numbers count separately. `false`: no limit, only the vendor's refusals delay requests. Default: the vendor's
   * documented limit, shared by all adapters of the same scope.
   */
  rate?: { requests: number; perMs: number } | false
  /**
   * The priority of every operation that sends no message and sets no priority of its own. Use `backfill` for an adapter
   * that reads history, so that it waits for the requests of people. Default `live`.
   */
  priority?: Priority
  /**
   * The vendor's id of the operator in whose name the account replies, unless a reply names another one. The trait
   * `replyOperator` says whether the vendor demands one. `operators.list` shows the ids.
   */
  operatorId?: string
  /** The operators of the account, for a vendor that cannot list them: `operators.list` then returns these. */
  operators?: readonly { id: string; name?: string; email?: string }[]
  /**
   * The vendor's name or id of each custom field of a visitor, by the application's own name for it. A name without an entry
   * is used as it is.
   */
  customFields?: Readonly<Record<string, string>>
  /**
   * Whether every operation keeps the vendor's payload, as `raw` of each entity (also of nested ones) and of each warning.
   * Default `false`, so that a page that is sent to a browser has only the models. The option `raw` of a single operation
   * overrides this one.
   */
  raw?: boolean
}

/** The options that a program can pass but a configuration file cannot contain. */
export interface RuntimeOptions {
  fetch?: typeof fetch
  clock?: Clock
  /** A number in [0, 1) for jitter. */
  random?: () => number
  /**
   * Counts the requests of several processes together. `sharedLimiter` of `@parley/core/rate-limiter` creates one. By
   * default, each process counts on its own.
   */
  limiter?: SharedLimiter
  /**
   * Finds the IP addresses of a host name. A file's address or a webhook's address whose name resolves to a private network
   * is then refused. Default: on Node.js, the machine's name service; elsewhere none, so only the name itself is checked.
   */
  lookup?: Lookup
  /**
   * Remembers the contact and the conversation of each visitor. Processes that answer the same visitors must share one, for
   * example `fileStore` of `@parley/core/node`, or a store over your database. Default: in memory, for as
   * long as the process lives.
   */
  store?: StateStore
  /** Receives every warning, such as an unexpected value from the vendor. Its errors are ignored. */
  onWarning?: (warning: Warning) => void
  /** Receives each try of each request, for tracing. Its errors are ignored. */
  onRequest?: (trace: RequestTrace) => void
}

/** The settings that all requests of one adapter share. */
export interface TransportSettings {
  protocol: Protocol
  account: string
  credential: CredentialSource
  clock: Clock
  rateLimiter: RateLimiter
  priority: Priority
  random: () => number
  fetch: typeof fetch | undefined
  /** `undefined`: the machine's name service, which only Node.js has. */
  lookup: Lookup | undefined
  operatorId: string | undefined
  operators: readonly { id: string; name?: string; email?: string }[]
  customFields: Readonly<Record<string, string>>
  /** `undefined`: the adapter remembers in memory. */
  store: StateStore | undefined
  timeout: number
  attemptTimeout: number
  maxRetries: number
  maxRetryAfter: number
  maxResponseBytes: number
  keepRaw: boolean
  onWarning: (warning: Warning) => void
  onRequest: ((trace: RequestTrace) => void) | undefined
}

/** One request, including all its tries. */
export interface Sending {
  readonly settings: TransportSettings
  readonly call: Call
  readonly spec: RequestSpec
  readonly context: OperationContext
  /** Whether the request changes something. Only then does its error have an outcome. */
  readonly write: boolean
  /** Whether sending the request twice leaves the same result as sending it once. */
  readonly repeatable: boolean
  /** Whether an earlier try may have taken effect. The outcome is then `unknown`, even if a later try is refused. */
  readonly undecided: boolean
  /** Whether the request goes to a file's address and not to the API: without the credential, the headers and the limit. */
  readonly away: boolean
}

/**
 * A secret, or a function that returns it. The function is called when a request needs the secret; requests that wait at
 * the same time share one call. Cache inside the function what is expensive. If the vendor refuses a token, the function is
 * called once more with this token as `rejected`. If it returns a different token, the request is repeated.
 */
export type Credential = string | ((context: { rejected?: string }) => string | Promise<string>)

export interface CredentialSource {
  get(rejected?: string): Promise<string> | string
  /** Whether calling `get` again may return another credential. */
  readonly canRefresh: boolean
}
