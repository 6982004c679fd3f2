import type { NativeEndpoints } from '@parley/core'
import { checkAgent, checkAgentUpdate } from './leadconnector-native-check-agent.ts'
import { readAgents, writeAgents } from './leadconnector-native-scopes.ts'
import type { LeadConnectorAgentEndpoints } from './leadconnector-native-types-agents.ts'

const limits = { autoPilotMaxMessages: { min: 1, max: 100 } }
const durations = [
  '`waitTime`: at most 300 seconds or 5 minutes.',
  '`sleepTime`: at most 48 hours, 2880 minutes or 172800 seconds.',
]

export const agentEndpoints: NativeEndpoints<LeadConnectorAgentEndpoints> = {
  'POST /conversation-ai/agents': {
    summary: 'Creates an agent',
    scope: writeAgents,
    required: { body: ['name', 'personality', 'goal', 'instructions'] },
    limits,
    check: checkAgent,
    notes: durations,
  },
  'GET /conversation-ai/agents/search': {
    summary: 'Lists agents, or finds them by name',
    scope: readAgents,
    notes: ['Takes no `locationId`: some accounts refuse a request that has one.'],
  },
  'GET /conversation-ai/agents/{agentId}': { summary: 'Reads one agent', scope: readAgents },
  'PUT /conversation-ai/agents/{agentId}': {
    summary: 'Changes an agent',
    scope: writeAgents,
    required: { body: ['autoPilotMaxMessages'] },
    limits,
    check: checkAgentUpdate,
    notes: [
      ...durations,
      '`mode` is required when `isPrimary` is `true`.',
      'Booleans that are left out were seen to fall back to their defaults.',
    ],
  },
  'DELETE /conversation-ai/agents/{agentId}': {
    summary: 'Deletes an agent with its configuration and history; there is no way back',
    scope: writeAgents,
  },
  'GET /conversation-ai/generations': {
    summary: 'Reads how one message of an agent was made',
    scope: readAgents,
    required: { query: ['messageId', 'source'] },
  },
}
