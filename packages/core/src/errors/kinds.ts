import { type ConnectionFailure, type ErrorCode, ParleyError, type ParleyErrorDetails } from './parley-error.ts'

/** The credential is missing at the vendor, wrong, expired or revoked. */
export class AuthenticationError extends ParleyError {
  override readonly name = 'AuthenticationError'
  constructor(details: ParleyErrorDetails) {
    super('authentication', false, details)
  }
}

/** The credential is good but may not do this: a scope is missing, or the thing belongs to somebody else. */
export class PermissionError extends ParleyError {
  override readonly name = 'PermissionError'
  constructor(details: ParleyErrorDetails) {
    super('permission', false, details)
  }
}

/** The vendor has nothing under this id. */
export class NotFoundError extends ParleyError {
  override readonly name = 'NotFoundError'
  constructor(details: ParleyErrorDetails) {
    super('not-found', false, details)
  }
}

/** Something in the request was refused; `fields` says what, as far as it is known. */
export class InvalidRequestError extends ParleyError {
  override readonly name = 'InvalidRequestError'
  constructor(details: ParleyErrorDetails) {
    super('invalid-request', false, details)
  }
}

/** The thing is in a state in which this cannot be done, or exists already. */
export class ConflictError extends ParleyError {
  override readonly name = 'ConflictError'
  constructor(details: ParleyErrorDetails) {
    super('conflict', false, details)
  }
}

/** Too many requests, and waiting for the vendor's limit would have taken longer than the caller allows. */
export class RateLimitError extends ParleyError {
  override readonly name = 'RateLimitError'
  constructor(details: ParleyErrorDetails) {
    super('rate-limit', true, details)
  }
}

/** This vendor cannot do this at all. Thrown by `requireOperation`, and for a value that the vendor has no place for. */
export class UnsupportedError extends ParleyError {
  override readonly name = 'UnsupportedError'
  constructor(details: ParleyErrorDetails) {
    super('unsupported', false, details)
  }
}

/** The deadline passed. On a write, `outcome` says whether it may have happened. */
export class TimeoutError extends ParleyError {
  override readonly name = 'TimeoutError'
  constructor(details: ParleyErrorDetails) {
    super('timeout', true, details)
  }
}

/** No connection, or it broke. On a write, `outcome` says whether it may have happened. */
export class NetworkError extends ParleyError {
  override readonly name = 'NetworkError'
  /** Why. Missing where the platform does not say, as in browsers. */
  declare readonly reason?: ConnectionFailure
  constructor(details: ParleyErrorDetails) {
    super('network', true, details)
  }
}

/** The vendor answered that it failed itself (5xx, or a fault inside a 200). */
export class VendorFaultError extends ParleyError {
  override readonly name = 'VendorFaultError'
  constructor(details: ParleyErrorDetails) {
    super('vendor-fault', true, details)
  }
}

/** The vendor answered something that cannot be read: HTML, a cut body, a page without its list, a redirect elsewhere. */
export class ResponseError extends ParleyError {
  override readonly name = 'ResponseError'
  constructor(details: ParleyErrorDetails) {
    super('response', false, details)
  }
}

/** An account of which a list over several accounts has not given everything. */
export interface IncompleteAccount {
  /** `vendor:account`, as in every `ref` of that account. */
  account: string
  /** `timeout`: no response in time. `unsupported`: the vendor has no such list. `error`: everything else. */
  state: 'error' | 'timeout' | 'unsupported'
  /** What went wrong, without secrets and customers' text. */
  error?: { code: string; message: string; retryable: boolean; retryAfterMs?: number }
}

/**
 * A list over several accounts has given all it could, and that is not everything. `retryable` says whether going on from
 * `cursor` may give the rest.
 */
export class IncompleteError extends ParleyError {
  override readonly name = 'IncompleteError'
  /** The accounts of which items are missing. */
  declare readonly accounts: readonly IncompleteAccount[]
  /**
   * Pass it as `cursor` with the same query to get exactly the items that are missing. `null`: no account can give any, so
   * do not pass it on, because the cursor `null` is the first page. Not enumerable, because it is made of the
   * vendors' own cursors, which say nothing in a log and may hold anything.
   */
  declare readonly cursor: string | null
  constructor({
    accounts = [],
    cursor = null,
    ...details
  }: ParleyErrorDetails & { accounts?: readonly IncompleteAccount[]; cursor?: string | null }) {
    super('incomplete', cursor !== null && accounts.some(({ error }) => error?.retryable), details)
    Object.defineProperty(this, 'accounts', { value: accounts, enumerable: true })
    Object.defineProperty(this, 'cursor', { value: cursor })
  }
}

/** An option is missing or wrong. The message names the option and the environment variable. */
export class ConfigurationError extends ParleyError {
  override readonly name = 'ConfigurationError'
  constructor(details: ParleyErrorDetails) {
    super('configuration', false, details)
  }
}

const classes: Record<ErrorCode, new (details: ParleyErrorDetails) => ParleyError> = {
  authentication: AuthenticationError,
  permission: PermissionError,
  'not-found': NotFoundError,
  'invalid-request': InvalidRequestError,
  conflict: ConflictError,
  'rate-limit': RateLimitError,
  unsupported: UnsupportedError,
  timeout: TimeoutError,
  network: NetworkError,
  'vendor-fault': VendorFaultError,
  response: ResponseError,
  incomplete: IncompleteError,
  configuration: ConfigurationError,
}

/** The error of a kind, for code that decides the kind from data. */
export const createError = (code: ErrorCode, details: ParleyErrorDetails): ParleyError => new classes[code](details)

/** The kinds of failure that may be over at the next try. */
const passing: ReadonlySet<ErrorCode> = new Set(['rate-limit', 'timeout', 'network', 'vendor-fault'])

/**
 * Whether the request that failed may succeed at the next try. `retryable` answers the same question about the whole
 * operation, which may have done something before that request.
 */
export const mayPass = ({ code }: ParleyError): boolean => passing.has(code)

/** The same error with other details. A copy, because several calls may wait for the one request that failed. */
export function amended(
  error: ParleyError,
  changes: Pick<ParleyErrorDetails, 'outcome' | 'repeatable' | 'conversationId'> & { message?: string },
): ParleyError {
  const { name: _, code, retryable: __, ...fields } = error
  const { message, vendorMessage, cause } = error
  return createError(code, { ...fields, message, vendorMessage, cause, ...changes })
}
