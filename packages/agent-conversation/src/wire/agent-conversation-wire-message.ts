import type { AgentConversationRawFeedback } from './agent-conversation-wire-conversation.ts'

/** What `message.raw` holds: the same shape from the list, every send and the response call. */
export interface AgentConversationRawMessage {
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
  conversationMessageFeedbacks?: AgentConversationRawFeedback[] | null
  fullAIResponse?: AgentConversationRawAIResponse | null
  subagentId?: string | null
  expandedMessage?: string | null
  files?: AgentConversationRawMessageFile[] | null
  isAnonymized?: boolean
}

export interface AgentConversationRawAIResponse {
  /** Summaries. Possibly sensitive. */
  reasoning?: string[] | null
  outputText?: string | null
  urlCitations?: AgentConversationRawUrlCitation[] | null
  fileCitations?: AgentConversationRawFileCitation[] | null
}

/** What `source.raw` holds for a page. */
export interface AgentConversationRawUrlCitation {
  url?: string
  title?: string | null
}

/** What `source.raw` holds for a file. */
export interface AgentConversationRawFileCitation {
  fileId?: string
  filename?: string | null
}

/** What `attachment.raw` holds. There is no URL: a signed one takes a call of its own. */
export interface AgentConversationRawMessageFile {
  id: string
  fileName?: string
  openAIFileId?: string
  /** In bytes. */
  size?: number | null
  createdAt?: string
  updatedAt?: string
}
