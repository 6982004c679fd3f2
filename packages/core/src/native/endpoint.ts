import type { OperationOptions } from '../contract/options.ts'
import type { FieldProblem } from '../errors/parley-error.ts'

/** A method and a path with its ids in braces, as the vendor's reference writes them: `GET /agents/{agentId}`. */
export type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

/** What an adapter knows about one documented endpoint at run time. */
export interface NativeEndpoint {
  /** What it does, in a few words; a line of the generated API page. */
  summary: string
  /** The permission that the credential needs, where the vendor names one. */
  scope?: string
  /** The adapter's option with the credential that it needs, where that is not the adapter's usual one. */
  credential?: string
  /** What the vendor requires, `id | ids` being one of the two. A request without it is refused before it is sent. */
  required?: { query?: readonly string[]; body?: readonly string[] }
  /** Limits that the vendor documents, by the name of the field in the query or the body; `details.name` is inside. */
  limits?: Readonly<Record<string, FieldLimit>>
  /** What these tables cannot say, such as a limit that depends on another field. Tells what is wrong, if anything. */
  check?: (given: NativeGiven) => FieldProblem | undefined
  /** What kind of body it takes. Default `json`. `form`: give a `FormData`. */
  body?: 'json' | 'form'
  /** What it answers with. Default `json`. `none`: nothing, or something undocumented, which is given as it comes. */
  answer?: 'json' | 'text' | 'bytes' | 'none'
  /** The field of the body that, when `true`, makes it answer with a stream (`isTextStream`). */
  streams?: string
  /** Milliseconds that it may take by default, where that is longer than most: a model at work. */
  timeout?: number
  /** Headers of this endpoint alone, such as a version. */
  headers?: Readonly<Record<string, string>>
  /** It changes nothing although it is no GET, such as a search with a body. */
  safe?: boolean
  /** Whether doing it twice leaves the same as doing it once; of PUT and DELETE that is so unless it says `false`. */
  idempotent?: boolean | ((given: NativeGiven) => boolean)
  /** What the other fields cannot say, in sentences: the rules that `check` holds, that the vendor gives it up. */
  notes?: readonly string[]
}

/**
 * The values of a request by their names, `details.name` being the name inside `details`. A name that a form has several
 * times gives a list.
 */
export interface NativeGiven {
  query(name: string): unknown
  body(name: string): unknown
}

/** What a vendor documents about the size of one value. */
export interface FieldLimit {
  /** Smallest and largest number. */
  min?: number
  max?: number
  /** Characters of a text. */
  minLength?: number
  maxLength?: number
  /** Elements of a list. */
  minItems?: number
  maxItems?: number
}

/** The types of one endpoint: what it is given, and the body it answers with. */
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

/** A part of the input that is optional when all it holds is. */
type Part<Name extends string, T> = undefined extends T
  ? { [Key in Name]?: Exclude<T, undefined> }
  : object extends T
    ? { [Key in Name]?: T }
    : { [Key in Name]: T }

/** What a request to one endpoint takes. */
export type NativeInput<Path extends string, Types extends NativeTypes> = PathInput<Path> &
  (Types extends { query: infer Query } ? Part<'query', Query> : { query?: never }) &
  (Types extends { body: infer Body } ? Part<'body', Body> : { body?: never })

/** Without `raw`: what a native endpoint gives is the vendor's payload. */
export interface NativeOptions extends Omit<OperationOptions, 'raw'> {
  /** Added to the endpoint's own; a version header given here wins. Never put a credential in it. */
  headers?: Readonly<Record<string, string>>
}

/** The input may be left away when nothing in it is required. */
type Arguments<Input> = object extends Input
  ? [input?: Input, options?: NativeOptions]
  : [input: Input, options?: NativeOptions]

/**
 * The vendor's own API, endpoint by endpoint: the way out when the contract has no word for something. Same transport,
 * so credentials, retries, limits and errors are kept; nothing is normalized.
 *
 * ```ts
 * const agent = await desk.native.request('GET /agents/{agentId}', { path: { agentId } })
 * ```
 */
export interface NativeApi<Endpoints extends { [Key in keyof Endpoints]: NativeTypes }> {
  /**
   * Calls one documented endpoint.
   *
   * @returns the body as it came. Its type is what the vendor documents or is known to send: it was not checked.
   * A field of the query or the body that the types do not know is sent as it is: vendors add fields before they document
   * them.
   *
   * @throws InvalidRequestError before anything is sent when a required value is missing or one is over a documented
   * limit, naming field and limit, and for a route that does not exist (field `route`); otherwise what every operation
   * throws.
   */
  request<Path extends Extract<keyof Endpoints, string>>(
    route: Path,
    ...input: Arguments<NativeInput<Path, Endpoints[Path]>>
  ): Promise<Endpoints[Path]['answer']>
  /** What is known of every endpoint, as data: what it does, requires, limits and is sent along. No request is made. */
  endpoints(): Promise<NativeEndpoints<Endpoints>>
}

/** What an adapter knows about all endpoints of its vendor, by route. */
export type NativeEndpoints<Endpoints> = Readonly<Record<Extract<keyof Endpoints, Route>, NativeEndpoint>>

/** The native API of a vendor that is not known. Only the adapter's own type knows its routes. */
export interface AnyNativeApi {
  request(route: never, ...input: never[]): Promise<unknown>
  endpoints(): Promise<Readonly<Record<string, NativeEndpoint>>>
}
