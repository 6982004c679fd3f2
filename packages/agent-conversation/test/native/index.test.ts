import { type NativeValue, nativeSuite } from '@parley/testkit/native'
import { useNock } from '@parley/testkit/nock'
import { expect, it } from 'vitest'
import { endpoints } from '../../src/native/endpoints.ts'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'
import { cases, otherStarts } from './cases.ts'

/** Copied by hand from the index of the vendor's reference, in its order: not from our table. */
const documented = `
  GET    /conversations
  POST   /conversations
  DELETE /conversations
  GET    /conversations/states
  GET    /conversations/{id}
  PUT    /conversations/{id}
  POST   /conversations/start
  GET    /conversations/{id}/messages
  POST   /conversations/{id}/messages
  POST   /conversations/{id}/messages/async
  GET    /conversations/{id}/messages/{questionMessageId}/response-on
  PUT    /conversations/{id}/mode
  POST   /conversations/{id}/send-manual-message
  POST   /conversations/{id}/message-files/upload-url
  GET    /conversations/{id}/message-files/{fileId}/signed-url
  POST   /users
  GET    /users/search
  GET    /users/{id}
  DELETE /users/{id}
  GET    /users/{id}/limits
  POST   /users/{id}/limits
  PUT    /users/{id}/limits
  DELETE /users/{id}/limits
  GET    /agents/users
  GET    /agents/by-api-key
  GET    /agents/statistic
  GET    /agents/limits
  POST   /agents/limits
  PUT    /agents/limits
  DELETE /agents/limits
  POST   /agents                                            organization
  PUT    /agents/{id}                                       organization
  GET    /agents/{id}/users                                 organization
  GET    /agent-roles/by-api-key                            organization
  GET    /platform-users                                    organization
  POST   /agents/webhooks
  POST   /agent-files/upload
  GET    /agent-files/by-api-key
  DELETE /agent-files
  DELETE /agent-files/{id}/delete
  DELETE /agent-files/{id}/delete-from-vector-store
  PUT    /agent-files/{id}/add-to-vector-store
  PUT    /agent-files/{id}/add-to-vector-store/async
  POST   /prompts
  POST   /prompts/async
  GET    /prompts/{id}/response-on
  POST   /prompts/upload-url
  POST   /conversation-message-feedbacks
  POST   /resource-usage
`
const rows = documented
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/ +/) as [method: string, path: string, key?: string])
const routes = rows.map(([method, path]) => `${method} ${path}`)

it('the endpoints of the organisation, and no others, take its key', () => {
  const keys = Object.entries(endpoints).map(([route, { credential }]) => [route, credential])
  expect(keys).toEqual(rows.map(([method, path, key]) => [`${method} ${path}`, key && 'organizationKey']))
})

useNock()

const keyOf = new Map(Object.entries(endpoints).map(([route, { credential }]) => [route, credential]))

nativeSuite({
  cases: [...cases, ...otherStarts],
  endpoints,
  documented: routes,
  create: () => account({ organizationKey: 'organization-secret-1' }).adapter,
  serve,
  basePath: '/external',
  headersOf({ route, input }) {
    const type = input.body instanceof FormData ? 'multipart/form-data' : 'application/json'
    return {
      accept: 'application/json',
      ...(input.body && { 'content-type': type }),
      ...(keyOf.get(route) === 'organizationKey'
        ? { 'organization-secret-key': 'organization-secret-1' }
        : { 'agent-secret-key': 'planted-key-1' }),
    }
  },
  values: ['POST /conversations', 'PUT /conversations/{id}'].flatMap((route): NativeValue[] => [
    [route, 'body.title', '😀'.repeat(255)],
    [route, 'body.title', `${'😀'.repeat(255)}!`, 'must have at most 255 characters'],
    [route, 'body.context', '😀'.repeat(256_000)],
    [route, 'body.context', `${'😀'.repeat(256_000)}!`, 'must have at most 256000 characters'],
  ]),
  credential: { route: 'GET /agents/limits', header: 'agent-secret-key' },
  repeated: { also: [], never: ['DELETE /conversations'] },
  undeclared: [
    'DELETE /conversations',
    'DELETE /users/{id}',
    'DELETE /users/{id}/limits',
    'DELETE /agents/limits',
    'DELETE /agent-files',
    'DELETE /agent-files/{id}/delete',
    'DELETE /agent-files/{id}/delete-from-vector-store',
    'PUT /agent-files/{id}/add-to-vector-store',
    'PUT /agent-files/{id}/add-to-vector-store/async',
    'POST /resource-usage',
  ],
})
