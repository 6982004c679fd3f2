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

/** Every endpoint of an agent's key and an organization's key, keyed by its route, with its request and response. */
export interface AgentConversationEndpoints
  extends AgentConversationConversationEndpoints,
    AgentConversationMessageEndpoints,
    AgentConversationUserEndpoints,
    AgentConversationAgentEndpoints,
    AgentConversationFileEndpoints,
    AgentConversationPromptEndpoints,
    AgentConversationOrganizationEndpoints {}

/** `adapter.native`. Endpoints of the organization's key throw a ConfigurationError without `organizationKey`. */
export type AgentConversationNative = NativeApi<AgentConversationEndpoints>

/**
 * Conversations of the key's agent. No response has the status, the channel or the context. No endpoint deletes a
 * single conversation.
 */
interface AgentConversationConversationEndpoints {
  /** "List conversations": with `feedbacks`. */
  'GET /conversations': {
    query: AgentConversationPageQuery & {
      /** The default is undocumented. */
      orderBy?: 'createdAt' | 'updatedAt'
      /** Searches the title, the summary, the agent's name, and the user's names, email and phone. */
      searchKeyword?: string
      /** The user whose id other bodies call `conversationUserId`. */
      userId?: string
      /** Bounds of `updatedAt`, ISO 8601. */
      startDate?: string
      endDate?: string
      /** `true`: only conversations with feedback. The effect of `false` is undocumented; omit the field instead. */
      withFeedbacksOnly?: boolean
    }
    answer: AgentConversationPage<AgentConversationConversationPayload>
  }
  /** "Create conversation": sends nothing to the user. */
  'POST /conversations': {
    body: AgentConversationTexts & {
      /** The id of an existing user. */
      conversationUserId: string
      /** Responses have it as `metadata.customData`. It cannot be changed. */
      customData?: Record<string, unknown>
      conversationStateId?: string
    }
    answer: AgentConversationConversationPayload
  }
  /** "Delete all conversations of a user": deletes this agent's conversations permanently. A DELETE with a body. */
  'DELETE /conversations': { body: { conversationUserId: string }; answer: undefined }
  /** "List conversation states": the workflow labels that the organization defined in the console. */
  'GET /conversations/states': { answer: AgentConversationList<AgentConversationState> }
  /** "Get conversation": with `feedbacks`. */
  'GET /conversations/{id}': { answer: AgentConversationConversationPayload }
  /** "Update conversation": omitted fields do not change. */
  'PUT /conversations/{id}': {
    body: AgentConversationTexts & {
      /** No response has it. */
      status?: 'active' | 'inactive' | 'archived'
      conversationStateId?: string
    }
    answer: AgentConversationConversationPayload
  }
  /**
   * "Start conversation": the vendor writes to or calls a person. A known person's open conversation continues, unless
   * `resetConversation` archives it.
   */
  'POST /conversations/start': { body: AgentConversationStartBody; answer: { conversationId: string } }
  /**
   * "Set mode": `manual` keeps the agent silent until the mode is `ai` again. The mode is not marked as required, but a
   * request without it changes nothing.
   */
  'PUT /conversations/{id}/mode': { body: { mode?: 'manual' | 'ai' }; answer: AgentConversationConversationPayload }
}

interface AgentConversationTexts {
  /** At most 255 characters. */
  title?: string
  /** Background for the agent, at most 256,000 characters. No response has it. */
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

/** The person whom the vendor contacts, and the channel. Each channel has its own required fields. */
type AgentConversationStartBody = AgentConversationStartEmail | AgentConversationStartSms | AgentConversationStartVoice

interface AgentConversationStart {
  firstName: string
  lastName: string
  email?: string
  /** With the country code: `+15550142`. */
  phoneNumber?: string
  /** Background about the person. */
  context?: string
  /** Background for this conversation. */
  conversationContext?: string
  /** The origin of the person, such as `crm`. It is not the `source` of a message. */
  source?: string
  /** The application's own id of the record. The search finds it. */
  fkId?: string
  /** The application's own id of the person. */
  fkUserId?: string
  customData?: Record<string, unknown>
  conversationStateId?: string
  /** The operator shown as the author, from `GET /platform-users`. */
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
  /** The first sentence that the agent says. */
  firstMessage: string
}

/**
 * Messages and their files. Messages have no pages and cannot be read singly, changed or deleted. The maximum length of
 * a text is undocumented.
 */
interface AgentConversationMessageEndpoints {
  /** "List messages": always all messages. */
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
   * "Send message": in the user's name. The request takes as long as the model. The response is the agent's reply, or
   * the question itself if `senderRole` is `conversation_user`.
   */
  'POST /conversations/{id}/messages': { body: AgentConversationQuestion; answer: AgentConversationMessagePayload }
  /** "Send message (async)": responds at once, presumably with the stored question. */
  'POST /conversations/{id}/messages/async': {
    body: AgentConversationQuestion
    answer: AgentConversationMessagePayload
  }
  /** "Get response on message": `null` or an empty response may also mean that there is no answer yet. */
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
   * "Send manual message": an operator's message to the user. Refused with an empty 400 unless the mode is `manual`,
   * and in a voice conversation.
   */
  'POST /conversations/{id}/send-manual-message': {
    body: {
      message: string
      /** The user's message that this message answers. */
      conversationMessageId?: string
      /** The operator shown as the author, from `GET /platform-users`. */
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
  /** "Message file signed URL": a URL for reading a file without a key. How long it works is undocumented. */
  'GET /conversations/{id}/message-files/{fileId}/signed-url': { answer: { signedUrl: string; fileId?: string } }
  /** "Message feedback": creates or changes the vote of a voter. No endpoint reads or deletes a vote. */
  'POST /conversation-message-feedbacks': {
    body: {
      conversationMessageId: string
      /** The voter. Whether it is a contact or an operator is undocumented. */
      userId: string
      voteType: 'up' | 'down'
      question: string
      answer?: string
      comment?: string
    }
    answer: AgentConversationGivenFeedback
  }
}

/** Unlike the feedback of conversations and messages, it has the message's id and lacks the voter's email. */
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

/** The agent's knowledge. The responses of deletes and of additions to the vector store are undocumented. */
interface AgentConversationFileEndpoints {
  /** "Upload agent file": a form with `file`, and `autoAddToVectorStore` as the string `true`. */
  'POST /agent-files/upload': { body: FormData; answer: AgentConversationFile }
  /** "List agent files". */
  'GET /agent-files/by-api-key': { answer: AgentConversationList<AgentConversationFile> }
  /** "Delete agent files": a DELETE with a body. */
  'DELETE /agent-files': { body: { fileIds: string[] }; answer: unknown }
  /** "Delete agent file". */
  'DELETE /agent-files/{id}/delete': { answer: unknown }
  /** "Delete agent file from vector store": the file stays, but the agent no longer uses it. */
  'DELETE /agent-files/{id}/delete-from-vector-store': { answer: unknown }
  /** "Add agent file to vector store": responds when the file is processed. */
  'PUT /agent-files/{id}/add-to-vector-store': { answer: unknown }
  /** "Add agent file to vector store (async)": responds before the file is processed. */
  'PUT /agent-files/{id}/add-to-vector-store/async': { answer: unknown }
}

/** One question to the agent, without a conversation. */
interface AgentConversationPromptEndpoints {
  /** "Prompt": the request takes as long as the model. */
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
  /** The id under which the usage is counted. */
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
