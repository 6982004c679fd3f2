import type {
  AgentConversationList,
  AgentConversationProgress,
  AgentConversationUploadedFile,
  AgentConversationUploadRequest,
  AgentConversationUploadUrl,
} from './agent-conversation-native-shapes.ts'

/** The agent's knowledge. What a delete or an addition to the vector store answers is undocumented. */
export interface AgentConversationFileEndpoints {
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
export interface AgentConversationPromptEndpoints {
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
