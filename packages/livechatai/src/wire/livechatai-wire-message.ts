import type { LiveChatAIRawTeammate } from './livechatai-wire-agent.ts'

/** A message inside "conversations/retrieve". */
export interface LiveChatAIRawMessage {
  id: string
  content?: string | null
  /** `user` or `assistant`; a teammate's message is an assistant's with `agent`. */
  role?: string
  /** `TEXT`, `IMAGE`. */
  type?: string
  source?: LiveChatAIRawCitation[] | null
  agent?: LiveChatAIRawTeammate | null
  createdAt?: string
}

export interface LiveChatAIRawCitation {
  id?: string
  type?: string
  link?: string | null
  /** A bare number: neither its measure nor its direction is documented. */
  distance?: number | null
}

/** The `data` that "conversations/send-message" answers: raw of the message that `messages.ask` gives. */
export interface LiveChatAIRawAnswer {
  conversationId?: string
  contactId?: string
  /** Empty, `null` or missing when nobody answered. */
  response?: string | null
  /** The stored question's. */
  messageId?: string
  /** The stored answer's. */
  responseMessageId?: string | null
  links?: LiveChatAIRawLink[] | null
}

export interface LiveChatAIRawLink {
  link?: string | null
  type?: string
}

/** The message that "conversations/reply" answers: raw of the message that `messages.reply` gives. */
export interface LiveChatAIRawReply {
  id: string
  text?: string | null
  /** `AGENT` is the only value shown. */
  sender?: string
  type?: string
  createdAt?: string
  agent?: LiveChatAIRawTeammate | null
}
