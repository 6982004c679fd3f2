import type { LeadConnectorActionEndpoints, LeadConnectorAgentEndpoints } from '@parley/leadconnector'
import { failure } from '@parley/testkit'
import { expect } from 'vitest'
import { handOver, hours } from '../native/cases-agents.ts'
import { agentId, checkEach, first, id, instant, locationId, native, number, text } from './native-desk.ts'

const path = { agentId }
const action = {
  ...handOver,
  details: { ...handOver.details, examples: [...handOver.details.examples], tags: [...handOver.details.tags] },
}
const attach = async () =>
  (await native.request('POST /conversation-ai/agents/{agentId}/actions', { path, body: action })).data
const setHours = () => native.request('POST /conversation-ai/agents/{agentId}/working-hours', { path, body: hours })

type Endpoints = LeadConnectorAgentEndpoints & LeadConnectorActionEndpoints

const checks: { [Route in keyof Endpoints]: () => Promise<void> } = {
  async 'POST /conversation-ai/agents'() {
    const body = { name: 'New', personality: 'Calm', goal: 'Help', instructions: 'Be brief.', waitTime: 5 }
    expect(await native.request('POST /conversation-ai/agents', { body })).toMatchObject({
      ...body,
      id,
      mode: 'off',
      waitTimeUnit: 'seconds',
      actions: [],
    })
  },
  async 'GET /conversation-ai/agents/search'() {
    const page = await native.request('GET /conversation-ai/agents/search', { query: { limit: 1 } })
    expect(page).toMatchObject({ agents: [{ id, name: text, createdAt: instant }], totalCount: number, count: 1 })
    const next = await native.request('GET /conversation-ai/agents/search', {
      query: { startAfter: first(page.agents).id },
    })
    expect(next.agents?.map((agent) => agent.id)).not.toContain(first(page.agents).id)
  },
  async 'GET /conversation-ai/agents/{agentId}'() {
    expect(await native.request('GET /conversation-ai/agents/{agentId}', { path })).toMatchObject({
      id: agentId,
      name: text,
      autoPilotMaxMessages: number,
      instructions: text,
    })
    const unknown = native.request('GET /conversation-ai/agents/{agentId}', { path: { agentId: 'agt_none' } })
    expect((await failure(unknown)).code).toBe('not-found')
  },
  async 'PUT /conversation-ai/agents/{agentId}'() {
    const body = { autoPilotMaxMessages: 12, name: 'Renamed', sleepTime: null }
    expect(await native.request('PUT /conversation-ai/agents/{agentId}', { path, body })).toMatchObject({
      id: agentId,
      ...body,
    })
  },
  async 'DELETE /conversation-ai/agents/{agentId}'() {
    expect(await native.request('DELETE /conversation-ai/agents/{agentId}', { path })).toMatchObject({
      success: true,
      id: agentId,
    })
  },
  async 'GET /conversation-ai/generations'() {
    const { messages } = await native.request('GET /conversations/messages/export', {
      query: { locationId, limit: 500 },
    })
    const answers = messages.filter(
      ({ direction, source, userId, body }) => direction === 'outbound' && source === 'app' && !userId && body,
    )
    const { id: messageId, body } = first(answers)
    const query = { messageId, source: 'conversation' }
    expect(await native.request('GET /conversation-ai/generations', { query })).toMatchObject({
      prompt: text,
      responseMessage: body,
      history: expect.any(Array),
      actionLogs: expect.any(Array),
    })
  },
  async 'POST /conversation-ai/agents/{agentId}/actions'() {
    expect(await attach()).toMatchObject({ id, agentId, ...action })
  },
  async 'GET /conversation-ai/agents/{agentId}/actions/list'() {
    const made = await attach()
    const { data } = await native.request('GET /conversation-ai/agents/{agentId}/actions/list', { path })
    expect(data).toContainEqual(made)
  },
  async 'GET /conversation-ai/agents/{agentId}/actions'() {
    const made = await attach()
    const { data } = await native.request('GET /conversation-ai/agents/{agentId}/actions', { path })
    expect(data).toContainEqual(made)
    // A path of its newest reference, which a dated version does not know.
    const headers = { version: '2021-04-15' }
    const older = native.request('GET /conversation-ai/agents/{agentId}/actions', { path }, { headers })
    expect((await failure(older)).code).toBe('not-found')
  },
  async 'GET /conversation-ai/agents/{agentId}/actions/{actionId}'() {
    const made = await attach()
    const ids = { ...path, actionId: made.id }
    const read = native.request('GET /conversation-ai/agents/{agentId}/actions/{actionId}', { path: ids })
    expect((await read).data).toEqual(made)
  },
  async 'PUT /conversation-ai/agents/{agentId}/actions/{actionId}'() {
    const { id: actionId } = await attach()
    const details = { transferBotType: 'Default', transferToBot: 'agt_2', enabled: true }
    const body = { type: 'transferBot' as const, name: 'Other desk', details }
    const ids = { ...path, actionId }
    const put = native.request('PUT /conversation-ai/agents/{agentId}/actions/{actionId}', { path: ids, body })
    expect((await put).data).toMatchObject({ id: actionId, ...body })
  },
  async 'DELETE /conversation-ai/agents/{agentId}/actions/{actionId}'() {
    const { id: actionId } = await attach()
    const ids = { ...path, actionId }
    const removed = await native.request('DELETE /conversation-ai/agents/{agentId}/actions/{actionId}', { path: ids })
    expect(removed).toMatchObject({ data: { id: actionId }, success: true })
  },
  async 'PATCH /conversation-ai/agents/{agentId}/followup-settings'() {
    const { id: actionId } = await attach()
    const body = { actionIds: [actionId], followupSettings: { dynamicChannelSwitching: false, followUpHours: true } }
    const set = await native.request('PATCH /conversation-ai/agents/{agentId}/followup-settings', { path, body })
    expect(set.data).toMatchObject({ id: actionId, details: { followupSettings: body.followupSettings } })
  },
  async 'GET /conversation-ai/agents/{agentId}/working-hours'() {
    await setHours()
    const read = await native.request('GET /conversation-ai/agents/{agentId}/working-hours', { path })
    expect(read.data).toMatchObject({ ...hours, employeeId: agentId, createdAt: instant })
  },
  async 'POST /conversation-ai/agents/{agentId}/working-hours'() {
    expect((await setHours()).data).toMatchObject(hours)
    expect((await failure(setHours())).code).toBe('conflict')
  },
  async 'PUT /conversation-ai/agents/{agentId}/working-hours'() {
    await setHours()
    const body = { ...hours, enabled: false, channels: [] }
    const set = await native.request('PUT /conversation-ai/agents/{agentId}/working-hours', { path, body })
    expect(set.data).toMatchObject(body)
  },
  async 'DELETE /conversation-ai/agents/{agentId}/working-hours'() {
    await setHours()
    const clear = () => native.request('DELETE /conversation-ai/agents/{agentId}/working-hours', { path })
    expect(await clear()).toMatchObject({ data: { deleted: true, employeeId: agentId }, success: true })
    expect((await clear()).data.deleted).toBe(false)
  },
}

checkEach(checks)
