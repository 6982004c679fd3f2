import { inOneLine } from '../read/text.ts'

/** The kind of failure: one word for each error class. Switch on it; its meaning is stable. */
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
 * Whether a failed write may have happened. `not-done`: no part of it happened. `partly-done`: the failed request did
 * nothing, but an earlier request of the same operation succeeded, such as opening a conversation whose first question
 * was then refused (`conversationId`). `unknown`: a write may have reached the vendor; find out by reading
 * (`messages.reconcile`), never by sending again.
 */
export type Outcome = 'not-done' | 'partly-done' | 'unknown'

/** A refused field. Parley refuses it before the request, or the vendor after it. */
export interface FieldProblem {
  /** The path of the field: `contact.email`, `messages[3].body`. */
  path: string
  /** What is wrong, without the value: `must be a string`. */
  problem?: string
}

/**
 * Why the connection failed or broke. `refused`, `name-not-found`, `certificate` (the client rejected it),
 * `unreachable` and `connect-timeout`: nothing was sent. `tls`: the encryption failed. `blocked`: this machine or
 * runtime blocked the request. `closed`: the connection was closed before the response was complete.
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
  /** The HTTP status, when there was a response. */
  status?: number | undefined
  /** The vendor's id of the request, for its support team. */
  requestId?: string | undefined
  /** The vendor's own code for the failure. */
  vendorCode?: string | undefined
  fields?: readonly FieldProblem[] | undefined
  retryAfterMs?: number | undefined
  outcome?: Outcome | undefined
  /** Whether the operation is idempotent, so that it stays `retryable` whatever its outcome is. */
  repeatable?: boolean | undefined
  conversationId?: string | undefined
  cause?: unknown
  /** Only for a `NetworkError`. */
  reason?: ConnectionFailure | undefined
  /** The vendor's own message. It may quote a customer, so it is not part of `message`, `toJSON` and logs. */
  vendorMessage?: string | undefined
}

const brand: unique symbol = Symbol.for('parley.error') as never
/**
 * Node.js uses this method to print an object. By default it would print `cause` and, with `showHidden`,
 * `vendorMessage`.
 */
const nodeInspect: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never

/**
 * The base class of every error that Parley throws.
 *
 * `message`, `toJSON` and the printed form contain no secret and no customer text. `vendorMessage` may contain customer
 * text, so it is not enumerable and loggers do not see it.
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
   * Whether the same call, repeated unchanged, may succeed. After a write that happened in part, or may have happened,
   * this is `true` only for an idempotent operation, such as the update of a conversation.
   */
  readonly retryable: boolean
  /** How long to wait before retrying, in milliseconds, where the vendor says so. */
  declare readonly retryAfterMs?: number
  /**
   * Whether a write may have happened. Missing if a read failed and the operation had written nothing before it. An
   * operation that sends a message always has it: if it failed at a read before the message, `not-done`.
   */
  declare readonly outcome?: Outcome
  /**
   * The vendor's id of the conversation that the operation opened before it failed. Continue in this conversation:
   * repeating the call would open another one.
   */
  declare readonly conversationId?: string
  /** The vendor's own message, without credentials, but it may quote a customer. Not enumerable; do not log it. */
  declare readonly vendorMessage?: string

  constructor(code: ErrorCode, retryable: boolean, details: ParleyErrorDetails) {
    const { message, cause, vendorMessage, repeatable, ...rest } = details
    super(inOneLine(message))
    this.code = code
    const mayBeThere = details.outcome !== undefined && details.outcome !== 'not-done'
    this.retryable = retryable && (repeatable === true || !mayBeThere)
    for (const [key, value] of Object.entries(rest)) {
      if (value !== undefined) Object.defineProperty(this, key, { value, enumerable: true })
    }
    // Like the built-in `cause`: visible in a debugger, hidden from a serializer.
    if (cause !== undefined) Object.defineProperty(this, 'cause', { value: cause, configurable: true, writable: true })
    if (vendorMessage !== undefined) Object.defineProperty(this, 'vendorMessage', { value: vendorMessage })
    Object.defineProperty(this, brand, { value: true })
    Object.defineProperty(this, nodeInspect, { value: printed })
  }

  /** The part of the error that is safe to log or send: no stack, no cause and no vendor message. */
  toJSON(): Record<string, unknown> {
    return { message: this.message, ...Object.fromEntries(Object.entries(this)) }
  }
}

/** What Node.js prints for `console.log(error)`: the stack and the fields of `toJSON`. */
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

/** Whether a caught value is a `ParleyError`, from any copy or version of Parley. Use this instead of `instanceof`. */
export const isParleyError = (error: unknown): error is ParleyError =>
  typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[brand] === true

/**
 * Whether the vendor states that an entity does not exist. A 404 alone does not prove this: it can also mean an unknown
 * path, come from a proxy in front of the API, or be about another entity in the request.
 *
 * @param words must match the vendor's code or message: the documented code, or the name of the entity.
 */
export const saysMissing = (error: unknown, words: RegExp): error is ParleyError =>
  isParleyError(error) &&
  error.code === 'not-found' &&
  [error.vendorCode, error.vendorMessage].some((said) => said !== undefined && words.test(said))
