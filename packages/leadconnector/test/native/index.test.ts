import { type NativeValue, nativeSuite } from '@parley/testkit/native'
import { exchangesWith, useNock } from '@parley/testkit/nock'
import { expect, it } from 'vitest'
import { endpoints } from '../../src/native/endpoints.ts'
import { baseUrl, testAccount, token } from '../helpers/account.ts'
import { cases } from './attempt.ts'

/** Copied by hand from the index of the vendor's reference, in its order: not from our table. */
const documented = `
  POST   /conversation-ai/agents
  GET    /conversation-ai/agents/search
  GET    /conversation-ai/agents/{agentId}
  PUT    /conversation-ai/agents/{agentId}
  DELETE /conversation-ai/agents/{agentId}
  POST   /conversation-ai/agents/{agentId}/actions
  GET    /conversation-ai/agents/{agentId}/actions/list
  GET    /conversation-ai/agents/{agentId}/actions
  GET    /conversation-ai/agents/{agentId}/actions/{actionId}
  PUT    /conversation-ai/agents/{agentId}/actions/{actionId}
  DELETE /conversation-ai/agents/{agentId}/actions/{actionId}
  PATCH  /conversation-ai/agents/{agentId}/followup-settings
  GET    /conversation-ai/generations
  GET    /conversation-ai/agents/{agentId}/working-hours
  POST   /conversation-ai/agents/{agentId}/working-hours
  PUT    /conversation-ai/agents/{agentId}/working-hours
  DELETE /conversation-ai/agents/{agentId}/working-hours
  GET    /conversations/search
  GET    /conversations/{conversationId}
  POST   /conversations/
  PUT    /conversations/{conversationId}
  DELETE /conversations/{conversationId}
  GET    /conversations/{conversationId}/messages
  GET    /conversations/messages/{id}
  GET    /conversations/messages/email/{id}
  GET    /conversations/messages/export
  POST   /conversations/messages
  POST   /conversations/messages/inbound
  POST   /conversations/messages/outbound
  PUT    /conversations/messages/{messageId}/status
  PUT    /conversations/messages/email/{id}/status
  DELETE /conversations/messages/{messageId}/schedule
  DELETE /conversations/messages/email/{emailMessageId}/schedule
  PUT    /conversations/messages/{messageId}/attachments
  POST   /conversations/messages/upload
  GET    /conversations/messages/{messageId}/locations/{locationId}/recording
  GET    /conversations/locations/{locationId}/messages/{messageId}/transcription
  GET    /conversations/locations/{locationId}/messages/{messageId}/transcription/download
  POST   /conversations/providers/live-chat/typing
  GET    /conversations/preferences/custom-subtypes
  POST   /conversations/preferences/custom-subtypes
  PUT    /conversations/preferences/custom-subtypes/{id}
  GET    /conversations/preferences/unsubscriptions/status
  POST   /conversations/preferences/unsubscriptions/user-change
  GET    /contacts/{contactId}
  POST   /contacts/upsert
  POST   /contacts/search
  GET    /contacts/search/duplicate
  PUT    /contacts/{contactId}
  GET    /contacts/
  GET    /users/{userId}
  GET    /users/search
  GET    /users/
  GET    /knowledge-bases/
  GET    /knowledge-bases/{id}
  POST   /knowledge-bases/
  PUT    /knowledge-bases/{id}
  DELETE /knowledge-bases/{id}
  GET    /knowledge-bases/faqs
  POST   /knowledge-bases/faqs
  PUT    /knowledge-bases/faqs/{id}
  DELETE /knowledge-bases/faqs/{id}
  GET    /knowledge-bases/crawler
  POST   /knowledge-bases/crawler
  GET    /knowledge-bases/crawler/status
  POST   /knowledge-bases/crawler/train
  DELETE /knowledge-bases/crawler
  GET    /files/d/{slug}
`
const routes = documented
  .trim()
  .split('\n')
  .map((line) => line.trim().replace(/ +/, ' '))

useNock()

const create = 'POST /conversation-ai/agents'
const update = 'PUT /conversation-ai/agents/{agentId}'
const attach = 'POST /conversation-ai/agents/{agentId}/actions'
const replace = 'PUT /conversation-ai/agents/{agentId}/actions/{actionId}'
const exported = 'GET /conversations/messages/export'
const attachments = 'PUT /conversations/messages/{messageId}/attachments'
const newSubtype = 'POST /conversations/preferences/custom-subtypes'
const subtype = 'PUT /conversations/preferences/custom-subtypes/{id}'

const values: NativeValue[] = [
  [create, 'body.autoPilotMaxMessages', 0, 'must be at least 1'],
  [create, 'body.autoPilotMaxMessages', 1],
  [create, 'body.autoPilotMaxMessages', 101, 'must be at most 100'],
  [update, 'body.autoPilotMaxMessages', 0, 'must be at least 1'],
  [update, 'body.autoPilotMaxMessages', 100],
  [update, 'body.autoPilotMaxMessages', 101, 'must be at most 100'],
  [attach, 'body.name', 'ab', 'must have at least 3 characters'],
  [attach, 'body.name', 'abc'],
  [attach, 'body.name', 'a'.repeat(51), 'must have at most 50 characters'],
  [replace, 'body.name', 'ab', 'must have at least 3 characters'],
  [replace, 'body.name', '😀'.repeat(50)],
  [replace, 'body.name', '😀'.repeat(51), 'must have at most 50 characters'],
  [exported, 'query.limit', 9, 'must be at least 10'],
  [exported, 'query.limit', 10],
  [exported, 'query.limit', '500'],
  [exported, 'query.limit', 501, 'must be at most 500'],
  [exported, 'query.limit', '501', 'must be at most 500'],
  ['POST /conversations/messages', 'body.attachments', [], 'must have at least 1 element'],
  ['POST /conversations/messages', 'body.attachments', ['1']],
  [attachments, 'body.attachments', []],
  [attachments, 'body.attachments', ['1', '2', '3', '4', '5']],
  [attachments, 'body.attachments', ['1', '2', '3', '4', '5', '6'], 'must have at most 5 elements'],
  ['GET /contacts/', 'query.limit', 101, 'must be at most 100'],
  [newSubtype, 'body.name', '😀'.repeat(100)],
  [newSubtype, 'body.name', 'a'.repeat(101), 'must have at most 100 characters'],
  [newSubtype, 'body.description', 'a'.repeat(101), 'must have at most 100 characters'],
  [subtype, 'body.name', 'a'.repeat(101), 'must have at most 100 characters'],
  [subtype, 'body.description', 'a'.repeat(100)],
  [subtype, 'body.description', 'a'.repeat(101), 'must have at most 100 characters'],
]

nativeSuite({
  cases,
  endpoints,
  documented: routes,
  create: testAccount,
  serve: exchangesWith({
    host: baseUrl,
    basePath: '',
    headers: ['accept', 'content-type', 'authorization', 'version', 'user-agent'],
  }),
  basePath: '',
  headersOf: ({ answer, version, input: { body } }) => ({
    accept: answer === undefined ? 'application/json' : '*/*',
    authorization: `Bearer ${token}`,
    ...(body !== undefined && {
      'content-type': body instanceof FormData ? 'multipart/form-data' : 'application/json',
    }),
    'user-agent': 'Parley',
    version,
  }),
  values,
  credential: { route: 'GET /conversations/{conversationId}', header: 'authorization' },
  repeated: {
    // They set what they are given, only read, or know the contact by its email.
    also: [
      'PATCH /conversation-ai/agents/{agentId}/followup-settings',
      'POST /contacts/search',
      'POST /contacts/upsert',
    ],
    // They would add to counters again, or fail the second time although the first one was carried out.
    never: [
      'PUT /conversations/messages/email/{id}/status',
      'DELETE /conversations/messages/{messageId}/schedule',
      'DELETE /conversations/messages/email/{emailMessageId}/schedule',
    ],
  },
  undeclared: routes.filter((route) => /preferences|\/attachments$/.test(route)),
})

/** "Scopes" of the reference, by the beginning of the path. */
it.each(Object.entries(endpoints))('%s names the scope of its page in the reference', (route, { scope }) => {
  expect(scope).toBe(scopeOf(route))
})

function scopeOf(route: string): string | undefined {
  const reads = route.startsWith('GET') || route === 'POST /contacts/search'
  const verb = reads ? 'readonly' : 'write'
  const path = route.split(' ')[1] as string
  if (path.startsWith('/knowledge-bases') || path.includes('/preferences/')) return undefined
  if (path.startsWith('/conversation-ai')) return `conversation-ai.${verb}`
  if (path.endsWith('/typing')) return 'conversations/livechat.write'
  if (/\/messages|\/transcription/.test(path)) return `conversations/message.${verb}`
  return `${path.split('/')[1]}.${verb}`
}
