/** An AI agent as "agents/list" shows it. What "agents/retrieve" answers is not documented. */
export interface LiveChatAIAgentPayload {
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
export interface LiveChatAITeammatePayload {
  id?: string
  name?: string | null
  email?: string | null
  avatar?: string | null
}

/** A contact. A list shows the first seven fields, a retrieve all. */
export interface LiveChatAIContactPayload {
  id: string
  distinctId?: string | null
  name?: string | null
  email?: string | null
  phone?: string | null
  country?: string | null
  createdAt?: string
  updatedAt?: string
  /** The AI agent it belongs to. */
  agentId?: string
  /** Such as `website`; not the vocabulary of `integrationType`. */
  chatSource?: string | null
  threadId?: string | null
  ip?: string | null
  /** A list in "contacts/retrieve", a map everywhere else. */
  attributes?: LiveChatAIAttributePayload[] | Record<string, unknown> | null
}

export interface LiveChatAIAttributePayload {
  key?: string
  value?: unknown
}

/** A conversation. A list has `contact` and none of `agentId`, `contactId` and `messages`; a retrieve the reverse. */
export interface LiveChatAIConversationPayload {
  id: string
  isResolved?: boolean
  isStarred?: boolean
  isMuted?: boolean
  /** Not defined by the documentation; most likely that a person has joined. */
  isAgent?: boolean
  /** `WHATSAPP` and `SLACK` are documented. */
  integrationType?: string | null
  /** The teammate it is assigned to. */
  agent?: LiveChatAITeammatePayload | null
  lastMessageDate?: string | null
  createdAt?: string
  updatedAt?: string
  /** "conversations/list". */
  contact?: LiveChatAIConversationContactPayload | null
  /** "conversations/retrieve". */
  contactId?: string | null
  /** "conversations/retrieve": the AI agent. */
  agentId?: string | null
  /** "conversations/retrieve": all of them. */
  messages?: LiveChatAIMessagePayload[] | null
}

export interface LiveChatAIConversationContactPayload {
  id?: string
  name?: string | null
  phone?: string | null
  email?: string | null
  distinctId?: string | null
  attributes?: Record<string, unknown> | null
}

/** A message inside "conversations/retrieve". */
export interface LiveChatAIMessagePayload {
  id: string
  content?: string | null
  /** `user` or `assistant`; a teammate's message is an assistant's with `agent`. */
  role?: string
  /** `TEXT`, `IMAGE`. */
  type?: string
  source?: LiveChatAICitationPayload[] | null
  agent?: LiveChatAITeammatePayload | null
  createdAt?: string
}

export interface LiveChatAICitationPayload {
  id?: string
  type?: string
  link?: string | null
  /** A bare number: neither its measure nor its direction is documented. */
  distance?: number | null
}

/** The `data` that "conversations/send-message" answers: raw of the message that `messages.ask` gives. */
export interface LiveChatAIAnswerPayload {
  conversationId?: string
  contactId?: string
  /** Empty, `null` or missing when nobody answered. */
  response?: string | null
  /** The stored question's. */
  messageId?: string
  /** The stored answer's. */
  responseMessageId?: string | null
  links?: LiveChatAILinkPayload[] | null
}

export interface LiveChatAILinkPayload {
  link?: string | null
  type?: string
}

/** The message that "conversations/reply" answers: raw of the message that `messages.reply` gives. */
export interface LiveChatAIReplyPayload {
  id: string
  text?: string | null
  /** `AGENT` is the only value shown. */
  sender?: string
  type?: string
  createdAt?: string
  agent?: LiveChatAITeammatePayload | null
}

/** A source of knowledge as "data-sources/list" shows it. */
export interface LiveChatAIDataSourcePayload {
  id: string
  /** Of a question with its answer, most likely the question. */
  title?: string | null
  /** Possibly the whole text. */
  text?: string | null
  url?: string | null
  source?: 'WEBSITE' | 'TEXT' | 'QA' | 'PDF' | 'DOCX' | 'IMAGE' | 'YOUTUBE' | 'NOTION' | (string & {})
  /** `COMPLETED` is the only one shown. */
  status?: string | null
  characterCount?: number | null
  /** Only in what a create answers, which has nothing else but `id` and `source`. */
  isGeneratedByAI?: boolean
  createdAt?: string
  updatedAt?: string
}

/** What "ai-suggestions/list" says that an answer lacked. */
export interface LiveChatAISuggestionPayload {
  /** In the page's example, the id of the AI's message. */
  id: string
  userMessage?: LiveChatAIQuotePayload | null
  aiMessage?: LiveChatAIQuotePayload | null
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

export interface LiveChatAIQuotePayload {
  id?: string
  text?: string | null
}
