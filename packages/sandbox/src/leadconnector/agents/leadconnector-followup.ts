import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { list, needed, object, string, violations } from '../http/leadconnector-rules.ts'
import { listOf } from '../leadconnector-json.ts'
import { showAction } from './leadconnector-action-view.ts'
import { noAction, noAgent } from './leadconnector-agent-missing.ts'
import { followupShape } from './leadconnector-followup-rules.ts'

export const followupEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'PATCH',
    path: '/conversation-ai/agents/:agentId/followup-settings',
    family: 'conversation-ai',
    scope: 'conversation-ai.write',
    handle: setFollowup,
  },
]

function setFollowup({ body, location, params, state }: LocationCall): Reply {
  const agent = location.agents.get(params['agentId'] ?? '')
  if (!agent) return noAgent(params['agentId'])
  const shape = { actionIds: needed(list(string, 1)), followupSettings: needed(object(followupShape)) }
  const broken = violations(shape, body)
  if (broken.length > 0) return invalid(broken)
  const ids = listOf(body['actionIds'])
  const unknown = ids.find((id) => !agent.actions.some((action) => action.id === id))
  if (unknown !== undefined) return noAction(unknown)
  const changed = agent.actions.filter(({ id }) => ids.includes(id))
  for (const action of changed) action.details = { ...action.details, followupSettings: body['followupSettings'] }
  const shown = changed.map((action) => showAction(state, action))
  // One action is declared although many can be named.
  return ok({ data: state.settings.followupShape === 'array' ? shown : shown[0], success: true })
}
