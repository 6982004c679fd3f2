/** What kind of failure it is: one word for each class in this folder. Switch on it; it never changes its meaning. */
export type ErrorCode =
  | 'authentication'
  | 'permission'
  | 'not-found'
  | 'invalid-request'
  | 'conflict'
  | 'rate-limit'
  | 'unsupported'
  | 'timeout'
  | 'network'
  | 'vendor-fault'
  | 'response'
  | 'incomplete'
  | 'configuration'

/**
 * Whether the thing that was asked for may have happened all the same. `not-done`: certainly not, and no part of it.
 * `partly-done`: the request that failed did nothing, but an earlier one of the same operation was carried out, such as
 * the opening of a conversation whose first question was then refused (`conversationId`). `unknown`: a write may have
 * reached the vendor; find out by reading (`messages.reconcile`), never by sending again.
 */
export type Outcome = 'not-done' | 'partly-done' | 'unknown'

/** One field that was refused, by this library before the request or by the vendor after it. */
export interface FieldProblem {
  /** Where: `contact.email`, `messages[3].body`. */
  path: string
  /** Why, without the value: `must be a string`. */
  problem?: string
}

/**
 * Why there was no connection, or why it broke. `refused`, `name-not-found`, `certificate` (the client did not accept it),
 * `unreachable` and `connect-timeout`: nothing was sent. `tls`: the encryption failed. `blocked`: by this machine or
 * runtime. `closed`: before the answer was complete.
 */
export type ConnectionFailure =
  | 'refused'
  | 'name-not-found'
  | 'certificate'
  | 'tls'
  | 'unreachable'
  | 'connect-timeout'
  | 'blocked'
  | 'closed'

export interface ParleyErrorDetails {
  message: string
  vendor?: string | undefined
  account?: string | undefined
  /** `group.verb`, such as `messages.reply`. */
  operation?: string | undefined
  /** The HTTP status, when there was an answer. */
  status?: number | undefined
  /** The vendor's id of the request, for its support. */
  requestId?: string | undefined
  /** The vendor's own code for the failure. */
  vendorCode?: string | undefined
  fields?: readonly FieldProblem[] | undefined
  retryAfterMs?: number | undefined
  outcome?: Outcome | undefined
  /** Doing it twice leaves the same as doing it once, so that it stays `retryable` whatever its outcome is. */
  repeatable?: boolean | undefined
  conversationId?: string | undefined
  cause?: unknown
  /** Of a `NetworkError`. */
  reason?: ConnectionFailure | undefined
  /** The vendor's own words. They may quote a customer, so they stay out of `message`, `toJSON` and logs. */
  vendorMessage?: string | undefined
}

const brand: unique symbol = Symbol.for('parley.error') as never
/** Where Node.js looks for how to print an object; it would print `cause` and, asked for hidden fields, `vendorMessage`. */
const nodeInspect: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never

/**
 * The root of every error that this library throws.
 *
 * `message`, `toJSON` and what a logger prints hold no secret and no customer's text; `vendorMessage` may, which is why
 * no logger sees it: it is not enumerable.
 */
export class ParleyError extends Error {
  override readonly name: string = 'ParleyError'
  readonly code: ErrorCode
  declare readonly vendor?: string
  declare readonly account?: string
  declare readonly operation?: string
  declare readonly status?: number
  declare readonly requestId?: string
  declare readonly vendorCode?: string
  declare readonly fields?: readonly FieldProblem[]
  /**
   * Whether the same call may be made again, unchanged, and succeed. After a write that happened in part, or may have
   * happened, only when doing it twice leaves the same as doing it once, such as the update of a conversation.
   */
  readonly retryable: boolean
  /** How long to wait before that, in milliseconds, where the vendor says so. */
  declare readonly retryAfterMs?: number
  /** Whether a write may have happened all the same. Missing on reads. */
  declare readonly outcome?: Outcome
  /**
   * The vendor's id of the conversation that the operation opened before it failed. Continue in this conversation: the
   * same call again would open another one.
   */
  declare readonly conversationId?: string
  /** The vendor's own words, scrubbed of credentials but possibly quoting a customer. Not enumerable; do not log it. */
  declare readonly vendorMessage?: string

  constructor(code: ErrorCode, retryable: boolean, details: ParleyErrorDetails) {
    const { message, cause, vendorMessage, repeatable, ...rest } = details
    super(message)
    this.code = code
    const mayBeThere = details.outcome !== undefined && details.outcome !== 'not-done'
    this.retryable = retryable && (repeatable === true || !mayBeThere)
    for (const [key, value] of Object.entries(rest)) {
      if (value !== undefined) Object.defineProperty(this, key, { value, enumerable: true })
    }
    // Like `cause` in the language itself: there for a debugger, hidden from a serializer.
    if (cause !== undefined) Object.defineProperty(this, 'cause', { value: cause, configurable: true, writable: true })
    if (vendorMessage !== undefined) Object.defineProperty(this, 'vendorMessage', { value: vendorMessage })
    Object.defineProperty(this, brand, { value: true })
    Object.defineProperty(this, nodeInspect, { value: printed })
  }

  /** What may be logged or sent: everything but the stack, the cause and the vendor's own words. */
  toJSON(): Record<string, unknown> {
    return { message: this.message, ...Object.fromEntries(Object.entries(this)) }
  }
}

/** What Node.js prints for `console.log(error)`: the stack and what `toJSON` shows. */
function printed(
  this: ParleyError,
  _depth: number,
  options: object,
  inspect: (value: unknown, options: object) => string,
) {
  const { message, name, ...fields } = this.toJSON()
  const stack = this.stack?.replace(/^Error(?=:)/, String(name)) ?? `${name}: ${message}`
  return `${stack} ${inspect(fields, options)}`
}

/** Whether a caught value comes from this library, in whatever copy or version of it. Use this, never `instanceof`. */
export const isParleyError = (error: unknown): error is ParleyError =>
  typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[brand] === true

/**
 * Whether the vendor itself says that a thing is not there. A 404 alone does not: it also comes from a path that nobody
 * serves, from whatever stands in front of the API, and about another thing that the request names.
 *
 * @param words what the vendor's code or message has to say: the documented code, or the name of the thing.
 */
export const saysMissing = (error: unknown, words: RegExp): error is ParleyError =>
  isParleyError(error) &&
  error.code === 'not-found' &&
  [error.vendorCode, error.vendorMessage].some((said) => said !== undefined && words.test(said))
