import { checkId, checkPlain, invalid, isObject, readable } from '../input/check.ts'
import { checkInput } from '../input/fields.ts'
import { didYouMean } from '../input/similar.ts'
import { isRecord, type Payload } from '../read/reading.ts'
import { isRawBody, pathOf } from '../transport/exchange.ts'
import type { Call, Query, RequestSpec } from '../transport/protocol.ts'
import { isTextStream } from '../transport/stream.ts'
import type { Transport } from '../transport/transport.ts'
import type {
  FieldLimit,
  NativeApi,
  NativeEndpoint,
  NativeEndpoints,
  NativeGiven,
  NativeOptions,
  NativeTypes,
} from './endpoint.ts'

interface Input {
  path?: Readonly<Record<string, unknown>>
  query?: Query
  body?: unknown
}

const inputParts = ['path', 'query', 'body'] as const satisfies readonly (keyof Input)[] as readonly string[]

/**
 * Creates `adapter.native` on the adapter's transport.
 *
 * @param load returns the table of endpoints. It is called on the first native request, so that other programs do not
 * load the table.
 * @param headersOf headers that depend on the path, such as a version per family.
 * @param transportOf the transport for an endpoint that needs another credential. Throws when the credential is
 * missing.
 */
export function createNative<Endpoints extends { [Key in keyof Endpoints]: NativeTypes }>(
  transport: Transport,
  load: () => Promise<NativeEndpoints<Endpoints>>,
  headersOf?: (path: string) => Headers,
  transportOf?: (endpoint: NativeEndpoint, operation: string) => Transport,
): NativeApi<Endpoints> {
  let table: NativeEndpoints<Endpoints> | undefined
  const loaded = async (operation: string, options?: unknown): Promise<NativeEndpoints<Endpoints>> => {
    table ??= await transport.load(operation, options, load)
    return table
  }
  const request = async (route: string, input: Input = {}, options: NativeOptions = {}): Promise<unknown> => {
    const endpoints: Readonly<Record<string, NativeEndpoint>> = await loaded('native.request', options)
    const endpoint = typeof route === 'string' && Object.hasOwn(endpoints, route) ? endpoints[route] : undefined
    // An unknown route may contain anything, even a customer's id, so it is not quoted.
    if (!endpoint) {
      const hint = typeof route === 'string' ? didYouMean(route, Object.keys(endpoints)) : ''
      throw invalid(transport.begin('native'), 'route', `must be one of the routes in native.endpoints()${hint}`)
    }
    const operation = `native ${route}`
    const own = endpoint.credential === undefined ? transport : (transportOf?.(endpoint, operation) ?? transport)
    const call = own.begin(operation, options, endpoint.timeout === undefined ? {} : { timeout: endpoint.timeout })
    const parts: Input | undefined = readable(call, 'input', () =>
      isObject(input) ? { ...(input as Input) } : undefined,
    )
    if (!parts) throw invalid(call, 'input', 'must be an object')
    for (const name of Object.keys(parts))
      if (!inputParts.includes(name))
        throw invalid(call, name, `is not a part of a request${didYouMean(name, inputParts)}`)
    const [method, template] = route.split(' ') as [NonNullable<RequestSpec['method']>, string]
    if (method === 'GET' && parts.body !== undefined) throw invalid(call, 'body', 'cannot be sent with GET')
    const given = checkNative(call, endpoint, parts)
    const path = fillRoute(call, template, parts.path)
    const headers = mergeHeaders(headersOf?.(template), endpoint.headers, checkHeaders(call, options.headers))
    const attemptTimeout = Math.max(endpoint.timeout ?? 0, own.settings.attemptTimeout)
    const content = requestContent(endpoint, parts, given)
    // Loaded before anything is sent, so that no answer is lost because the code that reads it cannot be loaded.
    const reading = () => import('../transport/failing-stream.ts')
    const streaming = content.expect === 'stream' ? await own.load(operation, undefined, reading) : undefined
    const reply = await call.request({
      ...content,
      method,
      path,
      headers,
      attemptTimeout,
    })
    return streaming && isTextStream(reply.body) ? streaming.failingStream(reply, reply.body) : reply.body
  }
  const endpoints = async () => withHeaders(await loaded('native.endpoints'), headersOf)
  return { request, endpoints } as NativeApi<Endpoints>
}

/** The table with the complete headers of each endpoint. */
function withHeaders<Endpoints>(
  table: NativeEndpoints<Endpoints>,
  headersOf: ((path: string) => Headers) | undefined,
): NativeEndpoints<Endpoints> {
  const all: Record<keyof typeof table, NativeEndpoint> = { ...table }
  for (const route of Object.keys(table) as (keyof typeof table)[]) {
    const headers = mergeHeaders(headersOf?.(route.slice(route.indexOf(' ') + 1)), table[route].headers)
    if (Object.keys(headers).length > 0) all[route] = { ...table[route], headers }
  }
  return all
}

function requestContent(
  endpoint: NativeEndpoint,
  { query, body }: Input,
  given: NativeGiven,
): Omit<RequestSpec, 'path'> {
  const { safe, idempotent } = endpoint
  const streams = endpoint.streams !== undefined && isRecord(body) && body[endpoint.streams] === true
  return {
    expect: streams ? 'stream' : (endpoint.answer ?? 'json'),
    ...(query && { query }),
    ...(body !== undefined && { body }),
    ...(safe && { safe }),
    ...(idempotent !== undefined && { idempotent: typeof idempotent === 'function' ? idempotent(given) : idempotent }),
  }
}

const parts = ['query', 'body'] as const
type Part = (typeof parts)[number]

/**
 * Refuses what the vendor's documentation does not allow.
 *
 * @returns the given values, by name.
 * @throws InvalidRequestError naming the field and its limit.
 */
function checkNative(call: Call, endpoint: NativeEndpoint, input: { query?: unknown; body?: unknown }): NativeGiven {
  checkQuery(call, input.query)
  checkPlain(call, { query: input.query, ...(!isRawBody(input.body) && { body: input.body }) })
  if (endpoint.body === 'form' && !(input.body instanceof FormData)) throw invalid(call, 'body', 'must be a FormData')
  const given: NativeGiven = { query: fieldsOf(input.query), body: fieldsOf(input.body) }
  for (const part of parts) {
    for (const names of endpoint.required?.[part] ?? []) checkRequired(call, part, given, names.split(' | '))
    for (const [name, limit] of Object.entries(endpoint.limits ?? {})) {
      const value = given[part](name)
      const problem = limitProblem(part === 'query' ? asNumber(value) : value, limit)
      if (problem) throw invalid(call, `${part}.${name}`, problem)
    }
  }
  const problem = endpoint.check?.(given)
  if (problem) throw invalid(call, problem.path, problem.problem ?? 'is wrong')
  return given
}

function checkRequired(call: Call, part: Part, given: NativeGiven, names: string[]): void {
  if (!names.every((name) => isMissing(given[part](name)))) return
  const [name, ...others] = names
  throw invalid(call, `${part}.${name}`, ['is required', ...others].join(', or '))
}

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === ''

/** Any other value would be sent as `[object Object]`. */
function checkQuery(call: Call, query: unknown): void {
  if (query === undefined) return
  if (!isRecord(query)) throw invalid(call, 'query', 'must be an object')
  for (const [name, value] of Object.entries(query)) {
    const isGood = value === undefined || value === null || (Array.isArray(value) ? value : [value]).every(isPlain)
    if (!isGood) throw invalid(call, `query.${name}`, 'must be a string, a finite number, a boolean or a list of them')
  }
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)

/** Reads single fields of a query, a JSON body or a form. */
function fieldsOf(given: unknown): (name: string) => unknown {
  if (given instanceof FormData) {
    return (name) => {
      const values = given.getAll(name)
      return values.length > 1 ? values : values[0]
    }
  }
  return isRecord(given) ? (name) => valueAt(given, name) : () => undefined
}

/** `details.name` is the name inside `details`. */
const valueAt = (fields: Payload, name: string): unknown =>
  name
    .split('.')
    .reduce<unknown>((value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), fields)

/** In a query, a number may also be given as a string. */
const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value

/** What is wrong with the size of a number, a string or a list. `undefined`: nothing, or it is another type. */
function limitProblem(value: unknown, limit: FieldLimit): string | undefined {
  if (typeof value === 'number') return outside(value, limit.min, limit.max, 'be')
  if (Array.isArray(value)) return outside(value.length, limit.minItems, limit.maxItems, 'have', 'element')
  if (typeof value !== 'string') return undefined
  const { minLength, maxLength } = limit
  if (minLength === undefined && maxLength === undefined) return undefined
  // Vendors count characters; JavaScript counts some characters as two.
  return outside([...value].length, minLength, maxLength, 'have', 'character')
}

/** NaN is outside every range. */
function outside(
  size: number,
  min: number | undefined,
  max: number | undefined,
  verb: string,
  unit?: string,
): string | undefined {
  if (max !== undefined && !(size <= max)) return `must ${verb} at most ${counted(max, unit)}`
  return min !== undefined && !(size >= min) ? `must ${verb} at least ${counted(min, unit)}` : undefined
}

const counted = (count: number, unit: string | undefined): string =>
  unit === undefined ? `${count}` : `${count} ${unit}${count === 1 ? '' : 's'}`

type Ids = Readonly<Record<string, string>>

/**
 * A path with its ids in place of the braces, percent-encoded.
 *
 * @throws InvalidRequestError for an id that is missing or not part of the route.
 */
function fillRoute(call: Call, template: string, given: unknown): string {
  const ids = given === undefined ? {} : checkInput(call, given as Ids, 'path')
  const words = template.split(/[{}]/)
  const names = words.filter((_, index) => index % 2 === 1)
  const values = names.map((name) => checkId(call, Object.hasOwn(ids, name) ? ids[name] : undefined, `path.${name}`))
  for (const name of Object.keys(ids))
    if (!names.includes(name)) throw invalid(call, `path.${name}`, 'is not a parameter of the route')
  return pathOf(
    words.filter((_, index) => index % 2 === 0),
    ...values,
  )
}

type Headers = Readonly<Record<string, string>>

/**
 * The caller's headers.
 *
 * @throws InvalidRequestError for a value that is not a string; the platform would convert it.
 */
function checkHeaders(call: Call, headers: Headers | undefined): Headers {
  if (headers === undefined) return {}
  for (const [name, value] of Object.entries(checkInput(call, headers, 'headers')))
    if (typeof value !== 'string') throw invalid(call, `headers.${name}`, 'must be a string')
  return headers
}

/** For the same name in any case, the later header takes precedence. */
const mergeHeaders = (...all: readonly (Headers | undefined)[]): Headers =>
  Object.fromEntries(
    all.flatMap((headers) => Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
  )
