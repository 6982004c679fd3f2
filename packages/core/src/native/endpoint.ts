import type { OperationOptions } from '../contract/options.ts'
import type { FieldProblem } from '../errors/parley-error.ts'

/** A method and a path with its ids in braces, as in the vendor's reference: `GET /agents/{agentId}`. */
export type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

/** What an adapter knows about a documented endpoint at run time. */
export interface NativeEndpoint {
  /** What the endpoint does, in a few words. Shown on the generated API page. */
  summary: string
  /** The permission that the credential needs, where the vendor names one. */
  scope?: string
  /** The adapter's option with the credential for this endpoint, if it is not the usual one. */
  credential?: string
  /** Required fields; `id | ids` means one of the two. A request without them is refused before it is sent. */
  required?: { query?: readonly string[]; body?: readonly string[] }
  /** Documented limits by the name of the field in the query or the body; `details.name` is a nested field. */
  limits?: Readonly<Record<string, FieldLimit>>
  /**
   * Checks that these tables cannot express, such as a limit that depends on another field. Returns the problem, if
   * any.
   */
  check?: (given: NativeGiven) => FieldProblem | undefined
  /** The kind of request body. Default `json`. `form`: pass a `FormData`. */
  body?: 'json' | 'form'
  /** The kind of response. Default `json`. `none`: nothing, or something undocumented, which is returned unchanged. */
  answer?: 'json' | 'text' | 'bytes' | 'none'
  /** The body's field that makes the response a stream when it is `true` (`isTextStream`). */
  streams?: string
  /** The default timeout in milliseconds, if the endpoint takes longer than most, because a model is working. */
  timeout?: number
  /** Headers of this endpoint alone, such as a version. */
  headers?: Readonly<Record<string, string>>
  /** Whether the endpoint changes nothing although it is not a GET, such as a search with a body. */
  safe?: boolean
  /** Whether the endpoint is idempotent. Default `true` for PUT and DELETE. */
  idempotent?: boolean | ((given: NativeGiven) => boolean)
  /** Facts that the other fields cannot express, in sentences: the rules of `check`, or a deprecation. */
  notes?: readonly string[]
}

/**
 * The values of a request by their names; `details.name` is the name inside `details`. A name that a form has several
 * times has a list of values.
 */
export interface NativeGiven {
  query(name: string): unknown
  body(name: string): unknown
}

/** The documented size limits of a value. */
export interface FieldLimit {
  /** Smallest and largest number. */
  min?: number
  max?: number
  /** Characters of a string. */
  minLength?: number
  maxLength?: number
  /** Elements of a list. */
  minItems?: number
  maxItems?: number
}

/** The types of an endpoint: its request and the body of its response. */
export interface NativeTypes {
  query?: object
  body?: unknown
  answer: unknown
}

/** The names in the braces of a route. */
type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never

type PathInput<Path extends string> = [ParameterOf<Path>] extends [never]
  ? { path?: never }
  : { path: { [Name in ParameterOf<Path>]: string } }

/** A part of the input that is optional if all its fields are. */
type Part<Name extends string, T> = undefined extends T
  ? { [Key in Name]?: Exclude<T, undefined> }
  : object extends T
    ? { [Key in Name]?: T }
    : { [Key in Name]: T }

/** What a request to one endpoint takes. */
export type NativeInput<Path extends string, Types extends NativeTypes> = PathInput<Path> &
  (Types extends { query: infer Query } ? Part<'query', Query> : { query?: never }) &
  (Types extends { body: infer Body } ? Part<'body', Body> : { body?: never })

/** Has no `raw`, because a native endpoint returns the vendor's payload. */
export interface NativeOptions extends Omit<OperationOptions, 'raw'> {
  /**
   * Added to the endpoint's own headers; a version header given here takes precedence. Never put a credential in it.
   */
  headers?: Readonly<Record<string, string>>
}

/** The input can be omitted if none of its fields is required. */
type Arguments<Input> = object extends Input
  ? [input?: Input, options?: NativeOptions]
  : [input: Input, options?: NativeOptions]

/**
 * The vendor's own API, endpoint by endpoint, for everything that the contract does not cover. It uses the same
 * transport, with the same credentials, retries, limits and errors. Nothing is normalized.
 *
 * ```ts
 * const agent = await desk.native.request('GET /agents/{agentId}', { path: { agentId } })
 * ```
 */
export interface NativeApi<Endpoints extends { [Key in keyof Endpoints]: NativeTypes }> {
  /**
   * Calls one documented endpoint.
   *
   * A field of the query or the body that the types do not know is sent unchanged, because vendors add fields before
   * they document them.
   *
   * @returns the unchanged body. Its type is what the vendor documents or is known to send; the body is not checked.
   *
   * @throws InvalidRequestError before anything is sent, when a required value is missing, a value exceeds a documented
   * limit (the error names the field and the limit), or the route does not exist (field `route`). Otherwise the same
   * errors as every operation.
   */
  request<Path extends Extract<keyof Endpoints, string>>(
    route: Path,
    ...input: Arguments<NativeInput<Path, Endpoints[Path]>>
  ): Promise<Endpoints[Path]['answer']>
  /** All endpoints as data: purpose, required fields, limits and headers. No request is made. */
  endpoints(): Promise<NativeEndpoints<Endpoints>>
}

/** All endpoints of a vendor, by route. */
export type NativeEndpoints<Endpoints> = Readonly<Record<Extract<keyof Endpoints, Route>, NativeEndpoint>>

/** The native API of any vendor. Only the adapter's own type knows its routes. */
export interface AnyNativeApi {
  request(route: never, ...input: never[]): Promise<unknown>
  endpoints(): Promise<Readonly<Record<string, NativeEndpoint>>>
}
