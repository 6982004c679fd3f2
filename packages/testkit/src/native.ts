import type { Adapter } from '@parley/core'
import nock from 'nock'
import { expect, it } from 'vitest'
import { failure } from './failure.ts'
import { type Exchange, type Seen, sentParts } from './nock.ts'

export interface NativeRequest {
  path?: Record<string, string>
  query?: Record<string, unknown>
  body?: Record<string, unknown> | FormData
}

/** One native endpoint with all its inputs, and those that the vendor's reference requires. */
export interface NativeCase {
  route: string
  /** Distinguishes cases of the same route in test names. */
  variant?: string
  input: NativeRequest
  /** Path and query as they are sent, below the base path. */
  uri: string
  /** `query.email`, `body.details.enabled`. Of values with ` | ` between them, one is enough. */
  requires: readonly string[]
  status: number
  /** The body of the answer, where it is not JSON: a string or bytes. */
  answer?: string | Uint8Array
}

/** A value that replaces the one of the endpoint's case, and the problem if the value is refused. */
export type NativeValue = readonly [route: string, place: string, value: unknown, problem?: string]

interface Subject<Case extends NativeCase> {
  cases: readonly Case[]
  /** The adapter's own table, by route. */
  endpoints: Readonly<Record<string, { summary: string; notes?: readonly string[] }>>
  /** Method and path of every endpoint in the vendor's reference, copied by hand: not from the adapter's table. */
  documented: readonly string[]
  create: () => Adapter
  serve: (...exchanges: Exchange[]) => Seen[]
  basePath: string
  /** The headers that a request must carry. */
  headersOf: (each: Case) => Record<string, string>
  /** The documented limits of single values, at both sides of each limit. */
  values: readonly NativeValue[]
  /** The header with the credential, and a route that carries it. */
  credential: { route: string; header: string }
  /** The exceptions from the rule that GET, PUT and DELETE are sent again after a fault, and POST and PATCH are not. */
  repeated: { also: readonly string[]; never: readonly string[] }
  /** The routes that only read although their method is not GET, besides those that end in `/search`. */
  reads?: readonly string[]
  /** The routes for which the vendor's reference declares no answer. */
  undeclared: readonly string[]
}

/** The table of a vendor's native endpoints is complete, and each endpoint sends and requires what its case says. */
export function nativeSuite<Case extends NativeCase>(subject: Subject<Case>): void {
  const { cases, endpoints, documented, create, serve, basePath, headersOf, values } = subject
  const { credential, repeated, reads = [], undeclared } = subject

  it('the table of native endpoints has the documented endpoints and no others', () => {
    expect(Object.keys(endpoints).sort()).toEqual(documented.toSorted())
  })

  it('every documented native endpoint has a case in these tests', () => {
    expect([...new Set(cases.map(({ route }) => route))].sort()).toEqual(documented.toSorted())
  })

  it.each(Object.entries(endpoints))('%s has a summary and notes made of sentences', (_, { summary, notes = [] }) => {
    expect(summary).toMatch(/^[A-Z].*[^.]$/)
    for (const note of notes) expect(note).toMatch(/^[A-Z`].*\.$/)
  })

  const named = cases.map((each) => [titleOf(each), each] as const)

  it.each(named)('%s sends every value that it takes and returns the answer unchanged', async (_, each) => {
    const { route, input, uri, status, answer = { id: 'x', anything: ['as', 'it', 'came', null] } } = each
    const seen = serve([methodOf(each), uri, status, answer])
    expect(await nativeRequest(create(), route, input)).toStrictEqual(answer)
    expect(seen).toStrictEqual([
      { method: methodOf(each), uri: basePath + uri, headers: headersOf(each), body: await sentBody(input) },
    ])
  })

  const required = cases.flatMap((each) => each.requires.map((place) => [titleOf(each), place, each] as const))

  it.each(required)('%s is refused without %s', async (_, place, { route, input }) => {
    const places = place.split(' | ')
    const lacking = places.reduce((left, each) => withValue(left, each), input)
    const empty = places.reduce((left, each) => withValue(left, each, ''), lacking)
    for (const wrong of input.body instanceof FormData ? [lacking] : [lacking, empty])
      await refused(route, wrong, { path: places[0], problem: expect.stringMatching(/^is required/) })
  })

  it.each(named)('%s can be sent with only the required values', async (_, each) => {
    const input = onlyRequired(each)
    const seen = serve([methodOf(each), uriOf(each, input), each.status, {}])
    expect(await nativeRequest(create(), each.route, input)).toBeDefined()
    expect(seen).toMatchObject([{ body: await sentBody(input) }])
  })

  const described = values.map(([route, place, value, problem]) => ({
    ...{ route, place, value, problem, input: withValue(nativeCase(cases, route).input, place, value) },
    shown: sizeOf(value),
  }))

  if (described.some(({ problem }) => problem))
    it.each(described.filter(({ problem }) => problem))(
      '$route is refused with $place of $shown: $problem',
      async ({ route, place, value, problem, input }) => {
        const { message } = await refused(route, input, { path: place, problem })
        expect(message).toContain(`${place} ${problem}`)
        if (typeof value === 'string' && value.length > 20) expect(message).not.toContain(value)
      },
    )

  if (described.some(({ problem }) => !problem))
    it.each(described.filter(({ problem }) => !problem))(
      '$route is sent with $place of $shown',
      async ({ route, input }) => {
        const each = nativeCase(cases, route)
        const seen = serve([methodOf(each), uriOf(each, input), each.status, {}])
        expect(await nativeRequest(create(), route, input)).toEqual({})
        expect(seen).toMatchObject([{ body: await sentBody(input) }])
      },
    )

  const [example] = cases.filter(({ route, input }) => route.startsWith('GET ') && input.path) as [Case]
  const [method, template] = example.route.split(' ') as [string, string]
  const wrongRoutes = [
    ...[`${example.route}/`, `${method.toLowerCase()} ${template}`, `OPTIONS ${template}`, template],
    `${method} ${template.replace(/\{.*?\}/g, 'planted-id')}`,
    ...['toString', '__proto__', 'constructor', '', undefined, null, 7],
  ]

  it.each(wrongRoutes)('the route %j is refused', async (route) => {
    const error = await failure(nativeRequest(create(), route as string))
    expect(error).toMatchObject({
      ...{ code: 'invalid-request', operation: 'native', outcome: 'not-done' },
      fields: [{ path: 'route' }],
    })
  })

  const withIds = cases.filter(({ input }) => input.path)
  const ids = withIds.flatMap((each) =>
    Object.keys(each.input.path ?? {}).map((id) => [titleOf(each), id, each] as const),
  )

  it.each(ids)('%s is refused without %s', async (_, id, { route, input }) => {
    for (const wrong of [undefined, '', '..', 7])
      await refused(route, withValue(input, `path.${id}`, wrong), { path: `path.${id}`, problem: expect.any(String) })
    if (route.indexOf(`{${id}}`) === route.indexOf('{'))
      await refused(route, { ...input, path: undefined as never }, { path: `path.${id}`, problem: expect.any(String) })
  })

  it.each(ids)('%s encodes any %s as one segment of the path', async (_, id, each) => {
    const input = withValue(each.input, `path.${id}`, 'a/b?c=d#ä ..%')
    const uri = each.route
      .slice(methodOf(each).length + 1)
      .replace(/\{(.*?)\}/g, (_, name) => encodeURIComponent((input.path as Record<string, string>)[name] as string))
    const [, query] = each.uri.split('?')
    const seen = serve([methodOf(each), query === undefined ? uri : `${uri}?${query}`, each.status, {}])
    await nativeRequest(create(), each.route, input)
    expect(seen).toHaveLength(1)
  })

  const isRead = (route: string): boolean => /^GET |\/search$/.test(route) || reads.includes(route)

  it.each(named)('%s is sent again after a fault only where that does no harm', async (_, each) => {
    const seen = serve(...Array.from({ length: 3 }, (): Exchange => [methodOf(each), each.uri, 502]))
    expect(await failure(nativeRequest(create(), each.route, each.input))).toMatchObject({
      code: 'vendor-fault',
      operation: `native ${each.route}`,
      ...(!isRead(each.route) && { outcome: 'unknown' }),
    })
    nock.cleanAll()
    const isRepeated = /^(GET|PUT|DELETE) /.test(each.route)
      ? !repeated.never.includes(each.route)
      : repeated.also.includes(each.route)
    expect(seen).toHaveLength(isRepeated ? 3 : 1)
  })

  it.each(undeclared)('%s may be answered with nothing or with a word', async (route) => {
    const each = nativeCase(cases, route)
    serve([methodOf(each), each.uri, 204], [methodOf(each), each.uri, 200, ''], [methodOf(each), each.uri, 200, 'OK'])
    for (const answer of [undefined, undefined, 'OK'])
      expect(await nativeRequest(create(), route, each.input)).toBe(answer)
  })

  const { header } = credential
  const spellings = [header, header.toUpperCase(), header.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())]

  it.each(spellings)('a header %s of the caller never replaces the credential', async (name) => {
    const each = nativeCase(cases, credential.route)
    const seen = serve([methodOf(each), each.uri, each.status, {}])
    await nativeRequest(create(), each.route, each.input, { headers: { [name]: 'other' } })
    expect(seen).toMatchObject([{ headers: headersOf(each) }])
  })

  it('a header of the caller replaces the adapter’s own header of the same name', async () => {
    const each = nativeCase(cases, credential.route)
    const seen = serve([methodOf(each), each.uri, each.status, {}])
    await nativeRequest(create(), each.route, each.input, { headers: { Accept: 'application/vnd.v3+json' } })
    expect(seen).toMatchObject([{ headers: { ...headersOf(each), accept: 'application/vnd.v3+json' } }])
  })

  /** Expects an error about one field, and no request. */
  async function refused(route: string, input: NativeRequest, field: { path: unknown; problem: unknown }) {
    const error = await failure(nativeRequest(create(), route, input))
    expect(error).toMatchObject({
      code: 'invalid-request',
      operation: `native ${route}`,
      outcome: 'not-done',
      fields: [field],
    })
    return error
  }
}

/** A request without types, as a JavaScript program would make it. */
export const nativeRequest = (
  { native }: Adapter,
  route: string,
  input?: unknown,
  options?: unknown,
): Promise<unknown> => {
  const given = (options === undefined ? (input === undefined ? [] : [input]) : [input, options]) as never[]
  return (native as NonNullable<Adapter['native']>).request(route as never, ...given)
}

/** The first case of a route. */
export function nativeCase<Case extends NativeCase>(cases: readonly Case[], route: string): Case {
  const found = cases.find((each) => each.route === route)
  if (!found) throw new Error(`no case for ${route}`)
  return found
}

export const methodOf = ({ route }: NativeCase): string => route.split(' ')[0] as string

/** The same input with another value at a path such as `body.details.enabled`, or without a value there. */
export function withValue(input: NativeRequest, place: string, value?: unknown): NativeRequest {
  const [part, ...names] = place.split('.') as ['path' | 'query' | 'body', ...string[]]
  return { ...input, [part]: put(input[part], names, value) }
}

function put(given: unknown, [name, ...rest]: string[], value: unknown): unknown {
  if (name === undefined) return value
  if (given instanceof FormData) {
    const form = new FormData()
    for (const [key, entry] of given) if (key !== name) form.append(key, entry)
    if (value !== undefined) form.append(name, String(value))
    return form
  }
  const { [name]: old, ...others } = (given ?? {}) as Record<string, unknown>
  const next = put(old, rest, value)
  return next === undefined ? others : { ...others, [name]: next }
}

function onlyRequired({ input, requires }: NativeCase): NativeRequest {
  const places = requires.map((place) => place.split(' | ')[0] as string)
  const path: NativeRequest = input.path ? { path: input.path } : {}
  if (input.body instanceof FormData) {
    const body = new FormData()
    for (const [name, entry] of input.body) if (places.includes(`body.${name}`)) body.append(name, entry)
    return { ...path, body }
  }
  return places.reduce<NativeRequest>((left, place) => withValue(left, place, valueAt(input, place)), path)
}

const valueAt = (input: NativeRequest, place: string): unknown =>
  place.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], input)

const titleOf = ({ route, variant }: NativeCase): string => (variant === undefined ? route : `${route} (${variant})`)

function uriOf({ uri }: NativeCase, { query }: NativeRequest): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]))
  return uri.split('?')[0] + (pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '')
}

const sentBody = async ({ body }: NativeRequest): Promise<unknown> =>
  body instanceof FormData ? sentParts(body) : body

/** A value as part of a test name. A long value is shown by its size. */
function sizeOf(value: unknown): string {
  if (typeof value === 'string' && value.length > 20) return `${[...value].length} characters`
  return Array.isArray(value) ? `${value.length} elements` : JSON.stringify(value)
}
