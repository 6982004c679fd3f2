/** What "ai-suggestions/list" says that an answer lacked. */
export interface LiveChatAIRawSuggestion {
  /** In the page's example, the id of the AI's message. */
  id: string
  userMessage?: LiveChatAIRawQuote | null
  aiMessage?: LiveChatAIRawQuote | null
  /** Such as `OUT_OF_CONTEXT`; which others there are is not documented. */
  evaluationTag?: string | null
  potentialGap?: string | null
  suggestedImprovement?: string | null
  /** The conversation's id, by its older name. */
  chatId?: string | null
  createdAt?: string
  /** Only from "ai-suggestions/retrieve". */
  agentId?: string
}

export interface LiveChatAIRawQuote {
  id?: string
  text?: string | null
}
