import type { NativeApi } from '@parley/core'
import type {
  AgentConversationAgentEndpoints,
  AgentConversationOrganizationEndpoints,
} from './agent-conversation-native-types-agents.ts'
import type { AgentConversationConversationEndpoints } from './agent-conversation-native-types-conversations.ts'
import type {
  AgentConversationFileEndpoints,
  AgentConversationPromptEndpoints,
} from './agent-conversation-native-types-files.ts'
import type { AgentConversationMessageEndpoints } from './agent-conversation-native-types-messages.ts'
import type { AgentConversationUserEndpoints } from './agent-conversation-native-types-users.ts'

/** Every endpoint for an agent's and an organisation's key by its route, with what it takes and what it answers. */
export interface AgentConversationEndpoints
  extends AgentConversationConversationEndpoints,
    AgentConversationMessageEndpoints,
    AgentConversationUserEndpoints,
    AgentConversationAgentEndpoints,
    AgentConversationFileEndpoints,
    AgentConversationPromptEndpoints,
    AgentConversationOrganizationEndpoints {}

/** `adapter.native`. What the organisation's key is for throws a ConfigurationError without `organizationKey`. */
export type AgentConversationNative = NativeApi<AgentConversationEndpoints>
