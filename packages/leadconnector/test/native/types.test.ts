import type { AnyNativeApi } from '@parley/core'
import type {
  LeadConnector,
  LeadConnectorAgentPayload,
  LeadConnectorEndpoints,
  LeadConnectorMessagePayload,
  LeadConnectorUpdateAgentBody,
} from '@parley/leadconnector'
import { expectTypeOf, it } from 'vitest'

declare const clinic: LeadConnector
const path = { agentId: 'agt_1' }

/** Never called: only the compiler reads it. */
export async function uses(): Promise<void> {
  await clinic.native.request('GET /conversation-ai/agents/search')
  await clinic.native.request('GET /conversation-ai/agents/search', { query: { limit: 5 } }, { timeout: 5_000 })
  await clinic.native.request('GET /conversations/search', { query: { locationId: 'l', status: 'a new one' } })
  await clinic.native.request('POST /conversations/messages/inbound', { body: { type: 'SMS', contactId: 'c' } })
  await clinic.native.request('POST /conversations/messages', { body: { type: 'SMS', contactId: 'c' } })
  await clinic.native.request('PUT /conversation-ai/agents/{agentId}', { path, body: { autoPilotMaxMessages: 5 } })
}

/** Never called either. */
export async function mistakes(): Promise<void> {
  // @ts-expect-error: there is no such route
  await clinic.native.request('GET /conversation-ai/agent/search')
  // @ts-expect-error: the id is missing
  await clinic.native.request('GET /conversation-ai/agents/{agentId}')
  // @ts-expect-error: it is called agentId
  await clinic.native.request('GET /conversation-ai/agents/{agentId}', { path: { id: 'agt_1' } })
  // @ts-expect-error: the agent search has no locationId
  await clinic.native.request('GET /conversation-ai/agents/search', { query: { locationId: 'loc_1' } })
  // @ts-expect-error: the location is missing
  await clinic.native.request('GET /conversations/search', { query: { limit: 5 } })
  // @ts-expect-error: an update needs autoPilotMaxMessages
  await clinic.native.request('PUT /conversation-ai/agents/{agentId}', { path, body: { name: 'x' } })
  // @ts-expect-error: a name is a text
  const body: LeadConnectorUpdateAgentBody = { autoPilotMaxMessages: 5, name: 5 }
  await clinic.native.request('PUT /conversation-ai/agents/{agentId}', { path, body })
  // @ts-expect-error: one of the two ids is needed
  await clinic.native.request('POST /conversations/messages/inbound', { body: { type: 'SMS' } })
  await clinic.native.request('POST /conversation-ai/agents/{agentId}/actions', {
    path,
    // @ts-expect-error: these are the details of another type
    body: { type: 'transferBot', name: 'Other', details: { workflowIds: [], triggerCondition: 'x' } },
  })
  // @ts-expect-error: an upload is a form
  await clinic.native.request('POST /conversations/messages/upload', { body: { locationId: 'loc_1' } })
  // @ts-expect-error: there is nothing to send
  await clinic.native.request('DELETE /conversations/{conversationId}', { path: { conversationId: 'c' }, body: {} })
}

type Answer<Route extends keyof LeadConnectorEndpoints> = Awaited<ReturnType<typeof clinic.native.request<Route>>>

it('knows what comes back', () => {
  expectTypeOf<Answer<'GET /conversation-ai/agents/{agentId}'>>().toEqualTypeOf<LeadConnectorAgentPayload>()
  expectTypeOf<
    Answer<'GET /conversations/messages/{messageId}/locations/{locationId}/recording'>
  >().toEqualTypeOf<Uint8Array>()
  expectTypeOf<Answer<'GET /conversations/messages/export'>['messages']>().toEqualTypeOf<
    LeadConnectorMessagePayload[]
  >()
})

it('is one kind of native API', () => {
  expectTypeOf<LeadConnector['native']>().toExtend<AnyNativeApi>()
})
