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
import type { Context } from './protocol.ts'

export type { LeadConnectorAgent } from './agents/list.ts'

export interface LeadConnectorAgents
  extends Pick<AgentOperations<LeadConnectorAgent>, 'list' | 'get' | 'create' | 'update' | 'delete'> {
  actions: LeadConnectorActions
  followUp: LeadConnectorFollowUp
  workingHours: LeadConnectorWorkingHours
}

export const createAgents = (context: Context): LeadConnectorAgents => ({
  list: (query, options) =>
    context.list('agents.list', query, options, (call, query, cursor, seen) =>
      listAgents(context, call, query, cursor, seen),
    ),

  async get(agent, options) {
    const call = context.begin('agents.get', options)
    return fetchAgent(context, call, checkId(call, agent, 'agent'))
  },

  create: createAgent(context),
  update: updateAgent(context),
  delete: deleteAgent(context),

  actions: {
    list: (agent, query, options) =>
      context.list(
        'agents.actions.list',
        query,
        options,
        (call, query, cursor) => listActions(context, call, agent, query, cursor),
        agent,
      ),
    get: getAction(context),
    attach: attachAction(context),
    update: updateAction(context),
    remove: removeAction(context),
  },

  followUp: { update: updateFollowUp(context) },

  workingHours: {
    get: getWorkingHours(context),
    set: setWorkingHours(context),
    clear: clearWorkingHours(context),
  },
})
