import { type KnowledgeStatus, type TermMap, words } from '@parley/core'

/** How far a file is where the agent searches ("AgentFile", `vectorStoreUploadStatus`). */
export const mapKnowledgeStatus: TermMap<KnowledgeStatus> = words<KnowledgeStatus>({
  done: 'ready',
  processing: 'processing',
  failed: 'failed',
})
