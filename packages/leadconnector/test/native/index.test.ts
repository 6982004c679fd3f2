import { describe, expect, it } from 'vitest'
import { endpoints } from '../../src/native/endpoints.ts'
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
  .sort()

describe('the table of endpoints', () => {
  it('has what is documented, and nothing else', () => {
    expect(Object.keys(endpoints).sort()).toEqual(routes)
  })

  it('is tried endpoint by endpoint in these tests', () => {
    expect(cases.map(({ route }) => route).sort()).toEqual(routes)
  })

  it.each(Object.entries(endpoints))('%s says what it does', (_, { summary, notes = [] }) => {
    expect(summary).toMatch(/^[A-Z].*[^.]$/)
    for (const note of notes) expect(note).toMatch(/\.$/)
  })
})

/** "Scopes" of the reference, by the beginning of the path. */
describe('the scope', () => {
  it.each(Object.entries(endpoints))('of %s is that of its page', (route, { scope }) => {
    expect(scope).toBe(scopeOf(route))
  })
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
