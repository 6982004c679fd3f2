import { company } from '../world/company.ts'
import { optional, type Show } from './agent-conversation-show.ts'
import type { StoredAgent } from './agent-conversation-state.ts'

/** The agent with everything that the vendor tells, which includes its key, its prompt and its webhooks' headers. */
export function showAgent({ settings, state }: Show, agent: StoredAgent): object {
  const maybe = optional(settings, agent.id)
  const aiConfig = {
    id: agent.aiConfigId,
    model: agent.model,
    temperature: maybe(agent.temperature),
    topP: maybe(agent.topP),
    instructions: maybe(agent.instructions),
    isCodeInterpreterEnabled: agent.isCodeInterpreterEnabled,
    isFileSearchEnabled: agent.isFileSearchEnabled,
    fileSearchMaxNumResults: maybe(agent.fileSearchMaxNumResults),
    reasoningEffort: maybe(agent.reasoningEffort),
    reasoningMode: maybe(agent.reasoningMode),
    isOutputJsonSchemaEnabled: agent.isOutputJsonSchemaEnabled,
    outputJsonSchema: agent.outputJsonSchema,
  }
  return {
    organizationId: state.organizationId,
    organizationName: company.name,
    id: agent.id,
    name: agent.name,
    publicName: agent.publicName,
    role: state.roles.find(({ id }) => id === agent.roleId)?.name,
    description: maybe(agent.description),
    vectorStoreId: `vs_${agent.id.slice(0, 8)}`,
    ...(settings.edition === 'current' ? { aiConfig } : { assistant: { ...aiConfig, tools: [] } }),
    avatarUrl: maybe(agent.avatarUrl),
    status: agent.status,
    tags: agent.tags,
    skills: [
      { systemName: 'LIVE_CHAT', status: 'active', welcomeMessage: `Hi, I am ${agent.publicName}.` },
      { systemName: 'SMS', status: 'active' },
      { systemName: 'EMAIL', status: 'active' },
      { systemName: 'VOICE', status: 'active' },
      { systemName: 'MS_TEAMS', status: 'inactive' },
      agent.isApiSkillEnabled
        ? { systemName: 'API', status: 'active', apiKey: agent.apiKey }
        : { systemName: 'API', status: 'inactive' },
      {
        systemName: 'ESCALATION',
        status: settings.escalates ? 'active' : 'inactive',
        autoChangeConversationMode: true,
        headers: { 'X-Escalation-Token': 'made-up-escalation-token' },
      },
      {
        systemName: 'WEBHOOK',
        status: 'active',
        webhooks: state.webhooks
          .filter(({ agentId }) => agentId === agent.id)
          .map(({ title, description, url, triggerCondition, headers }) => {
            return { title, description, url, triggerCondition, headers, status: 'active' }
          }),
      },
    ],
    restrictDocumentsToOwnerOnly: agent.restrictDocumentsToOwnerOnly,
  }
}
