import { type AgentOperations, checkId, lazily } from '@parley/core'
import type { LeadConnectorActions, LeadConnectorFollowUp } from './agents/actions.ts'
import { fetchAgent, type LeadConnectorAgent, listAgents } from './agents/list.ts'
import type { LeadConnectorWorkingHours } from './agents/working-hours.ts'
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

  create: lazily(async () => (await writes()).createAgent(client)),
  update: lazily(async () => (await writes()).updateAgent(client)),
  delete: lazily(async () => (await writes()).deleteAgent(client)),

  actions: {
    list: (agent, query, options) =>
      client.list(
        'agents.actions.list',
        query,
        options,
        async (call, query, cursor) => (await actions()).listActions(client, call, agent, query, cursor),
        agent,
      ),
    get: lazily(async () => (await actions()).getAction(client)),
    attach: lazily(async () => (await actions()).attachAction(client)),
    update: lazily(async () => (await actions()).updateAction(client)),
    remove: lazily(async () => (await actions()).removeAction(client)),
  },

  followUp: { update: lazily(async () => (await followUp()).updateFollowUp(client)) },

  workingHours: {
    get: lazily(async () => (await workingHours()).getWorkingHours(client)),
    set: lazily(async () => (await workingHours()).setWorkingHours(client)),
    clear: lazily(async () => (await workingHours()).clearWorkingHours(client)),
  },
})

const writes = () => import('./agents/write.ts')
const actions = () => import('./agents/actions.ts')
const followUp = () => import('./agents/actions.ts')
const workingHours = () => import('./agents/working-hours.ts')
