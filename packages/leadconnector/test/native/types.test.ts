import type { AnyNativeApi } from '@parley/core'
import type {
  LeadConnector,
  LeadConnectorAgentPayload,
  LeadConnectorEndpoints,
  LeadConnectorMessagePayload,
  LeadConnectorUpdateAgentBody,
  LeadConnectorWorkingHoursPayload,
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
  await clinic.native.request('POST /conversations/preferences/unsubscriptions/user-change', {
    body: {
      locationId: 'loc_1',
      contactId: 'ctc_1',
      email: 'ada@quill.example',
      subscription_action: { type: 'default', subtype_name: 'One on One', subtype_status: 'unsubscribed' },
    },
  })
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
  const preferences = '/conversations/preferences'
  const query = { locationId: 'loc_1' }
  const subtype = { name: 'News', channel: 'email', language: 'en' }
  // @ts-expect-error: the location is missing
  await clinic.native.request(`GET ${preferences}/custom-subtypes`)
  // @ts-expect-error: the language is missing
  await clinic.native.request(`POST ${preferences}/custom-subtypes`, { query, body: { name: 'News', channel: 'sms' } })
  // @ts-expect-error: a new subtype cannot be archived
  await clinic.native.request(`POST ${preferences}/custom-subtypes`, { query, body: { ...subtype, archived: true } })
  await clinic.native.request(`PUT ${preferences}/custom-subtypes/{id}`, {
    path: { id: 'sub_1' },
    query,
    // @ts-expect-error: the channel of a subtype does not change
    body: { channel: 'sms' },
  })
  const person = { ...query, contactId: 'ctc_1', email: 'ada@quill.example' }
  await clinic.native.request(`POST ${preferences}/unsubscriptions/user-change`, {
    // @ts-expect-error: a subtype of the location has an id
    body: { ...person, subscription_action: { type: 'custom', subtype_status: 'subscribed' } },
  })
  await clinic.native.request('PUT /contacts/{contactId}', {
    path: { contactId: 'c' },
    // @ts-expect-error: the channel is called SMS
    body: { dndSettings: { Sms: { status: 'active' } } },
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

it('knows the declared fields of what comes back', () => {
  type Status = Answer<'GET /knowledge-bases/crawler/status'>['data']
  expectTypeOf<Status['operationDetails']['discoveredUrlsCount']>().toBeNumber()
  expectTypeOf<Status['aggregate'][number]['records'][number]['id']>().toBeString()
  // @ts-expect-error: it is called operationDetails
  expectTypeOf<Status['operation']>().toBeAny()
  type Action = Answer<'GET /conversation-ai/agents/{agentId}/actions/{actionId}'>['data']
  type Stop = Extract<Action, { type: 'stopBot' }>
  expectTypeOf<NonNullable<Stop['details']>['stopBotExamples']>().toEqualTypeOf<string[]>()
  type Agent = Answer<'GET /conversation-ai/agents/{agentId}'>
  expectTypeOf<NonNullable<Agent['workingHours']>>().toEqualTypeOf<LeadConnectorWorkingHoursPayload>()
  type User = Answer<'GET /users/{userId}'>
  expectTypeOf<NonNullable<User['permissions']>['conversationsEnabled']>().toEqualTypeOf<boolean | undefined>()
  type Contact = Answer<'GET /contacts/{contactId}'>['contact']
  expectTypeOf<NonNullable<Contact['attributionSource']>['utmSource']>().toEqualTypeOf<string | undefined>()
})

it('is one kind of native API', () => {
  expectTypeOf<LeadConnector['native']>().toExtend<AnyNativeApi>()
})
