/** What `item.raw` holds for knowledge: a file of the agent. */
export interface AgentConversationRawAgentFile {
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
