import { type NativeValue, nativeCase, nativeRequest, nativeSuite, withValue } from '@parley/testkit/native'
import { useNock } from '@parley/testkit/nock'
import { expect, it } from 'vitest'
import { endpoints } from '../../src/native/endpoints.ts'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'
import { cases } from './cases.ts'

/** Copied by hand from the index of the vendor's reference, in its order: not from our table. */
const documented = `
  GET    /agents
  POST   /agents
  GET    /agents/{agentId}
  DELETE /agents/{agentId}
  GET    /conversations
  POST   /conversations
  POST   /conversations/create
  GET    /conversations/{conversationId}
  POST   /conversations/{conversationId}/reply
  POST   /conversations/{conversationId}/end
  GET    /conversations/views
  POST   /contacts
  GET    /contacts
  GET    /contacts/{contactId}
  GET    /contacts/{contactId}/conversations
  GET    /data-sources
  POST   /data-sources/url
  POST   /data-sources/text
  POST   /data-sources/qa
  POST   /data-sources/file
  DELETE /data-sources
  GET    /ai-suggestions
  GET    /ai-suggestions/{suggestionId}
  DELETE /ai-suggestions/{suggestionId}
  GET    /analytics
  GET    /analytics/agent
  GET    /analytics/ai-functions
  GET    /analytics/csat
  GET    /analytics/topics
  GET    /analytics/sentiments
`
const routes = documented
  .trim()
  .split('\n')
  .map((line) => line.trim().replace(/ +/, ' '))

useNock()

const auth = { accept: 'application/json', authorization: 'Bearer planted-key-1' }

const sizes = {
  'GET /agents': 'limit',
  'GET /conversations': 'perPage',
  'GET /conversations/views': 'perPage',
  'GET /contacts': 'limit',
  'GET /contacts/{contactId}/conversations': 'perPage',
  'GET /data-sources': 'limit',
  'GET /ai-suggestions': 'limit',
  'GET /analytics/csat': 'pageSize',
}

nativeSuite({
  cases,
  endpoints,
  documented: routes,
  create: () => account().adapter,
  serve,
  basePath: '/api/v2',
  headersOf: ({ input }) => (input.body ? { ...auth, 'content-type': 'application/json' } : auth),
  values: Object.entries(sizes).flatMap(([route, name]): NativeValue[] => [
    [route, `query.${name}`, 0, 'must be at least 1'],
    [route, `query.${name}`, 1],
    [route, `query.${name}`, 100],
    [route, `query.${name}`, 101, 'must be at most 100'],
    [route, `query.${name}`, '101', 'must be at most 100'],
    [route, 'query.page', 0, 'must be at least 1'],
    [route, 'query.page', 1],
  ]),
  credential: { route: 'GET /agents', header: 'authorization' },
  repeated: { also: ['POST /contacts'], never: ['DELETE /data-sources'] },
  undeclared: ['DELETE /agents/{agentId}', 'DELETE /ai-suggestions/{suggestionId}'],
})

it.each(['id', 'ids'])('data sources can be deleted with only %s', async (kept) => {
  const { input } = nativeCase(cases, 'DELETE /data-sources')
  const given = withValue(input, kept === 'id' ? 'body.ids' : 'body.id')
  const seen = serve(['DELETE', '/data-sources', 200, {}])
  await nativeRequest(account().adapter, 'DELETE /data-sources', given)
  expect(seen).toMatchObject([{ body: given.body }])
})
