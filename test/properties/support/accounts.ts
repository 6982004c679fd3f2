import { agentConversation } from '@parley/agent-conversation'
import type { Adapter, RuntimeOptions } from '@parley/core'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'
import { sandbox } from '@parley/sandbox'

export interface Accounts {
  create: Record<'leadconnector' | 'livechatai' | 'agent-conversation', (options: RuntimeOptions) => Adapter>
  stop(): Promise<void>
}

/** One account at each emulated vendor. */
export async function openAccounts(): Promise<Accounts> {
  const desk = await sandbox.start()
  const { leadConnector: lead, liveChatAI: live, agentConversation: agent } = desk
  lead.settings.rateLimit = false
  const rate = false as const
  return {
    stop: () => desk.stop(),
    create: {
      leadconnector: (options) =>
        leadConnector({
          ...{ baseUrl: lead.url, token: lead.credentials['token'] ?? '', rate },
          ...{ locationId: lead.credentials['locationId'] ?? '', ...options },
        }),
      livechatai: (options) =>
        liveChatAI({
          ...{ baseUrl: `${live.url}/api/v2`, apiKey: live.credentials['apiKey'] ?? '', rate },
          ...{ agentId: live.credentials['agentId'] ?? '', ...options },
        }),
      'agent-conversation': (options) =>
        agentConversation({
          ...{ baseUrl: `${agent.url}/external`, apiKey: agent.credentials['apiKey'] ?? '', ...options },
        }),
    },
  }
}
