import type { AgentConversationRawUser } from './agent-conversation-wire-user.ts'

/** What `conversation.raw` holds. No edition tells the status, the channel, the context or the agent. */
export interface AgentConversationRawConversation {
  id: string
  conversationUserId?: string
  title?: string | null
  score?: number | null
  summary?: string | null
  /** The conversation's id at the model. */
  aiConversationId?: string
  /** The same in older editions. */
  threadId?: string
  metadata?: { customData?: Record<string, unknown> | null; [key: string]: unknown } | null
  /** There on voice conversations. */
  aiCallId?: string | null
  mode?: 'manual' | 'ai' | (string & {})
  conversationStateId?: string | null
  user?: AgentConversationRawUser | null
  createdAt?: string
  updatedAt?: string
  assignedUser?: AgentConversationRawAssignedUser | null
  isAnonymized?: boolean
  /** Only from a list and a get. */
  feedbacks?: AgentConversationRawFeedback[] | null
}

/** The person of the business who owns a conversation. */
export interface AgentConversationRawAssignedUser {
  id: string
  firstName?: string | null
  lastName?: string | null
  email?: string | null
  avatarUrl?: string | null
  phoneNumber?: string | null
}

export interface AgentConversationRawFeedback {
  id: string
  voteType?: 'up' | 'down' | (string & {})
  question?: string | null
  answer?: string | null
  comment?: string | null
  userEmail?: string | null
  /** Only on a conversation's. */
  createdAt?: string
  updatedAt?: string
}
