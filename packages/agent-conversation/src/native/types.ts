import type { NativeApi } from '@parley/core'
import type { AgentConversationConversationPayload, AgentConversationMessagePayload } from '../wire.ts'
import type {
  AgentConversationDirection,
  AgentConversationList,
  AgentConversationPage,
  AgentConversationPageQuery,
  AgentConversationProgress,
  AgentConversationUploadedFile,
  AgentConversationUploadRequest,
  AgentConversationUploadUrl,
} from './shapes.ts'
import type {
  AgentConversationAgentEndpoints,
  AgentConversationOrganizationEndpoints,
  AgentConversationUserEndpoints,
} from './types-agents.ts'

/** Every endpoint for an agent's and an organisation's key by its route, with what it takes and what it answers. */
export interface AgentConversationEndpoints
  extends AgentConversationConversationEndpoints,
    AgentConversationMessageEndpoints,
    AgentConversationUserEndpoints,
    AgentConversationAgentEndpoints,
    AgentConversationFileEndpoints,
    AgentConversationPromptEndpoints,
    AgentConversationOrganizationEndpoints {}

/**
 * `adapter.native`. Endpoints that need the organisation's key throw a ConfigurationError without `organizationKey`.
 */
export type AgentConversationNative = NativeApi<AgentConversationEndpoints>

/** Conversations of the key's agent. No answer tells the status, the channel or the context; none deletes just one. */
interface AgentConversationConversationEndpoints {
  /** "List conversations": with `feedbacks`. */
  'GET /conversations': {
    query: AgentConversationPageQuery & {
      /** The default is undocumented. */
      orderBy?: 'createdAt' | 'updatedAt'
      /** In the title, the summary, the agent's name and the user's names, email and phone. */
      searchKeyword?: string
      /** The user whom bodies call `conversationUserId`. */
      userId?: string
      /** Bounds of `updatedAt`, ISO 8601. */
      startDate?: string
      endDate?: string
      /** `true`: only those with feedback. Send it or leave it out; what `false` does is undocumented. */
      withFeedbacksOnly?: boolean
    }
    answer: AgentConversationPage<AgentConversationConversationPayload>
  }
  /** "Create conversation": opens one; nothing is sent to the user. */
  'POST /conversations': {
    body: AgentConversationTexts & {
      /** One that is there already. */
      conversationUserId: string
      /** Comes back as `metadata.customData`, and cannot be changed. */
      customData?: Record<string, unknown>
      conversationStateId?: string
    }
    answer: AgentConversationConversationPayload
  }
  /** "Delete all conversations of a user": of this agent, for good. A DELETE with a body. */
  'DELETE /conversations': { body: { conversationUserId: string }; answer: undefined }
  /** "List conversation states": the workflow labels that the organisation made in the console. */
  'GET /conversations/states': { answer: AgentConversationList<AgentConversationState> }
  /** "Get conversation": with `feedbacks`. */
  'GET /conversations/{id}': { answer: AgentConversationConversationPayload }
  /** "Update conversation": what is left out stays. */
  'PUT /conversations/{id}': {
    body: AgentConversationTexts & {
      /** Nothing tells it afterwards. */
      status?: 'active' | 'inactive' | 'archived'
      conversationStateId?: string
    }
    answer: AgentConversationConversationPayload
  }
  /**
   * "Start conversation": the vendor writes to or calls a person. For somebody known, the open conversation goes on
   * unless `resetConversation` archives it.
   */
  'POST /conversations/start': { body: AgentConversationStartBody; answer: { conversationId: string } }
  /**
   * "Set mode": `manual` keeps the agent silent until it is `ai` again. The mode is not marked as required; without it
   * nothing is set.
   */
  'PUT /conversations/{id}/mode': { body: { mode?: 'manual' | 'ai' }; answer: AgentConversationConversationPayload }
}

interface AgentConversationTexts {
  /** At most 255 characters. */
  title?: string
  /** Background for the agent, at most 256,000 characters. Never given back. */
  context?: string
}

interface AgentConversationState {
  id: string
  name?: string
  description?: string | null
  /** In hexadecimal. */
  color?: string | null
  isPersistent?: boolean
  createdAt?: string
  updatedAt?: string
}

/** Whom the vendor contacts, and how; each channel needs its own fields. */
type AgentConversationStartBody = AgentConversationStartEmail | AgentConversationStartSms | AgentConversationStartVoice

interface AgentConversationStart {
  firstName: string
  lastName: string
  email?: string
  /** With its country's code: `+15550142`. */
  phoneNumber?: string
  /** Background about the person. */
  context?: string
  /** Background for this conversation. */
  conversationContext?: string
  /** Where the person came from, such as `crm`; not the `source` of a message. */
  source?: string
  /** The application's own id of the record, which the search finds. */
  fkId?: string
  /** The application's own id of the person. */
  fkUserId?: string
  customData?: Record<string, unknown>
  conversationStateId?: string
  /** The teammate credited with it, from `GET /platform-users`. */
  authorId?: string
  skipPhoneNumberValidation?: boolean
  skipEmailValidation?: boolean
}

interface AgentConversationStartEmail extends AgentConversationStart {
  channel: 'email'
  email: string
  emailSubject: string
  /** The body of the first email. */
  emailIntroduction: string
  includeSignatureInEmail?: boolean
  /** Default `false`. */
  resetConversation?: boolean
}

interface AgentConversationStartSms extends AgentConversationStart {
  channel: 'sms'
  phoneNumber: string
  /** The first text message. */
  smsIntroduction: string
  /** Default `false`. */
  includeSignatureInSms?: boolean
  /** Default `false`. */
  resetConversation?: boolean
}

interface AgentConversationStartVoice extends AgentConversationStart {
  channel: 'voice'
  phoneNumber: string
  /** The first words that are spoken. */
  firstMessage: string
}

/** Messages and their files. None is paged, fetched alone, changed or deleted; the length of a text is undocumented. */
interface AgentConversationMessageEndpoints {
  /** "List messages": all of them, always. */
  'GET /conversations/{id}/messages': {
    query: {
      /** `true` adds `conversationMessageFeedbacks`. */
      shouldIncludeFeedbacks?: boolean
      /** By `createdAt`. Default `ASC`. */
      orderDirection?: AgentConversationDirection
    }
    answer: { messages: AgentConversationMessagePayload[] }
  }
  /**
   * "Send message": in the user's name, answered within the request, which takes as long as the model does. The answer
   * is the agent's reply, or the question itself where `senderRole` is `conversation_user`.
   */
  'POST /conversations/{id}/messages': { body: AgentConversationQuestion; answer: AgentConversationMessagePayload }
  /** "Send message (async)": answers at once, presumably with the stored question. */
  'POST /conversations/{id}/messages/async': {
    body: AgentConversationQuestion
    answer: AgentConversationMessagePayload
  }
  /** "Get response on message": `null` or nothing may also mean that there is none yet. */
  'GET /conversations/{id}/messages/{questionMessageId}/response-on': {
    answer:
      | {
          status?: AgentConversationProgress
          message?: AgentConversationMessagePayload | null
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
    answer: AgentConversationMessagePayload
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

/** The agent's knowledge. What a delete or an addition to the vector store answers is undocumented. */
interface AgentConversationFileEndpoints {
  /** "Upload agent file": a form with `file` and, as the text `true`, `autoAddToVectorStore`. */
  'POST /agent-files/upload': { body: FormData; answer: AgentConversationFile }
  /** "List agent files". */
  'GET /agent-files/by-api-key': { answer: AgentConversationList<AgentConversationFile> }
  /** "Delete agent files": a DELETE with a body. */
  'DELETE /agent-files': { body: { fileIds: string[] }; answer: unknown }
  /** "Delete agent file". */
  'DELETE /agent-files/{id}/delete': { answer: unknown }
  /** "Delete agent file from vector store": the file stays, the agent no longer knows it. */
  'DELETE /agent-files/{id}/delete-from-vector-store': { answer: unknown }
  /** "Add agent file to vector store": answers when that is done. */
  'PUT /agent-files/{id}/add-to-vector-store': { answer: unknown }
  /** "Add agent file to vector store (async)": answers before that is done. */
  'PUT /agent-files/{id}/add-to-vector-store/async': { answer: unknown }
}

/** One question to the agent without a conversation. */
interface AgentConversationPromptEndpoints {
  /** "Prompt": answered within the request, which takes as long as the model does. */
  'POST /prompts': { body: AgentConversationPrompt; answer: AgentConversationPromptResult }
  /** "Prompt (async)". */
  'POST /prompts/async': { body: AgentConversationPrompt; answer: { promptId: string } }
  /** "Prompt response": `null` when there is none yet. */
  'GET /prompts/{id}/response-on': { answer: AgentConversationPromptResult | null | undefined }
  /** "Prompt file upload URL". */
  'POST /prompts/upload-url': { body: AgentConversationUploadRequest; answer: AgentConversationUploadUrl }
}

interface AgentConversationFile {
  id: string
  fileName?: string
  url?: string
  createdAt?: string
  vectorStoreFileId?: string | null
  isUploadedToVectorStore?: boolean | null
  vectorStoreUploadStatus?: 'processing' | 'done' | 'failed' | (string & {}) | null
  uploadedToVectorStoreAt?: string | null
}

interface AgentConversationPrompt {
  prompt: string
  /** Under which id the usage is counted. */
  tokenTrackingId?: string
  files?: AgentConversationUploadedFile[]
}

interface AgentConversationPromptResult {
  /** Missing in older editions. */
  status?: AgentConversationProgress
  totalTokens?: number
  response?: string | null
  error?: string | null
}
