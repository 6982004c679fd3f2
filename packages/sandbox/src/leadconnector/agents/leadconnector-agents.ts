import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { created, invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { newId } from '../state/leadconnector-new-id.ts'
import { noAgent } from './leadconnector-agent-missing.ts'
import { agentViolations, createShape, updateShape } from './leadconnector-agent-rules.ts'
import { showAgent } from './leadconnector-agent-view.ts'
import { newAgent, settlePrimary, writeAgent } from './leadconnector-agent-write.ts'

const read = { family: 'conversation-ai', scope: 'conversation-ai.readonly' } as const
const write = { family: 'conversation-ai', scope: 'conversation-ai.write' } as const
const one = '/conversation-ai/agents/:agentId'

export const agentEndpoints: readonly LocationEndpoint[] = [
  { ...write, method: 'POST', path: '/conversation-ai/agents', handle: createAgent },
  { ...read, method: 'GET', path: one, handle: getAgent },
  { ...write, method: 'PUT', path: one, handle: updateAgent },
  { ...write, method: 'DELETE', path: one, handle: deleteAgent },
]

function createAgent({ body, location, state, now }: LocationCall): Reply {
  const broken = agentViolations(createShape, body)
  if (broken.length > 0) return invalid(broken)
  const agent = newAgent(newId(state, 'agent'), now)
  writeAgent(agent, body, now, false)
  if (location.agents.size === 0) agent.isPrimary = true
  location.agents.set(agent.id, agent)
  settlePrimary(location, agent)
  return created(showAgent(agent, state.settings))
}

function getAgent({ location, params, state }: LocationCall): Reply {
  const agent = location.agents.get(params['agentId'] ?? '')
  return agent ? ok(showAgent(agent, state.settings)) : noAgent(params['agentId'])
}

function updateAgent({ body, location, params, state, now }: LocationCall): Reply {
  const agent = location.agents.get(params['agentId'] ?? '')
  if (!agent) return noAgent(params['agentId'])
  const broken = agentViolations(updateShape, body)
  if (broken.length > 0) return invalid(broken)
  const wasPrimary = agent.isPrimary
  writeAgent(agent, body, now, state.settings.agentPutResetsBooleans)
  if (!state.settings.primaryPersists && !wasPrimary) agent.isPrimary = false
  settlePrimary(location, agent)
  return ok(showAgent(agent, state.settings))
}

/** Its history goes with it: what it answered can no longer be looked up. */
function deleteAgent({ location, params }: LocationCall): Reply {
  const id = params['agentId'] ?? ''
  if (!location.agents.delete(id)) return noAgent(id)
  for (const [messageId, { agentId }] of location.generations) {
    if (agentId === id) location.generations.delete(messageId)
  }
  return ok({ success: true, id })
}
