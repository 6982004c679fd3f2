/**
 * What `agent.raw` holds: `GET /agents/by-api-key` without its secrets. The keys and headers of skills and the system
 * prompt are dropped before anything of this library sees them.
 */
export interface AgentConversationAgentPayload {
  id: string
  organizationId?: string
  organizationName?: string
  /** The internal name; `publicName` is the one that contacts see. */
  name?: string
  publicName?: string
  role?: string
  description?: string | null
  vectorStoreId?: string | null
  aiConfig?: AgentConversationAIConfigPayload | null
  /** The same in an early edition. */
  assistant?: AgentConversationAIConfigPayload | null
  /** The same in the oldest edition. */
  assistantId?: string
  avatarUrl?: string | null
  status?: 'active' | 'inactive' | 'draft' | (string & {})
  tags?: string[] | null
  skills?: AgentConversationSkillPayload[]
  restrictDocumentsToOwnerOnly?: boolean
}

export interface AgentConversationAIConfigPayload {
  id?: string
  model?: string
  temperature?: number | null
  topP?: number | null
  isCodeInterpreterEnabled?: boolean
  isFileSearchEnabled?: boolean
  fileSearchMaxNumResults?: number | null
  reasoningEffort?: string | null
  reasoningMode?: string | null
  isOutputJsonSchemaEnabled?: boolean
  outputJsonSchema?: unknown
}

/** One of the agent's abilities. Each kind has more fields of its own. */
export interface AgentConversationSkillPayload {
  systemName?: string
  status?: 'active' | 'inactive' | (string & {})
  [field: string]: unknown
}

/** What `item.raw` holds for knowledge: a file of the agent. */
export interface AgentConversationAgentFilePayload {
  id: string
  fileName?: string | null
  url?: string | null
  createdAt?: string
  /** Its id where the agent searches; there once it was added to that. */
  vectorStoreFileId?: string | null
  isUploadedToVectorStore?: boolean | null
  vectorStoreUploadStatus?: 'processing' | 'done' | 'failed' | (string & {}) | null
  uploadedToVectorStoreAt?: string | null
}

/** What `conversation.raw` holds. No edition tells the status, the channel, the context or the agent. */
export interface AgentConversationConversationPayload {
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
  user?: AgentConversationUserPayload | null
  createdAt?: string
  updatedAt?: string
  assignedUser?: AgentConversationAssignedUserPayload | null
  isAnonymized?: boolean
  /** Only from a list and a get. */
  feedbacks?: AgentConversationFeedbackPayload[] | null
}

/** The person of the business who owns a conversation. */
export interface AgentConversationAssignedUserPayload {
  id: string
  firstName?: string | null
  lastName?: string | null
  email?: string | null
  avatarUrl?: string | null
  phoneNumber?: string | null
}

export interface AgentConversationFeedbackPayload {
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

/** What `message.raw` holds: the same shape from the list, every send and the response call. */
export interface AgentConversationMessagePayload {
  id: string
  message?: string | null
  /** The text before the platform worked on it. */
  rawMessage?: string | null
  conversationId?: string
  senderRole?: 'conversation_user' | 'assistant' | 'manual_assistant' | (string & {})
  /** On a reply, the id of the user's message that it answers. */
  conversationMessageId?: string | null
  source?: 'email' | 'sms' | 'live_chat' | 'copilot' | 'api' | 'voice' | 'ms_teams' | (string & {})
  createdAt?: string
  /** Only when feedback was asked for. */
  conversationMessageFeedbacks?: AgentConversationFeedbackPayload[] | null
  fullAIResponse?: AgentConversationAIResponsePayload | null
  subagentId?: string | null
  expandedMessage?: string | null
  files?: AgentConversationMessageFilePayload[] | null
  isAnonymized?: boolean
}

export interface AgentConversationAIResponsePayload {
  /** Summaries. Possibly sensitive. */
  reasoning?: string[] | null
  outputText?: string | null
  urlCitations?: AgentConversationUrlCitationPayload[] | null
  fileCitations?: AgentConversationFileCitationPayload[] | null
}

/** What `source.raw` holds for a page. */
export interface AgentConversationUrlCitationPayload {
  url?: string
  title?: string | null
}

/** What `source.raw` holds for a file. */
export interface AgentConversationFileCitationPayload {
  fileId?: string
  filename?: string | null
}

/** What `attachment.raw` holds. There is no URL: a signed one takes a call of its own. */
export interface AgentConversationMessageFilePayload {
  id: string
  fileName?: string
  openAIFileId?: string
  /** In bytes. */
  size?: number | null
  createdAt?: string
  updatedAt?: string
}

/** What `contact.raw` holds: the vendor's "user", who is the end customer. */
export interface AgentConversationUserPayload {
  id: string
  firstName?: string | null
  lastName?: string | null
  email?: string | null
  phoneNumber?: string | null
  /** The application's own id for the record; what the vendor's search finds. */
  fkId?: string | null
  /** The application's own id for the person. */
  fkUserId?: string | null
  context?: string | null
  source?: string | null
  metadata?: { customData?: Record<string, unknown> | null; [key: string]: unknown } | null
  isAnonymized?: boolean
}

/** What `webhook.raw` holds. Its `headers`, which may hold secrets, are dropped before anything sees them. */
export interface AgentConversationWebhookPayload {
  id: string
  agentId?: string
  title?: string | null
  description?: string | null
  url?: string
  triggerCondition?:
    | 'each_message'
    | 'end_dialog'
    | 'start_dialog'
    | 'chat_currently_unavailable'
    | 'auto_archive_conversation'
    | 'manual'
    | (string & {})
  status?: 'active' | 'inactive' | (string & {})
  createdAt?: string
  updatedAt?: string
}

/** "Platform users". */
export interface AgentConversationPlatformUserPayload {
  id: string
  firstName?: string | null
  lastName?: string | null
  email?: string | null
  phoneNumber?: string | null
  role?: string | null
}
