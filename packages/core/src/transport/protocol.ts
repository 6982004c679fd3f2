import type { Priority } from '../contract/options.ts'
import type { ErrorCode, FieldProblem, ParleyError } from '../errors/parley-error.ts'
import type { PayloadReader } from '../read/reading.ts'
import type { LimitReading } from './limit-headers.ts'

/** An answer that is good. */
export interface VendorReply {
  status: number
  headers: Headers
  /** The parsed JSON; `undefined` when the body was empty. */
  body: unknown
  /**
   * Of a stream: the vendor's error inside a part of it, once that is parsed. What became of a write is unknown then,
   * because the vendor had begun to answer. `undefined`: it is none. No vendor documents how its streams fail, so the usual
   * signs count at all of them: the name of the event; `error`; `status`, `type` or `event` that say `error`.
   *
   * @param event the name of the part, where it is a server-sent event, such as `error`, `failed` or `timeout`.
   */
  errorIn?(part: unknown, event?: string): ParleyError | undefined
}

/**
 * One operation on its way: one deadline, one signal, one collection of warnings over all its requests. An error of a
 * request says what became of the whole operation, the writes before that request included.
 */
export interface Call extends OperationContext {
  /** The same object for all calls of one adapter, and for no others. */
  readonly owner: object
  readonly reading: PayloadReader
  readonly signal: AbortSignal | undefined
  /** When it must be over, in milliseconds since the epoch. */
  readonly deadline: number
  /** Who goes first where requests wait for the vendor's rate limit. */
  readonly priority: Priority
  now(): number
  request(spec: RequestSpec): Promise<VendorReply>
  /**
   * A request to an address that the vendor handed out (a signed URL): without the credential, the vendor's headers and
   * its rate limit. It follows redirects in the same way. @throws InvalidRequestError for an address that is not public
   * HTTPS, or that has expired.
   */
  requestElsewhere(url: string, spec: Omit<RequestSpec, 'path' | 'query'>): Promise<VendorReply>
  /**
   * Checks an address that somebody is to call. @throws InvalidRequestError naming `path` for one that is not public HTTPS.
   */
  checkAddress(url: string, path: string): Promise<void>
  /** The body of `request`, read by a function. What it cannot read at all becomes a `ResponseError` naming the path. */
  read<T>(spec: RequestSpec, read: (body: unknown, reading: PayloadReader) => T): Promise<T>
  /** Waits, but not beyond the deadline. @returns whether the time is up. */
  wait(milliseconds: number): Promise<boolean>
}

/** What an error has to know about where it happened. */
export interface OperationContext {
  vendor: string
  account: string
  operation: string
}

/** What an adapter tells the transport about its vendor. Data and pure functions. */
export interface Protocol {
  vendor: string
  /**
   * The vendor's id of what the account is limited to, such as its location or its agent. A cursor is good for this
   * one only, since two accounts may have the same name.
   */
  accountId?: string
  /** Without a slash at the end. */
  baseUrl: string
  /** The headers that carry the credential. Sent to the origin of `baseUrl` and nowhere else. */
  authorize(credential: string): Record<string, string>
  /** Headers of every request. */
  headers?: Readonly<Record<string, string>>
  /** Who shares the rate limit: everything that names the same scope. Default: `baseUrl` and the credential. */
  scope?: string
  rate?: { requests: number; perMs: number }
  /** The vendor's limit headers, read; `NaN` for one that cannot be read, so that a warning tells. */
  readLimits?(headers: Headers): LimitReading | undefined
  /** How long to wait after a 429 without `Retry-After`, in milliseconds; `null`: do not wait, fail. */
  rateLimitDelay?(headers: Headers): number | null | undefined
  /** The vendor's error inside an answer; also asked about a 2xx. `undefined`: this is no error. */
  readProblem(answer: VendorAnswer): Problem | undefined
  requestId?(answer: VendorAnswer): string | undefined
}

/** An answer before it is known whether it is good. */
export interface VendorAnswer {
  status: number
  headers: Headers
  /** The parsed JSON, or the text when it is none. `undefined`: empty. */
  body: unknown
  operation: string
  /** `body` is a part of a stream that is an error by the name of its event or by the usual signs; see `errorIn`. */
  isErrorPart?: boolean
}

/** What a vendor said went wrong. */
export interface Problem {
  /** The kind, where the vendor's words say more than the HTTP status. */
  code?: ErrorCode
  /** Our own words for what happened, where those of the kind do not fit; without anything that was sent. */
  reason?: string
  /** Our own sentence about what to do, without anything that was sent. */
  advice?: string
  vendorCode?: string
  /** In an answer that is not JSON the transport puts the words of the page here, whatever the adapter says. */
  vendorMessage?: string
  fields?: FieldProblem[]
  requestId?: string
  /** `false`: a 401 that another token would not mend. */
  aboutCredential?: boolean
  /** `true`: waiting would not mend it either, such as a used-up quota behind a 429. It is not tried again. */
  doNotRetry?: boolean
}

/** One request of an operation. */
export interface RequestSpec {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Appended to the base URL. Encode ids with `pathOf`. */
  path: string
  query?: Query
  headers?: Readonly<Record<string, string>>
  /** Sent as JSON; `FormData`, `URLSearchParams`, a `Blob` and bytes as they are. */
  body?: unknown
  /** It changes nothing although it is no GET, such as a search with a body. It is treated as a read then. */
  safe?: boolean
  /**
   * Whether doing it twice leaves the same as doing it once, so that it is tried again after a lost connection. Default:
   * what HTTP says of the method (RFC 9110, section 9.2.2), which is `true` for PUT and DELETE.
   */
  idempotent?: boolean
  /**
   * `json` by default. `none`: whatever comes is not read as JSON. `bytes` gives a `Uint8Array`. `stream` gives a
   * `TextStream` of a good answer that is not JSON; one that is JSON is read as usual, so look with `isTextStream`.
   */
  expect?: 'json' | 'text' | 'bytes' | 'none' | 'stream'
  /** For this request only; by default the adapter's. */
  attemptTimeout?: number
}

export type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[]
export type Query = Readonly<Record<string, QueryValue>>

/** What a hook is told about each try, for tracing. Holds no query, header or body. */
export interface RequestTrace {
  vendor: string
  account: string
  operation: string
  method: string
  /** The path without its query, which may hold customers' text. */
  path: string
  attempt: number
  /** Missing: there was no answer. */
  status?: number
  requestId?: string
  /** In milliseconds, from sending to the end of the body. */
  duration: number
}
