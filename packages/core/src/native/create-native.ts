import { isObject } from '../input/fields.ts'
import { invalid } from '../input/invalid.ts'
import { readable } from '../input/plain.ts'
import { didYouMean } from '../input/similar.ts'
import { isRaw } from '../read/reading.ts'
import type { Query, RequestSpec } from '../transport/protocol.ts'
import { isTextStream } from '../transport/stream.ts'
import type { Transport } from '../transport/transport.ts'
import { checkNative } from './check-native.ts'
import type { NativeApi, NativeEndpoint, NativeEndpoints, NativeGiven, NativeOptions, NativeTypes } from './endpoint.ts'
import { fillRoute } from './fill-route.ts'
import { checkHeaders, type Headers, mergeHeaders } from './native-headers.ts'

interface Input {
  path?: Readonly<Record<string, unknown>>
  query?: Query
  body?: unknown
}

const inputParts = ['path', 'query', 'body'] as const satisfies readonly (keyof Input)[] as readonly string[]

/**
 * Makes `adapter.native` over the adapter's transport.
 *
 * @param load gives the table of endpoints. It is asked for at the first request, so that a program that never leaves
 * the contract does not load it.
 * @param headersOf headers that depend on the path, such as a version per family.
 * @param transportOf the transport for an endpoint that needs another credential; it throws when there is none.
 */
export function createNative<Endpoints extends { [Key in keyof Endpoints]: NativeTypes }>(
  transport: Transport,
  load: () => Promise<NativeEndpoints<Endpoints>>,
  headersOf?: (path: string) => Headers,
  transportOf?: (endpoint: NativeEndpoint, operation: string) => Transport,
): NativeApi<Endpoints> {
  const request = async (route: string, input: Input = {}, options: NativeOptions = {}): Promise<unknown> => {
    const endpoints: Readonly<Record<string, NativeEndpoint>> = await load()
    const endpoint = typeof route === 'string' && Object.hasOwn(endpoints, route) ? endpoints[route] : undefined
    // A route that is none may hold anything, a customer's id too, so it is not quoted.
    if (!endpoint) {
      const hint = typeof route === 'string' ? didYouMean(route, Object.keys(endpoints)) : ''
      throw invalid(transport.begin('native'), 'route', `must be one that native.endpoints() lists${hint}`)
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
    const tryTimeout = Math.max(endpoint.timeout ?? 0, own.settings.tryTimeout)
    const reply = await call.request({ ...contentOf(endpoint, parts, given), method, path, headers, tryTimeout })
    if (!isTextStream(reply.body)) return reply.body
    return (await import('../transport/failing-stream.ts')).failingStream(reply, reply.body)
  }
  const endpoints = async () => withHeaders(await load(), headersOf)
  return { request, endpoints } as NativeApi<Endpoints>
}

/** The table with the headers that each endpoint is really sent. */
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

function contentOf(endpoint: NativeEndpoint, { query, body }: Input, given: NativeGiven): Omit<RequestSpec, 'path'> {
  const { safe, idempotent } = endpoint
  const streams = endpoint.streams !== undefined && isRaw(body) && body[endpoint.streams] === true
  return {
    expect: streams ? 'stream' : (endpoint.answer ?? 'json'),
    ...(query && { query }),
    ...(body !== undefined && { body }),
    ...(safe && { safe }),
    ...(idempotent !== undefined && { idempotent: typeof idempotent === 'function' ? idempotent(given) : idempotent }),
  }
}
