import { compact, type Entity, type KnowledgeItem, type Payload, type PayloadReader } from '@parley/core'
import { readFileName } from '@parley/core/operations'
import { mapKnowledgeStatus } from '../vocabulary.ts'
import type { AgentConversationAgentFilePayload } from '../wire.ts'

/** @param agentId the agent of the API key, once it is known. */
export function readAgentFile(
  raw: Payload,
  reading: PayloadReader,
  agentId: string | undefined,
): KnowledgeItem<AgentConversationAgentFilePayload> {
  return {
    ...(reading.entity('knowledge', reading.id(raw), raw) as KnowledgeItem<AgentConversationAgentFilePayload>),
    ...compact<Omit<KnowledgeItem, keyof Entity>>({
      kind: { value: 'file', native: null },
      fileName: readFileName(reading, raw, 'fileName'),
      url: reading.text(raw, 'url'),
      status: readStatus(raw, reading),
      agentId,
      createdAt: reading.time(raw, 'createdAt'),
    }),
  }
}

/** The status is empty for a file that was never added to the agent's search, and in editions that have only the flag. */
function readStatus(raw: Payload, reading: PayloadReader): KnowledgeItem['status'] {
  const isAdded = reading.flag(raw, 'isUploadedToVectorStore')
  if (isAdded && (raw['vectorStoreUploadStatus'] ?? null) === null) return { value: 'ready', native: isAdded }
  return reading.term(raw, 'vectorStoreUploadStatus', mapKnowledgeStatus)
}
