import type { TextStream } from '@parley/core/operations'
import type { LiveChatAI, LiveChatAIAgentPayload, LiveChatAIContactPayload } from '@parley/livechatai'
import { describe, expectTypeOf, it } from 'vitest'

type Native = LiveChatAI['native']

describe('the types of native', () => {
  it('name the answer of each endpoint', () => {
    const calls = (native: Native) => ({
      agents: native.request('GET /agents'),
      contact: native.request('GET /contacts/{contactId}', { path: { contactId: 'c' } }),
      sent: native.request('POST /conversations', { body: { question: 'x', agentId: 'b' } }),
      deleted: native.request('DELETE /agents/{agentId}', { path: { agentId: 'b' } }),
    })
    type Calls = ReturnType<typeof calls>
    expectTypeOf<Awaited<Calls['agents']>['data']>().toEqualTypeOf<LiveChatAIAgentPayload[]>()
    expectTypeOf<Awaited<Calls['contact']>>().toEqualTypeOf<LiveChatAIContactPayload>()
    expectTypeOf<Extract<Awaited<Calls['sent']>, TextStream>>().toEqualTypeOf<TextStream>()
    expectTypeOf<Awaited<Calls['deleted']>>().toBeUnknown()
  })

  it('refuse undocumented requests', () => {
    const calls = (native: Native): unknown[] => [
      // @ts-expect-error there is no such endpoint
      native.request('PUT /agents/{agentId}', { path: { agentId: 'b' } }),
      // @ts-expect-error the id is missing
      native.request('GET /agents/{agentId}'),
      // @ts-expect-error the id has another name
      native.request('GET /agents/{agentId}', { path: { id: 'b' } }),
      // @ts-expect-error the agent is missing
      native.request('GET /conversations', { query: { page: 1 } }),
      // @ts-expect-error its page size has another name
      native.request('GET /agents', { query: { perPage: 1 } }),
      // @ts-expect-error the question is missing
      native.request('POST /conversations', { body: { agentId: 'b' } }),
      // @ts-expect-error there is no such word
      native.request('GET /data-sources', { query: { agentId: 'b', source: 'NOTION' } }),
      // @ts-expect-error neither id nor ids
      native.request('DELETE /data-sources', { body: { agentId: 'b', source: 'QA' } }),
      // @ts-expect-error it takes no body
      native.request('DELETE /agents/{agentId}', { path: { agentId: 'b' }, body: {} }),
      // @ts-expect-error it has no path
      native.request('GET /agents', { path: { agentId: 'b' } }),
      // @ts-expect-error a day is missing
      native.request('GET /analytics', { query: { agentId: 'b', startDate: '2026-01-01' } }),
      // @ts-expect-error it is no number
      native.request('GET /contacts', { query: { agentId: 'b', limit: '10' } }),
    ]
    expectTypeOf(calls).toBeFunction()
  })
})
