import type { Adapter } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { failure } from './failure.ts'
import type { Exchange, Seen } from './nock.ts'

interface NativeInput {
  path?: Record<string, string>
  query?: Record<string, unknown>
  body?: Record<string, unknown> | FormData
}

/** One native endpoint with everything that it takes, and what of that the vendor's reference requires. */
export interface NativeCase {
  route: string
  /** Tells cases of the same route apart in the names of the tests. */
  variant?: string
  input: NativeInput
  /** Path and query as they go over the wire, below the base path. */
  uri: string
  /** `query.email`. Of values with ` | ` between them, one is enough. */
  requires: string[]
  status: number
}

interface Subject {
  cases: readonly NativeCase[]
  /** The adapter's own table, by route. */
  endpoints: Readonly<Record<string, { summary: string; notes?: readonly string[] }>>
  /** Method and path of every endpoint in the vendor's reference, in its order, copied by hand: not from the adapter's table. */
  documented: readonly string[]
  create: () => Adapter
  serve: (...exchanges: Exchange[]) => Seen[]
  basePath: string
  /** The headers that a request has to carry. */
  headersOf: (each: NativeCase) => Record<string, string>
}

/** The table of a vendor's native endpoints is complete, and each endpoint sends and requires what its case says. */
export function nativeSuite({ cases, endpoints, documented, create, serve, basePath, headersOf }: Subject): void {
  describe('the table of native endpoints', () => {
    it('has the documented endpoints, and no others', () => {
      expect(Object.keys(endpoints)).toEqual(documented)
    })

    it('has a case in these tests for each endpoint', () => {
      expect([...new Set(cases.map(({ route }) => route))]).toEqual(documented)
    })

    it.each(Object.entries(endpoints))('%s says what it does', (_, { summary, notes = [] }) => {
      expect(summary).toMatch(/^[A-Z].*[^.]$/)
      for (const note of notes) expect(note).toMatch(/^[A-Z].*\.$/)
    })
  })

  // How a form goes over the wire is up to the adapter's own tests.
  const inJson = cases.filter(({ input }) => !(input.body instanceof FormData))
  const named = inJson.map((each) => [titleOf(each), each] as const)

  it.each(named)('%s goes over the wire with everything that it takes', async (_, each) => {
    const { route, input, uri, status } = each
    const answer = { id: 'x', anything: ['as', 'it', 'came', null] }
    const seen = serve([methodOf(route), uri, status, answer])
    expect(await nativeRequest(create(), route, input)).toStrictEqual(answer)
    expect(seen).toStrictEqual([
      { method: methodOf(route), uri: basePath + uri, headers: headersOf(each), body: input.body },
    ])
  })

  const required = cases.flatMap((each) => each.requires.map((place) => [titleOf(each), place, each] as const))

  it.each(required)('%s requires %s', async (_, place, { route, input }) => {
    const places = place.split(' | ')
    const lacking = places.reduce(without, input)
    const wrong = input.body instanceof FormData ? [lacking] : [lacking, places.reduce(withEmpty, lacking)]
    for (const each of wrong) {
      expect(await failure(nativeRequest(create(), route, each))).toMatchObject({
        code: 'invalid-request',
        operation: `native ${route}`,
        outcome: 'not-done',
        fields: [{ path: places[0], problem: expect.stringMatching(/^is required/) }],
      })
    }
  })

  it.each(named)('%s needs nothing but what is required', async (_, each) => {
    const input = onlyRequired(each)
    const query = input.query ? `?${new URLSearchParams(input.query as Record<string, string>)}` : ''
    serve([methodOf(each.route), each.uri.split('?')[0] + query, each.status, {}])
    expect(await nativeRequest(create(), each.route, input)).toEqual({})
  })
}

/** A request as JavaScript makes it, where no compiler looks. */
export const nativeRequest = (
  { native }: Adapter,
  route: string,
  input?: unknown,
  options?: unknown,
): Promise<unknown> => {
  const given = (options === undefined ? (input === undefined ? [] : [input]) : [input, options]) as never[]
  return (native as NonNullable<Adapter['native']>).request(route as never, ...given)
}

type Part = 'path' | 'query' | 'body'
const methodOf = (route: string): string => route.split(' ')[0] as string
const titleOf = ({ route, variant }: NativeCase): string => (variant === undefined ? route : `${route} (${variant})`)

/** The same input without one value: `body.title`. */
export function without(input: NativeInput, place: string): NativeInput {
  const [part, name] = place.split('.') as [Part, string]
  if (input.body instanceof FormData) return { ...input, body: new FormData() }
  const { [name]: _, ...rest } = input[part] as Record<string, unknown>
  return { ...input, [part]: rest }
}

function withEmpty(input: NativeInput, place: string): NativeInput {
  const [part, name] = place.split('.') as [Part, string]
  return { ...input, [part]: { ...input[part], [name]: '' } }
}

function onlyRequired({ input, requires }: NativeCase): NativeInput {
  const pick = (part: 'query' | 'body') => {
    const values = input[part] as Record<string, unknown> | undefined
    const names = requires.map((place) => place.split(' | ')[0] as string).filter((place) => place.startsWith(part))
    const kept = names.map((place) => place.slice(part.length + 1)).map((name) => [name, values?.[name]])
    return kept.length > 0 ? { [part]: Object.fromEntries(kept) } : {}
  }
  return { ...(input.path && { path: input.path }), ...pick('query'), ...pick('body') }
}
