import type { AdapterDefinition } from '@parley/core'
import { agentConversation } from './agent-conversation.ts'
import type { AgentConversation } from './agent-conversation-adapter.ts'
import { configSchema, env } from './agent-conversation-config.ts'
import type { AgentConversationOptions } from './agent-conversation-options.ts'
import { vendor } from './agent-conversation-protocol.ts'

/** For `open`, so that configuration can choose this vendor. */
export const agentConversationDefinition: AdapterDefinition<AgentConversationOptions, AgentConversation> = {
  vendor,
  label: 'Agent-conversation API (raia)',
  configSchema,
  env,
  create: agentConversation,
}
