import { failure, nativeRequest, useNock, without } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'
import { cases } from './cases.ts'

useNock()

describe('what is required', () => {
  it.each(['id', 'ids'])('one of the two is enough to delete data sources: %s', async (kept) => {
    const dropped = kept === 'id' ? 'body.ids' : 'body.id'
    const input = without(cases.find(({ route }) => route === 'DELETE /data-sources')?.input ?? {}, dropped)
    const seen = serve(['DELETE', '/data-sources', 200, {}])
    await nativeRequest(account().adapter, 'DELETE /data-sources', input)
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
      nativeRequest(account().adapter, route, { ...input, query: { ...input?.query, [name]: value } }),
    )
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: `query.${name}`, problem }] })
    expect(error.message).toContain(`query.${name} ${problem}`)
  })
})
