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
      suggestions: LiveChatAISuggestion[]
      pagination?: LiveChatAIPagination
    }>
  }
  /** "ai-suggestions/retrieve". */
  'GET /ai-suggestions/{suggestionId}': { answer: LiveChatAIEnvelope<LiveChatAISuggestion & { agentId?: string }> }
  /** "ai-suggestions/delete": marks it ignored. The path is presumed; what it answers is undocumented. */
  'DELETE /ai-suggestions/{suggestionId}': { answer: unknown }
}

interface LiveChatAISuggestion {
  /** In the page's example the id of the AI's message. */
  id: string
  userMessage?: { id?: string; text?: string | null } | null
  aiMessage?: { id?: string; text?: string | null } | null
  /** `OUT_OF_CONTEXT` is the only one shown. */
  evaluationTag?: string
  potentialGap?: string | null
  suggestedImprovement?: string | null
  /** The conversation's id, by its old name. */
  chatId?: string
  createdAt?: string
}
