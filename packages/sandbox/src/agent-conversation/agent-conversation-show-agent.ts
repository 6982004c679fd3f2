import { company } from '../world/company.ts'
import type { Show } from './agent-conversation-show.ts'
import type { StoredAgent } from './agent-conversation-state.ts'

/** The agent with everything that the vendor tells, which includes its key, its prompt and its webhooks' headers. */
export function showAgent({ settings, state }: Show, agent: StoredAgent): object {
  const aiConfig = {
    id: `asst_${agent.id.slice(0, 8)}`,
    model: agent.model,
    temperature: 0.4,
    topP: 1,
    instructions: agent.instructions,
    isCodeInterpreterEnabled: false,
    isFileSearchEnabled: true,
    fileSearchMaxNumResults: 8,
    reasoningEffort: 'low',
    reasoningMode: 'auto',
    isOutputJsonSchemaEnabled: false,
    outputJsonSchema: null,
  }
  return {
    organizationId: 'org-quillon',
    organizationName: company.name,
    id: agent.id,
    name: agent.name,
    publicName: agent.publicName,
    role: agent.role,
    description: agent.description,
    vectorStoreId: `vs_${agent.id.slice(0, 8)}`,
    ...(settings.edition === 'current' ? { aiConfig } : { assistant: { ...aiConfig, tools: [] } }),
    avatarUrl: `${company.files}/agents/${agent.publicName.toLowerCase()}.png`,
    status: agent.status,
    tags: agent.tags,
    skills: [
      { systemName: 'LIVE_CHAT', status: 'active', welcomeMessage: `Hi, I am ${agent.publicName}.` },
      { systemName: 'SMS', status: 'active' },
      { systemName: 'EMAIL', status: 'active' },
      { systemName: 'VOICE', status: 'active' },
      { systemName: 'MS_TEAMS', status: 'inactive' },
      { systemName: 'API', status: 'active', apiKey: agent.apiKey },
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
    restrictDocumentsToOwnerOnly: false,
  }
}
