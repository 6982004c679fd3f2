import type { OpenDocAccount } from '../../../test/tools/doc-accounts.ts'

export const openDocAccount: OpenDocAccount<'liveChatAI'> = ({ accountOptions: { apiKey, agentId, operatorId } }) => ({
  origins: ['https://app.livechatai.com'],
  headers: { authorization: `Bearer ${apiKey}` },
  ids: { agent: agentId, clx4b2k9s0000: agentId, user_7: operatorId },
  environment: { LIVECHATAI_API_KEY: 'key', LIVECHATAI_AGENT_ID: 'agent' },
})
