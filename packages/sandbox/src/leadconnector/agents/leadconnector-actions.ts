import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { badRequest, created, invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { isJson, type Json } from '../leadconnector-json.ts'
import { newId } from '../state/leadconnector-new-id.ts'
import type { ActionRecord, AgentRecord } from '../state/leadconnector-records.ts'
import { actionViolations } from './leadconnector-action-rules.ts'
import { groupActions, showAction } from './leadconnector-action-view.ts'
import { noAction, noAgent } from './leadconnector-agent-missing.ts'
import { mergeApiDetails } from './leadconnector-api-secrets.ts'

const read = { family: 'conversation-ai', scope: 'conversation-ai.readonly' } as const
const write = { family: 'conversation-ai', scope: 'conversation-ai.write' } as const
const all = '/conversation-ai/agents/:agentId/actions'
const one = '/conversation-ai/agents/:agentId/actions/:actionId'

export const actionEndpoints: readonly LocationEndpoint[] = [
  { ...write, method: 'POST', path: all, handle: (call) => withAgent(call, createAction) },
  { ...read, method: 'GET', path: `${all}/list`, handle: (call) => withAgent(call, listActions) },
  { ...read, method: 'GET', path: all, only: 'v3', handle: (call) => withAgent(call, listActions) },
  { ...read, method: 'GET', path: one, handle: (call) => withAgent(call, getAction) },
  { ...write, method: 'PUT', path: one, handle: (call) => withAgent(call, updateAction) },
  { ...write, method: 'DELETE', path: one, handle: (call) => withAgent(call, deleteAction) },
]

/** How many of a kind one agent may have; kinds that are not here have no known limit. */
const most: Readonly<Record<string, number>> = {
  triggerWorkflow: 5,
  updateContactField: 20,
  stopBot: 5,
  humanHandOver: 6,
  transferBot: 4,
  customApi: 5,
}

function withAgent(call: LocationCall, handle: (call: LocationCall, agent: AgentRecord) => Reply): Reply {
  const agent = call.location.agents.get(call.params['agentId'] ?? '')
  return agent ? handle(call, agent) : noAgent(call.params['agentId'])
}

const find = ({ params }: LocationCall, { actions }: AgentRecord): ActionRecord | undefined =>
  actions.find(({ id }) => id === params['actionId'])

function createAction({ body, state }: LocationCall, agent: AgentRecord): Reply {
  const broken = actionViolations(body, false)
  if (broken.length > 0) return invalid(broken)
  const type = String(body['type'])
  const limit = most[type] ?? Number.POSITIVE_INFINITY
  if (agent.actions.filter((action) => action.type === type).length >= limit) {
    return badRequest(`Maximum of ${limit} ${type} actions reached for this agent`)
  }
  const id = newId(state, 'action')
  const action: ActionRecord = { id, agentId: agent.id, type, name: String(body['name']), details: detailsOf(body) }
  agent.actions.push(action)
  return created({ data: showAction(state, action), success: true })
}

function listActions({ state }: LocationCall, agent: AgentRecord): Reply {
  const data = agent.actions.map((action) => showAction(state, action))
  return ok({ data: state.settings.actionList === 'grouped' ? groupActions(data) : data, success: true })
}

function getAction(call: LocationCall, agent: AgentRecord): Reply {
  const action = find(call, agent)
  if (!action) return noAction(call.params['actionId'])
  return ok({ data: showAction(call.state, action), success: true })
}

/** Replaces the whole action, except an API call, of which it replaces what was sent. */
function updateAction(call: LocationCall, agent: AgentRecord): Reply {
  const { body, state } = call
  const action = find(call, agent)
  if (!action) return noAction(call.params['actionId'])
  const broken = actionViolations(body, true)
  if (broken.length > 0) return invalid(broken)
  const details = detailsOf(body)
  action.details = body['type'] === 'customApi' ? mergeApiDetails(action.details, details) : details
  action.type = String(body['type'])
  action.name = String(body['name'])
  return ok({ data: showAction(state, action), success: true })
}

function deleteAction(call: LocationCall, agent: AgentRecord): Reply {
  const action = find(call, agent)
  if (!action) return noAction(call.params['actionId'])
  agent.actions.splice(agent.actions.indexOf(action), 1)
  return ok({ data: { id: action.id }, success: true })
}

const detailsOf = (body: Json): Json => (isJson(body['details']) ? body['details'] : {})
