import { type AgentOperations, checkId } from '@parley/core'
import {
  attachAction,
  getAction,
  type LeadConnectorActions,
  type LeadConnectorFollowUp,
  listActions,
  removeAction,
  updateAction,
  updateFollowUp,
} from './agents/actions.ts'
import { fetchAgent, type LeadConnectorAgent, listAgents } from './agents/list.ts'
import {
  clearWorkingHours,
  getWorkingHours,
  type LeadConnectorWorkingHours,
  setWorkingHours,
} from './agents/working-hours.ts'
import { createAgent, deleteAgent, updateAgent } from './agents/write.ts'
import type { Client } from './protocol.ts'

export type { LeadConnectorAgent } from './agents/list.ts'

export interface LeadConnectorAgents
  extends Pick<AgentOperations<LeadConnectorAgent>, 'list' | 'get' | 'create' | 'update' | 'delete'> {
  actions: LeadConnectorActions
  followUp: LeadConnectorFollowUp
  workingHours: LeadConnectorWorkingHours
}

export const createAgents = (client: Client): LeadConnectorAgents => ({
  list: (query, options) =>
    client.list('agents.list', query, options, (call, query, cursor, seen) =>
      listAgents(client, call, query, cursor, seen),
    ),

  async get(agent, options) {
    const call = client.begin('agents.get', options)
    return fetchAgent(client, call, checkId(call, agent, 'agent'))
  },

  create: createAgent(client),
  update: updateAgent(client),
  delete: deleteAgent(client),

  actions: {
    list: (agent, query, options) =>
      client.list(
        'agents.actions.list',
        query,
        options,
        (call, query, cursor) => listActions(client, call, agent, query, cursor),
        agent,
      ),
    get: getAction(client),
    attach: attachAction(client),
    update: updateAction(client),
    remove: removeAction(client),
  },

  followUp: { update: updateFollowUp(client) },

  workingHours: {
    get: getWorkingHours(client),
    set: setWorkingHours(client),
    clear: clearWorkingHours(client),
  },
})
