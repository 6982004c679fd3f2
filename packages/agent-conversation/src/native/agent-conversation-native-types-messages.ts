import type { AgentConversationRawMessage } from '../wire/index.ts'
import type {
  AgentConversationDirection,
  AgentConversationProgress,
  AgentConversationUploadedFile,
  AgentConversationUploadRequest,
  AgentConversationUploadUrl,
} from './agent-conversation-native-shapes.ts'

/** Messages and their files. None is paged, fetched alone, changed or deleted; the length of a text is undocumented. */
export interface AgentConversationMessageEndpoints {
  /** "List messages": all of them, always. */
  'GET /conversations/{id}/messages': {
    query: {
      /** `true` adds `conversationMessageFeedbacks`. */
      shouldIncludeFeedbacks?: boolean
      /** By `createdAt`. Default `ASC`. */
      orderDirection?: AgentConversationDirection
    }
    answer: { messages: AgentConversationRawMessage[] }
  }
  /**
   * "Send message": in the user's name, answered within the request, which takes as long as the model does. The answer
   * is the agent's reply, or the question itself where `senderRole` is `conversation_user`.
   */
  'POST /conversations/{id}/messages': { body: AgentConversationQuestion; answer: AgentConversationRawMessage }
  /** "Send message (async)": answers at once, presumably with the stored question. */
  'POST /conversations/{id}/messages/async': { body: AgentConversationQuestion; answer: AgentConversationRawMessage }
  /** "Get response on message": `null` or nothing may also mean that there is none yet. */
  'GET /conversations/{id}/messages/{questionMessageId}/response-on': {
    answer:
      | {
          status?: AgentConversationProgress
          message?: AgentConversationRawMessage | null
          error?: string | null
        }
      | null
      | undefined
  }
  /**
   * "Send manual message": a person's, to the user. Refused with an empty 400 while the mode is not `manual`, and in a
   * voice conversation.
   */
  'POST /conversations/{id}/send-manual-message': {
    body: {
      message: string
      /** The user's message that it answers. */
      conversationMessageId?: string
      /** The teammate credited with it, from `GET /platform-users`. */
      authorId?: string
      files?: AgentConversationUploadedFile[]
    }
    answer: AgentConversationRawMessage
  }
  /** "Message file upload URL". */
  'POST /conversations/{id}/message-files/upload-url': {
    body: AgentConversationUploadRequest
    answer: AgentConversationUploadUrl
  }
  /** "Message file signed URL": where to read a file, without any key. How long it works is undocumented. */
  'GET /conversations/{id}/message-files/{fileId}/signed-url': { answer: { signedUrl: string; fileId?: string } }
  /** "Message feedback": creates the voter's vote, or changes it. Nothing gets or deletes one. */
  'POST /conversation-message-feedbacks': {
    body: {
      conversationMessageId: string
      /** Who votes: whether a contact or a teammate is undocumented. */
      userId: string
      voteType: 'up' | 'down'
      question: string
      answer?: string
      comment?: string
    }
    answer: AgentConversationGivenFeedback
  }
}

/** Unlike the feedbacks of conversations and messages, it names the message, and not the voter's email. */
interface AgentConversationGivenFeedback {
  id: string
  conversationMessageId: string
  voteType: 'up' | 'down' | (string & {})
  question?: string | null
  answer?: string | null
  comment?: string | null
  createdAt: string
  updatedAt: string
}

interface AgentConversationQuestion {
  message: string
  /** Background for this message. */
  context?: string
  files?: AgentConversationUploadedFile[]
}
