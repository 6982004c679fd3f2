import { iso, type Json, withoutUndefined } from '../leadconnector-json.ts'
import type { LeadConnectorSettings } from '../leadconnector-settings.ts'
import type { AgentRecord } from '../state/leadconnector-records.ts'

const pointers = ({ actions }: AgentRecord) => actions.map(({ id, type }) => ({ id, type }))

function common(agent: AgentRecord, settings: LeadConnectorSettings): Json {
  return {
    id: agent.id,
    name: agent.name,
    businessName: agent.businessName,
    mode: settings.agentSpelling === 'loose' && agent.mode === 'auto-pilot' ? 'autoPilot' : agent.mode,
    isPrimary: agent.isPrimary,
    waitTime: agent.waitTime,
    waitTimeUnit: agent.waitTimeUnit,
    sleepEnabled: agent.sleepEnabled,
    sleepOnManualMessage: agent.sleepOnManualMessage,
    sleepOnWorkflowMessage: agent.sleepOnWorkflowMessage,
    sleepTime: agent.sleepTime,
    sleepTimeUnit: agent.sleepTimeUnit,
    autoPilotMaxMessages: agent.autoPilotMaxMessages,
    knowledgeBaseIds: agent.knowledgeBaseIds,
    actions: pointers(agent),
  }
}

/** One agent. It has no dates, and what it does with images and audio cannot be read back. */
export function showAgent(agent: AgentRecord, settings: LeadConnectorSettings): Json {
  return withoutUndefined({
    ...common(agent, settings),
    channels: agent.channels,
    personality: agent.personality,
    goal: agent.goal,
    instructions: agent.instructions,
    fullPrompt: agent.fullPrompt,
    knowledgeBaseTriggers: agent.knowledgeBaseTriggers,
    workingHours: agent.workingHours ?? undefined,
  })
}

/** An agent in a list: dates, a goal that is an object, channels in another spelling, and no instructions. */
export function showListedAgent(agent: AgentRecord, settings: LeadConnectorSettings): Json {
  return withoutUndefined({
    ...common(agent, settings),
    channels: agent.channels?.map((channel) => (channel === 'Live_Chat' ? 'LIVE_CHAT' : channel)) ?? null,
    goal: { prompt: agent.goal, type: 'custom', actionId: null },
    createdAt: iso(agent.createdAt),
    updatedAt: iso(agent.updatedAt),
  })
}
