import type { LiveChatAIRawSuggestion } from '../wire/index.ts'
import type { LiveChatAIEnvelope, LiveChatAILimitQuery, LiveChatAIPagination } from './livechatai-native-envelope.ts'

/** What the vendor proposes to improve, one suggestion for each answer that it finds wanting. */
export interface LiveChatAISuggestionEndpoints {
  /** "ai-suggestions/list". Its order is undocumented. */
  'GET /ai-suggestions': {
    query: LiveChatAILimitQuery & {
      agentId: string
      /** ISO 8601 with a time. */
      startDate?: string
      endDate?: string
    }
    answer: LiveChatAIEnvelope<{
      agentId?: string
      suggestions: LiveChatAIRawSuggestion[]
      pagination?: LiveChatAIPagination
    }>
  }
  /** "ai-suggestions/retrieve". */
  'GET /ai-suggestions/{suggestionId}': { answer: LiveChatAIEnvelope<LiveChatAIRawSuggestion> }
  /** "ai-suggestions/delete": marks it ignored. The path is presumed; what it answers is undocumented. */
  'DELETE /ai-suggestions/{suggestionId}': { answer: unknown }
}
