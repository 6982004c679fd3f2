import { checkId, checkInput, type FollowUpOperations, invalid, isRaw, pathOf, Unreadable } from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
import { type LeadConnectorAction, readAction } from '../read/read-leadconnector-action.ts'
import { textsOf } from './leadconnector-action-field.ts'
import { writeSettings } from './leadconnector-follow-up-parts.ts'

export type LeadConnectorFollowUp = FollowUpOperations<LeadConnectorAction>

/** "Update Followup Settings": for several actions at once, although the documented answer is one of them. */
export const updateFollowUp =
  (client: LeadConnectorClient): LeadConnectorFollowUp['update'] =>
  async (agent, input, options) => {
    const call = client.begin('agents.followUp.update', options)
    const agentId = checkId(call, agent, 'agent')
    const { actionIds } = checkInput(call, input)
    if (actionIds === undefined) throw invalid(call, 'actionIds', 'is required')
    const body = {
      actionIds: textsOf(call, actionIds, 'actionIds', 1),
      followupSettings: writeSettings(call, input),
    }
    const path = pathOf`/conversation-ai/agents/${agentId}/followup-settings`
    const only = body.actionIds.length === 1 ? body.actionIds[0] : undefined
    // It sets what it is given.
    return call.read(
      client.spec('conversationAI', { method: 'PATCH', path, body, idempotent: true }),
      (answer, reading) => {
        const data = isRaw(answer) ? (answer['data'] ?? answer) : undefined
        if (!isRaw(data) && !Array.isArray(data)) throw new Unreadable('data')
        return reading.items(Array.isArray(data) ? data : [data], 'data', (raw) =>
          readAction(raw, reading, agentId, only),
        )
      },
    )
  }
