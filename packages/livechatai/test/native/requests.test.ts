import { failure, useNock } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'
import { type Case, cases, request, without } from './cases.ts'

useNock()

const auth = { accept: 'application/json', authorization: 'Bearer planted-key-1' }
const methodOf = ({ route }: Case): string => route.split(' ')[0] as string

describe('over the wire', () => {
  it.each(cases.map((each) => [each.route, each] as const))('%s', async (_, each) => {
    const answer = { status: 'success', data: { anything: ['as', 'it', 'came', null] } }
    const seen = serve([methodOf(each), each.uri, 200, answer])
    expect(await request(account().adapter, each.route, each.input)).toStrictEqual(answer)
    expect(seen).toStrictEqual([
      {
        method: methodOf(each),
        uri: `/api/v2${each.uri}`,
        headers: each.input.body ? { ...auth, 'content-type': 'application/json' } : auth,
        body: each.input.body,
      },
    ])
  })
})

describe('what is required', () => {
  const rows = cases.flatMap((each) => each.requires.map((place) => [`${each.route}: ${place}`, each, place] as const))

  it.each(rows)('%s', async (_, { route, input }, place) => {
    const places = place.split(' | ')
    const lacking = places.reduce(without, input)
    const empty = { ...lacking, ...emptied(input, places) }
    for (const wrong of [lacking, empty]) {
      const error = await failure(request(account().adapter, route, wrong))
      expect(error).toMatchObject({
        code: 'invalid-request',
        operation: `native ${route}`,
        outcome: 'not-done',
        fields: [{ path: places[0], problem: expect.stringMatching(/^is required/) }],
      })
    }
  })

  it.each(cases.map((each) => [each.route, each] as const))('%s needs nothing else', async (_, each) => {
    const input = onlyRequired(each)
    serve([methodOf(each), each.uri.split('?')[0] + queryOf(input), 200, {}])
    expect(await request(account().adapter, each.route, input)).toEqual({})
  })

  it.each(['id', 'ids'])('one of the two is enough to delete data sources: %s', async (kept) => {
    const dropped = kept === 'id' ? 'body.ids' : 'body.id'
    const input = without(cases.find(({ route }) => route === 'DELETE /data-sources')?.input ?? {}, dropped)
    const seen = serve(['DELETE', '/data-sources', 200, {}])
    await request(account().adapter, 'DELETE /data-sources', input)
    expect(seen).toMatchObject([{ body: input.body }])
  })
})

describe('documented limits', () => {
  const sized = { perPage: 'perPage', limit: 'limit', pageSize: 'pageSize' }
  const paged: [route: string, name: string][] = [
    ['GET /agents', sized.limit],
    ['GET /conversations', sized.perPage],
    ['GET /conversations/views', sized.perPage],
    ['GET /contacts', sized.limit],
    ['GET /contacts/{contactId}/conversations', sized.perPage],
    ['GET /data-sources', sized.limit],
    ['GET /ai-suggestions', sized.limit],
    ['GET /analytics/csat', sized.pageSize],
  ]
  const rows = paged.flatMap(([route, name]) => [
    [route, name, 0, 'must be at least 1'] as const,
    [route, name, 101, 'must be at most 100'] as const,
    [route, name, '101', 'must be at most 100'] as const,
    [route, 'page', 0, 'must be at least 1'] as const,
  ])

  it.each(rows)('%s: %s of %s', async (route, name, value, problem) => {
    const input = cases.find((each) => each.route === route)?.input
    const error = await failure(
      request(account().adapter, route, { ...input, query: { ...input?.query, [name]: value } }),
    )
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: `query.${name}`, problem }] })
    expect(error.message).toContain(`query.${name} ${problem}`)
  })
})

/** The parts with these values there, but empty. */
function emptied(input: Case['input'], places: string[]): Case['input'] {
  const result: Record<string, Record<string, unknown>> = {}
  for (const place of places) {
    const [part, name] = place.split('.') as ['query' | 'body', string]
    result[part] = { ...input[part], ...result[part], [name]: '' }
  }
  return result
}

function onlyRequired({ input, requires }: Case): Case['input'] {
  const pick = (part: 'query' | 'body') => {
    const names = requires.map((place) => place.split(' | ')[0] as string).filter((place) => place.startsWith(part))
    const kept = names.map((place) => place.slice(part.length + 1)).map((name) => [name, input[part]?.[name]])
    return kept.length > 0 ? { [part]: Object.fromEntries(kept) } : {}
  }
  return { ...(input.path && { path: input.path }), ...pick('query'), ...pick('body') }
}

const queryOf = ({ query }: Case['input']): string =>
  query ? `?${new URLSearchParams(query as Record<string, string>)}` : ''
