import type { Limits } from '../contract/adapter.ts'
import type { Priority } from '../contract/options.ts'
import type { ErrorCode, FieldProblem, ParleyError } from '../errors/parley-error.ts'
import type { PayloadReader } from '../read/reading.ts'
import type { LimitReading } from './limit-headers.ts'

/** A successful answer. */
export interface VendorReply {
  status: number
  headers: Headers
  /** The parsed JSON; `undefined` when the body was empty. */
  body: unknown
  /** The vendor's id of the request, without the credential. A function, because only an error needs the id. */
  requestId?(): string | undefined
  /**
   * Only for a stream: checks whether a parsed part of it is an error, and returns this error. `undefined`: the part is not
   * an error. The outcome of a write is then `unknown`, because the vendor had begun to answer.
   *
   * No vendor documents how its streams fail. These signs count for every vendor: an event whose name means an error, a
   * field `error`, or the word `error` in `status`, `type` or `event`.
   *
   * @param event the name of the server-sent event, such as `error`, `failed` or `timeout`.
   */
  errorIn?(part: unknown, event?: string): ParleyError | undefined
}

/**
 * One operation in progress. All its requests share one deadline, one signal and one list of warnings. The error of a
 * request has the outcome of the whole operation, including the writes before that request.
 */
export interface Call extends OperationContext {
  /** The same object for all calls of one adapter, and for no others. */
  readonly owner: object
  readonly reading: PayloadReader
  readonly signal: AbortSignal | undefined
  /** The operation's deadline, in milliseconds since the epoch. */
  readonly deadline: number
  /** Decides which request goes first when several wait for the vendor's rate limit. */
  readonly priority: Priority
  /** `beforeSend` of the caller. Its error ends the operation. */
  readonly beforeSend: (() => Promise<void>) | undefined
  /** `onRequest` of the caller. */
  readonly onRequest: (() => void) | undefined
  now(): number
  request(spec: RequestSpec): Promise<VendorReply>
  /**
   * Sends a request to an address that the vendor returned (a signed URL), without the credential, the vendor's headers
   * and its rate limit. Redirects are followed in the same way.
   *
   * @throws InvalidRequestError if the address is not public HTTPS, or has expired.
   */
  requestElsewhere(url: string, spec: Omit<RequestSpec, 'path' | 'query'>): Promise<VendorReply>
  /**
   * Checks an address that the vendor is to call, such as a webhook's.
   *
   * @throws InvalidRequestError that names `path` if the address is not public HTTPS.
   */
  checkAddress(url: string, path: string): Promise<void>
  /** Sends a request and reads its body with `read`. A body that cannot be read is a `ResponseError` that names the path. */
  read<T>(spec: RequestSpec, read: (body: unknown, reading: PayloadReader) => T): Promise<T>
  /** Waits, but not beyond the deadline. @returns whether the deadline has passed. */
  wait(milliseconds: number): Promise<boolean>
}

/** The vendor, account and operation that an error belongs to. */
export interface OperationContext {
  /** `''`: the operation is of no single account. */
  vendor: string
  account: string
  operation: string
}

/** Describes a vendor's API to the transport, with data and pure functions. */
export interface Protocol {
  vendor: string
  /**
   * The vendor's id of the location or agent that the account is limited to, or the address of its own server. A cursor is
   * valid only for this id, because two accounts may have the same name.
   */
  accountId?: string
  /** Without a slash at the end. */
  baseUrl: string
  /** The headers that carry the credential. They are sent only to the origin of `baseUrl`. */
  authorize(credential: string): Record<string, string>
  /** The headers of every request. */
  headers?: Readonly<Record<string, string>>
  /** The name of the rate limit. Adapters with the same scope share it. Default: `baseUrl` and the credential. */
  scope?: string
  rate?: { requests: number; perMs: number }
  /** The same as `limits.required`. */
  required?: Limits['required']
  /** Reads the vendor's limit headers. `NaN` for a header that cannot be read, which then produces a warning. */
  readLimits?(headers: Headers): LimitReading | undefined
  /** How long to wait after a 429 without `Retry-After`, in milliseconds. `null`: fail without waiting. */
  rateLimitDelay?(headers: Headers): number | null | undefined
  /** The vendor's error in an answer. Called for every answer, also for a 2xx. `undefined`: the vendor names no error. */
  readProblem(answer: VendorAnswer): Problem | undefined
  requestId?(answer: VendorAnswer): string | undefined
}

/** An answer of the vendor, successful or not. */
export interface VendorAnswer {
  status: number
  headers: Headers
  /** The parsed JSON, or the text if it is not JSON. `undefined`: the body is empty. */
  body: unknown
  operation: string
  /** Whether `body` is a part of a stream with a sign of an error; see `errorIn`. */
  isErrorPart?: boolean
}

/** An error, as the vendor describes it. */
export interface Problem {
  /** The error code, where the vendor's answer is more exact than the HTTP status. */
  code?: ErrorCode
  /** Our own description of what happened, where that of the code does not fit. Must not contain a value that was sent. */
  reason?: string
  /** Our own sentence about what to do. Must not contain a value that was sent. */
  advice?: string
  vendorCode?: string
  /** The vendor's own message. If the answer is not JSON, the transport replaces this with the text of the page. */
  vendorMessage?: string
  fields?: FieldProblem[]
  requestId?: string
  /** `false`: a 401 that would also come with another token. */
  aboutCredential?: boolean
  /** `true`: the request is not retried, because waiting does not help, such as a 429 for a used-up quota. */
  doNotRetry?: boolean
}

/** One request of an operation. */
export interface RequestSpec {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Appended to the base URL. Put ids into it with `pathOf`. */
  path: string
  query?: Query
  headers?: Readonly<Record<string, string>>
  /** Sent as JSON. `FormData`, `URLSearchParams`, a `Blob` and bytes are sent unchanged. */
  body?: unknown
  /** Whether the request changes nothing although it is not a GET, such as a search with a body. It is then a read. */
  safe?: boolean
  /**
   * Whether sending the request twice leaves the same result as sending it once. It is then retried after a lost
   * connection. Default: `true` for PUT and DELETE, as HTTP defines (RFC 9110, section 9.2.2).
   */
  idempotent?: boolean
  /**
   * What the body of the answer becomes. Default `json`. `none`: a body that is not JSON is no error. `bytes`: a
   * `Uint8Array`. `stream`: a `TextStream`, unless the answer is an error or JSON; check with `isTextStream`.
   */
  expect?: 'json' | 'text' | 'bytes' | 'none' | 'stream'
  /** For this request only; by default the adapter's. */
  attemptTimeout?: number
}

export type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[]
export type Query = Readonly<Record<string, QueryValue>>

/** What `onRequest` receives about each try. It contains no query, header or body. */
export interface RequestTrace {
  vendor: string
  account: string
  operation: string
  priority: Priority
  method: string
  /** Scheme, host and port of the address, without a path. */
  origin: string
  /** The path without its query, because the query may contain customers' text. May contain ids. */
  path: string
  /** The path with `{id}` in place of each id. Missing if it is not known which parts of the path are ids. */
  template?: string
  /** 1, and one more for each retry. */
  attempt: number
  /** How often this request was sent before: the retries, the followed redirects, and a repetition with a new token. */
  resends: number
  /** How long the try waited for the rate limit before it was sent, in milliseconds. */
  waited: number
  /** Missing if there was no answer. */
  status?: number
  /**
   * Why there was no whole answer: the try took too long, the connection failed, the body was too large (`response`), or
   * the caller aborted. A status that is an error is no such reason.
   */
  error?: 'timeout' | 'network' | 'response' | 'aborted'
  requestId?: string
  /** In milliseconds, from sending to the end of the body. */
  duration: number
}
