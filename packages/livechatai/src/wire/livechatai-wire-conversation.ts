import type { LiveChatAIRawTeammate } from './livechatai-wire-agent.ts'
import type { LiveChatAIRawMessage } from './livechatai-wire-message.ts'

/** A conversation. A list has `contact` and none of `agentId`, `contactId` and `messages`; a retrieve the reverse. */
export interface LiveChatAIRawConversation {
  id: string
  isResolved?: boolean
  isStarred?: boolean
  isMuted?: boolean
  /** Not defined by the documentation; most likely that a person has joined. */
  isAgent?: boolean
  /** `WHATSAPP` and `SLACK` are documented. */
  integrationType?: string | null
  /** The teammate it is assigned to. */
  agent?: LiveChatAIRawTeammate | null
  lastMessageDate?: string | null
  createdAt?: string
  updatedAt?: string
  /** "conversations/list". */
  contact?: LiveChatAIRawConversationContact | null
  /** "conversations/retrieve". */
  contactId?: string | null
  /** "conversations/retrieve": the AI agent. */
  agentId?: string | null
  /** "conversations/retrieve": all of them. */
  messages?: LiveChatAIRawMessage[] | null
}

export interface LiveChatAIRawConversationContact {
  id?: string
  name?: string | null
  phone?: string | null
  email?: string | null
  distinctId?: string | null
  attributes?: Record<string, unknown> | null
}
