import type { OpenDocAccount } from '../../../test/tools/doc-accounts.ts'

export const openDocAccount: OpenDocAccount<'agentConversation'> = ({ accountOptions, credentials }) => ({
  origins: ['https://api.raia2.com', 'https://api-eu.raia2.com'],
  headers: {
    'agent-secret-key': accountOptions.apiKey,
    'organization-secret-key': credentials['organizationKey'] ?? '',
  },
  ids: {},
  environment: { AGENT_CONVERSATION_API_KEY: 'key' },
})
