import { checkId, checkInput, invalid } from '../input/check.ts'
import { isRaw } from '../read/reading.ts'
import type { Call } from '../transport/call.ts'
import type { Query, RequestSpec } from '../transport/protocol.ts'
import type { Transport } from '../transport/transport.ts'
import { encodePart } from '../transport/url.ts'
import { checkNative } from './check-native.ts'
import type { NativeApi, NativeEndpoint, NativeOptions, NativeTypes, Route } from './endpoint.ts'

/** What an adapter knows about all endpoints of its vendor, by route. */
export type NativeEndpoints<Endpoints> = Readonly<Record<Extract<keyof Endpoints, Route>, NativeEndpoint>>

interface Input {
  path?: Readonly<Record<string, unknown>>
  query?: Query
  body?: unknown
}

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
  headersOf?: (path: string) => Readonly<Record<string, string>>,
  transportOf?: (endpoint: NativeEndpoint, operation: string) => Transport,
): NativeApi<Endpoints> {
  const request = async (route: string, input: Input = {}, options: NativeOptions = {}): Promise<unknown> => {
    const endpoints: Readonly<Record<string, NativeEndpoint>> = await load()
    const endpoint = Object.hasOwn(endpoints, route) ? endpoints[route] : undefined
    // A route that is none may hold anything, a customer's id too.
    if (!endpoint) throw invalid(transport.begin('native'), 'route', 'must be one of the documented endpoints')
    const operation = `native ${route}`
    const own = endpoint.credential === undefined ? transport : (transportOf?.(endpoint, operation) ?? transport)
    const call = own.begin(operation, options, endpoint.timeout === undefined ? {} : { timeout: endpoint.timeout })
    const given = checkInput(call, input)
    checkNative(call, endpoint, given)
    const spec = specOf(call, route, endpoint, given, options, headersOf)
    const tryTimeout = Math.max(endpoint.timeout ?? 0, own.settings.tryTimeout)
    const { body } = await call.request({ ...spec, tryTimeout })
    return body
  }
  return { request } as NativeApi<Endpoints>
}

function specOf(
  call: Call,
  route: string,
  endpoint: NativeEndpoint,
  { path: ids = {}, query, body }: Input,
  { headers }: NativeOptions,
  headersOf: ((path: string) => Readonly<Record<string, string>>) | undefined,
): RequestSpec {
  const [method, template] = route.split(' ') as [NonNullable<RequestSpec['method']>, string]
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodePart(checkId(call, isRaw(ids) ? (ids[name] as string | undefined) : undefined, `path.${name}`)),
  )
  const streams = endpoint.streams !== undefined && isRaw(body) && body[endpoint.streams] === true
  if (endpoint.body === 'form' && !(body instanceof FormData)) throw invalid(call, 'body', 'must be a FormData')
  return {
    method,
    path,
    expect: streams ? 'stream' : (endpoint.answer ?? 'json'),
    headers: { ...headersOf?.(template), ...endpoint.headers, ...headers },
    ...(query && { query }),
    ...(body !== undefined && { body }),
    ...(endpoint.idempotent && { idempotent: true }),
  }
}
