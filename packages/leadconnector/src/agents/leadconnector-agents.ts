import { type AgentOperations, checkId, paged, pathOf } from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
import { leadConnectorVendor } from '../leadconnector-protocol.ts'
import { unwrap } from '../leadconnector-unwrap.ts'
import { readAgent } from '../read/read-leadconnector-agent.ts'
import { type LeadConnectorActions, leadConnectorActions } from './leadconnector-actions.ts'
import { type LeadConnectorAgent, listAgents } from './leadconnector-agent-list.ts'
import { createAgent, deleteAgent, updateAgent } from './leadconnector-agent-write.ts'
import { type LeadConnectorFollowUp, leadConnectorFollowUp } from './leadconnector-follow-up.ts'
import { type LeadConnectorWorkingHours, leadConnectorWorkingHours } from './leadconnector-working-hours.ts'

export type { LeadConnectorAgent } from './leadconnector-agent-list.ts'

export interface LeadConnectorAgents
  extends Pick<AgentOperations<LeadConnectorAgent>, 'list' | 'get' | 'create' | 'update' | 'delete'> {
  actions: LeadConnectorActions
  followUp: LeadConnectorFollowUp
  workingHours: LeadConnectorWorkingHours
}

export const leadConnectorAgents = (client: LeadConnectorClient): LeadConnectorAgents => ({
  list: (query = {}, options) =>
    paged((cursor) => listAgents(client, query, cursor, options), query.cursor, {
      vendor: leadConnectorVendor,
      account: client.account,
      operation: 'agents.list',
    }),

  async get(agent, options) {
    const call = client.begin('agents.get', options)
    const path = pathOf`/conversation-ai/agents/${checkId(call, agent, 'agent')}`
    return call.read(client.spec('conversationAI', { path }), (body, reading) =>
      readAgent(unwrap(body, 'agent', 'data'), reading),
    )
  },

  create: createAgent(client),
  update: updateAgent(client),
  delete: deleteAgent(client),
  actions: leadConnectorActions(client),
  followUp: leadConnectorFollowUp(client),
  workingHours: leadConnectorWorkingHours(client),
})
