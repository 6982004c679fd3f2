import { type NativeValue, nativeCase, nativeRequest, nativeSuite, withValue } from '@parley/testkit/native'
import { useNock } from '@parley/testkit/nock'
import { expect, it } from 'vitest'
import { endpoints } from '../../src/native/endpoints.ts'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'
import { cases } from './cases.ts'

/** Copied by hand from the routes of `@langchain/langgraph-api` 1.5.1, in the order of the reference: not from our table. */
const documented = `
  POST   /assistants
  POST   /assistants/search
  POST   /assistants/count
  GET    /assistants/{assistantId}
  PATCH  /assistants/{assistantId}
  DELETE /assistants/{assistantId}
  GET    /assistants/{assistantId}/graph
  GET    /assistants/{assistantId}/schemas
  GET    /assistants/{assistantId}/subgraphs
  POST   /assistants/{assistantId}/versions
  POST   /assistants/{assistantId}/latest
  POST   /threads
  POST   /threads/search
  POST   /threads/count
  GET    /threads/{threadId}
  PATCH  /threads/{threadId}
  DELETE /threads/{threadId}
  POST   /threads/{threadId}/copy
  GET    /threads/{threadId}/state
  POST   /threads/{threadId}/state
  GET    /threads/{threadId}/state/{checkpointId}
  GET    /threads/{threadId}/history
  POST   /threads/{threadId}/history
  GET    /threads/{threadId}/runs
  POST   /threads/{threadId}/runs
  POST   /threads/{threadId}/runs/wait
  POST   /threads/{threadId}/runs/stream
  GET    /threads/{threadId}/runs/{runId}
  GET    /threads/{threadId}/runs/{runId}/join
  GET    /threads/{threadId}/runs/{runId}/stream
  POST   /threads/{threadId}/runs/{runId}/cancel
  DELETE /threads/{threadId}/runs/{runId}
  POST   /runs
  POST   /runs/wait
  POST   /runs/stream
  POST   /runs/batch
  GET    /store/items
  PUT    /store/items
  DELETE /store/items
  POST   /store/items/search
  POST   /store/namespaces
  GET    /ok
  GET    /info
`
const routes = documented
  .trim()
  .split('\n')
  .map((line) => line.trim().replace(/ +/, ' '))

useNock()

const auth = { accept: 'application/json', 'x-api-key': 'planted-key-1' }
const paged = cases.filter(({ route }) => /(?:search|versions|namespaces)$/.test(route)).map(({ route }) => route)

const reads = [
  ...['POST /assistants/count', 'POST /assistants/{assistantId}/versions', 'POST /threads/count'],
  ...['POST /threads/{threadId}/history', 'POST /store/namespaces'],
]

nativeSuite({
  cases,
  endpoints,
  documented: routes,
  create: () => account().adapter,
  serve,
  basePath: '',
  headersOf: ({ input, route }) => ({
    ...(input.body ? { ...auth, 'content-type': 'application/json' } : auth),
    ...(route.endsWith('/stream') && { accept: '*/*' }),
  }),
  values: paged.flatMap((route): NativeValue[] => [
    [route, 'body.limit', 0, 'must be at least 1'],
    [route, 'body.limit', 1],
    [route, 'body.limit', 1000],
    [route, 'body.limit', 1001, 'must be at most 1000'],
    [route, 'body.offset', -1, 'must be at least 0'],
    [route, 'body.offset', 0],
  ]),
  credential: { route: 'GET /info', header: 'x-api-key' },
  repeated: {
    also: [
      ...[...reads, 'POST /assistants/search', 'POST /threads/search', 'POST /store/items/search'],
      ...['POST /assistants/{assistantId}/latest', 'PATCH /threads/{threadId}'],
      'POST /threads/{threadId}/runs/{runId}/cancel',
    ],
    never: [],
  },
  reads,
  undeclared: ['DELETE /threads/{threadId}', 'DELETE /assistants/{assistantId}', 'PUT /store/items'],
})

it('a thread is created again after a fault only if creating it twice does nothing', async () => {
  const { input } = nativeCase(cases, 'POST /threads')
  const given = withValue(input, 'body.if_exists', 'do_nothing')
  const seen = serve(['POST', '/threads', 502], ['POST', '/threads', 200, {}])
  await nativeRequest(account().adapter, 'POST /threads', given)
  expect(seen).toHaveLength(2)
})
