import type { NativeApi } from '@parley/core'
import type { LiveChatAIAgentEndpoints } from './livechatai-native-types-agents.ts'
import type { LiveChatAIAnalyticsEndpoints } from './livechatai-native-types-analytics.ts'
import type { LiveChatAIContactEndpoints } from './livechatai-native-types-contacts.ts'
import type { LiveChatAIConversationEndpoints } from './livechatai-native-types-conversations.ts'
import type { LiveChatAIDataSourceEndpoints } from './livechatai-native-types-data-sources.ts'
import type { LiveChatAISuggestionEndpoints } from './livechatai-native-types-suggestions.ts'

/** Every endpoint of API v2 by its route, with what it takes and what it answers. */
export interface LiveChatAIEndpoints
  extends LiveChatAIAgentEndpoints,
    LiveChatAIConversationEndpoints,
    LiveChatAIContactEndpoints,
    LiveChatAIDataSourceEndpoints,
    LiveChatAISuggestionEndpoints,
    LiveChatAIAnalyticsEndpoints {}

/** `adapter.native`. Routes take any AI agent of the workspace, not only the adapter's: `agentId` is never filled in. */
export type LiveChatAINative = NativeApi<LiveChatAIEndpoints>
