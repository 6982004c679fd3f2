import { agentConversationDefinition } from '@parley/agent-conversation'
import type { AdapterDefinition } from '@parley/core'
import { leadConnectorDefinition } from '@parley/leadconnector'
import { liveChatAIDefinition } from '@parley/livechatai'

/** Every vendor that a configuration can name. */
export const vendors: readonly [
  typeof leadConnectorDefinition,
  typeof liveChatAIDefinition,
  typeof agentConversationDefinition,
] = [leadConnectorDefinition, liveChatAIDefinition, agentConversationDefinition]

export const definitionOf = (vendor: string): AdapterDefinition | undefined =>
  (vendors as readonly AdapterDefinition[]).find((definition) => definition.vendor === vendor)
