import { nativeSuite, useNock } from '@parley/testkit'
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

nativeSuite({
  cases,
  endpoints,
  documented: routes,
  create: () => account().adapter,
  serve,
  basePath: '/api/v2',
  headersOf: ({ input }) => (input.body ? { ...auth, 'content-type': 'application/json' } : auth),
})
