/** An AI agent as "agents/list" shows it. What "agents/retrieve" answers is not documented. */
export interface LiveChatAIRawAgent {
  id: string
  name?: string | null
  isLiveChatEnabled?: boolean
  /** Such as `en`. */
  language?: string | null
  isArchived?: boolean
  /** Known from the body of "agents/create" only. */
  isImageSharingEnabled?: boolean
  /** "agents/retrieve" takes it instead of the id. */
  slug?: string
  createdAt?: string
  updatedAt?: string
}

/** What the vendor calls `agent` inside a conversation or a message is a human teammate. */
export interface LiveChatAIRawTeammate {
  id?: string
  name?: string | null
  email?: string | null
  avatar?: string | null
}
