import {
  type Call,
  type CreateAgentInput,
  checkChange,
  checkId,
  checkInput,
  checkText,
  isParleyError,
  isRaw,
  pathOf,
  type Raw,
  type UpdateAgentInput,
} from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
import { unwrap } from '../leadconnector-unwrap.ts'
import { mapLeadConnectorAgentChannel } from '../map/map-leadconnector-agent-channel.ts'
import { agentChannelOf, agentModeOf } from '../map/map-leadconnector-agent-words.ts'
import { mapLeadConnectorMode } from '../map/map-leadconnector-mode.ts'
import { readAgent } from '../read/read-leadconnector-agent.ts'
import { agentBody, changeable } from './leadconnector-agent-body.ts'
import { fetchAgent, type LeadConnectorAgent } from './leadconnector-agent-list.ts'
import type { LeadConnectorAgents } from './leadconnector-agents.ts'

const agents = '/conversation-ai/agents'

const read = (call: Call, client: LeadConnectorClient, path: string): Promise<Raw> =>
  call.read(client.spec('conversationAI', { path }), (body) => unwrap(body, 'agent', 'data'))

export const createAgent =
  (client: LeadConnectorClient): LeadConnectorAgents['create'] =>
  async (input, options) => {
    const call = client.begin('agents.create', options)
    const body = agentBody(call, checkInput<CreateAgentInput>(call, input))
    for (const name of ['name', 'personality', 'goal', 'instructions']) checkText(call, body[name], name)
    const spec = client.spec('conversationAI', { method: 'POST', path: agents, body })
    const agent = await call.read(spec, (answer, reading) => readAgent(unwrap(answer, 'agent', 'data'), reading))
    return proved(client, call, agent, input.isDefault)
  }

/**
 * Reads the agent, changes it and writes all of it, because the vendor resets switches that an update leaves out. What
 * somebody else changes in between is overwritten: the API has nothing to prevent it.
 */
export const updateAgent =
  (client: LeadConnectorClient): LeadConnectorAgents['update'] =>
  async (agent, input, options) => {
    const call = client.begin('agents.update', options)
    const id = checkId(call, agent, 'agent')
    const path = pathOf`/conversation-ai/agents/${id}`
    const changes = agentBody(call, checkInput<UpdateAgentInput>(call, input))
    if (input.name !== undefined) checkText(call, input.name, 'name')
    checkChange(call, changes, changeable)
    const body = { ...writable(await read(call, client, path)), ...changes }
    warnOfHidden(call, changes)
    const spec = client.spec('conversationAI', { method: 'PUT', path, body })
    const updated = await call.read(spec, (answer, reading) => readAgent(unwrap(answer, 'agent', 'data'), reading, id))
    return proved(client, call, updated, input.isDefault)
  }

export const deleteAgent =
  (client: LeadConnectorClient): LeadConnectorAgents['delete'] =>
  async (agent, options) => {
    const call = client.begin('agents.delete', options)
    const id = checkId(call, agent, 'agent')
    const spec = client.spec('conversationAI', { method: 'DELETE', path: pathOf`/conversation-ai/agents/${id}` })
    const { body } = await call.request(spec)
    return { id, confirmed: isRaw(body) && body['success'] === true }
  }

/** Fields of "Get Agent" that "Update Agent" takes. */
const kept = [
  'name',
  'businessName',
  'isPrimary',
  'waitTime',
  'waitTimeUnit',
  'sleepEnabled',
  'sleepOnManualMessage',
  'sleepOnWorkflowMessage',
  'personality',
  'instructions',
  'autoPilotMaxMessages',
  'knowledgeBaseIds',
  'fullPrompt',
  'knowledgeBaseTriggers',
] as const

/** The default of "Create Agent": the update demands the number, and an answer may lack it. */
const defaultMessages = 75

/** What an agent is now, in the words that an update takes. Answers spell modes and channels more loosely. */
function writable(raw: Raw): Record<string, unknown> {
  const body: Record<string, unknown> = { autoPilotMaxMessages: defaultMessages }
  for (const key of kept) if (raw[key] !== undefined && raw[key] !== null) body[key] = raw[key]
  // Here null says something: asleep until somebody wakes it.
  for (const key of ['sleepTime', 'sleepTimeUnit']) if (raw[key] !== undefined) body[key] = raw[key]
  const goal = isRaw(raw['goal']) ? raw['goal']['prompt'] : raw['goal']
  if (typeof goal === 'string') body['goal'] = goal
  if (typeof raw['mode'] === 'string') {
    const mode = mapLeadConnectorMode(raw['mode'])
    body['mode'] = mode === 'unknown' ? raw['mode'] : agentModeOf(mode)
  }
  if (Array.isArray(raw['channels'])) body['channels'] = raw['channels'].map(writtenChannel)
  return body
}

function writtenChannel(channel: unknown): unknown {
  const value = typeof channel === 'string' ? mapLeadConnectorAgentChannel(channel) : 'unknown'
  // `WebChat` and `Live_Chat` are both the web, and stay what they are.
  if (value === 'unknown' || (value === 'web' && !/live/i.test(String(channel)))) return channel
  return agentChannelOf(value) ?? channel
}

/** Two switches can be written but not read, so that nobody can write them back as they were. */
function warnOfHidden(call: Call, changes: Readonly<Record<string, unknown>>): void {
  for (const key of ['respondToImages', 'respondToAudio']) {
    if (changes[key] !== undefined) continue
    call.reading.warn(
      'degraded',
      `${key} cannot be read back and was not given: the update may have switched it off.`,
      {
        path: `vendor.leadconnector.${key}`,
      },
    )
  }
}

/** Whether an agent is the default one is sometimes not kept, and only another reading shows it. */
async function proved(
  client: LeadConnectorClient,
  call: Call,
  agent: LeadConnectorAgent,
  isDefault: boolean | undefined,
): Promise<LeadConnectorAgent> {
  if (isDefault === undefined) return agent
  let stored: LeadConnectorAgent
  try {
    stored = await fetchAgent(client, call, agent.id)
  } catch (error) {
    // The agent is written: an error here would have it written again, and a new one made twice.
    if (!isParleyError(error)) throw error
    const why = `It was written; whether isDefault was kept could not be read (${error.code}).`
    call.reading.warn('degraded', why, { path: 'isDefault' })
    return agent
  }
  if (stored.isDefault !== isDefault)
    call.reading.warn('degraded', 'The vendor did not keep isDefault.', { path: 'isDefault' })
  return stored
}
