import { type ConnectionFailure, type ErrorCode, ParleyError, type ParleyErrorDetails } from './parley-error.ts'

/** The credential is missing at the vendor, wrong, expired or revoked. */
export class AuthenticationError extends ParleyError {
  override readonly name = 'AuthenticationError'
  constructor(details: ParleyErrorDetails) {
    super('authentication', false, details)
  }
}

/** The credential is valid but lacks permission: a scope is missing, or the entity belongs to another account. */
export class PermissionError extends ParleyError {
  override readonly name = 'PermissionError'
  constructor(details: ParleyErrorDetails) {
    super('permission', false, details)
  }
}

/** Nothing exists at the vendor under this id. */
export class NotFoundError extends ParleyError {
  override readonly name = 'NotFoundError'
  constructor(details: ParleyErrorDetails) {
    super('not-found', false, details)
  }
}

/** The request was refused. `fields` names the refused fields, as far as they are known. */
export class InvalidRequestError extends ParleyError {
  override readonly name = 'InvalidRequestError'
  constructor(details: ParleyErrorDetails) {
    super('invalid-request', false, details)
  }
}

/** The current state does not allow the operation, or the entity already exists. */
export class ConflictError extends ParleyError {
  override readonly name = 'ConflictError'
  constructor(details: ParleyErrorDetails) {
    super('conflict', false, details)
  }
}

/** Too many requests. Waiting for the vendor's limit would have taken longer than the caller allows. */
export class RateLimitError extends ParleyError {
  override readonly name = 'RateLimitError'
  constructor(details: ParleyErrorDetails) {
    super('rate-limit', true, details)
  }
}

/** The vendor does not support the operation (thrown by `requireOperation`), or does not support a given value. */
export class UnsupportedError extends ParleyError {
  override readonly name = 'UnsupportedError'
  constructor(details: ParleyErrorDetails) {
    super('unsupported', false, details)
  }
}

/** The deadline passed. On a write, `outcome` says whether the write may have happened. */
export class TimeoutError extends ParleyError {
  override readonly name = 'TimeoutError'
  constructor(details: ParleyErrorDetails) {
    super('timeout', true, details)
  }
}

/**
 * The connection failed or broke, or code that is loaded only when it is needed could not be loaded. On a write, `outcome`
 * says whether the write may have happened.
 */
export class NetworkError extends ParleyError {
  override readonly name = 'NetworkError'
  /** Why the connection failed. Missing where the platform does not say, as in browsers. */
  declare readonly reason?: ConnectionFailure
  constructor(details: ParleyErrorDetails) {
    super('network', true, details)
  }
}

/** The vendor reported its own failure (a 5xx, or a fault inside a 200). */
export class VendorFaultError extends ParleyError {
  override readonly name = 'VendorFaultError'
  constructor(details: ParleyErrorDetails) {
    super('vendor-fault', true, details)
  }
}

/** The response cannot be read: HTML, a truncated body, a page without its list, or a redirect to another origin. */
export class ResponseError extends ParleyError {
  override readonly name = 'ResponseError'
  constructor(details: ParleyErrorDetails) {
    super('response', false, details)
  }
}

/** An account whose items are missing from a list over several accounts. */
export interface IncompleteAccount {
  /** `vendor:account`, as in every `ref` of that account. */
  account: string
  /**
   * `timeout`: no response in time. `unsupported`: the vendor has no such list. `unsynced`: the store of a synced inbox does
   * not have all of them yet. `error`: everything else.
   */
  state: 'error' | 'timeout' | 'unsupported' | 'unsynced'
  /** What went wrong, without secrets and customer text. */
  error?: { code: string; message: string; retryable: boolean; retryAfterMs?: number }
}

/**
 * A list over several accounts returned every item that it could read, but some are missing. `retryable` says whether
 * continuing from `cursor` may return the rest.
 */
export class IncompleteError extends ParleyError {
  override readonly name = 'IncompleteError'
  /** The accounts whose items are missing. */
  declare readonly accounts: readonly IncompleteAccount[]
  /**
   * Pass it as `cursor` with the same query to get exactly the missing items. `null`: no account can return any, so do
   * not pass it on, because the cursor `null` means the first page. Not enumerable, because it contains the vendors'
   * own cursors, which are useless in a log and may contain anything.
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

/** Makes the error of a kind that the code reads from data. */
export const createError = (code: ErrorCode, details: ParleyErrorDetails): ParleyError => new classes[code](details)

/** The kinds of failure that may not occur on the next attempt. */
const passing: ReadonlySet<ErrorCode> = new Set(['rate-limit', 'timeout', 'network', 'vendor-fault'])

/**
 * Whether the failed request may succeed on the next attempt. `retryable` answers the same question for the whole
 * operation, which may have done something before that request.
 */
export const mayPass = ({ code }: ParleyError): boolean => passing.has(code)

/**
 * A copy of an error with other details. The original stays unchanged, because several calls may await the same
 * request.
 */
export function amended(
  error: ParleyError,
  changes: Pick<ParleyErrorDetails, 'operation' | 'outcome' | 'repeatable' | 'conversationId'> & { message?: string },
): ParleyError {
  const { name: _, code, retryable: __, ...fields } = error
  const { message, vendorMessage, cause } = error
  return createError(code, { ...fields, message, vendorMessage, cause, ...changes })
}
