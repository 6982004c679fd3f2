import { compact, type Entity, type KnowledgeItem, type Payload, type PayloadReader } from '@parley/core'
import { mapKnowledgeStatus, mapSourceKind } from '../vocabulary.ts'
import type { LiveChatAIDataSourcePayload } from '../wire.ts'

/** @param agentId the agent of the list. The list names it only once. */
export function readDataSource(
  raw: Payload,
  reading: PayloadReader,
  agentId: string,
): KnowledgeItem<LiveChatAIDataSourcePayload> {
  const kind = reading.term(raw, 'source', mapSourceKind) ?? { value: 'unknown', native: null }
  const title = reading.text(raw, 'title')
  const text = reading.text(raw, 'text')
  return {
    ...(reading.entity('knowledge', reading.id(raw), raw) as KnowledgeItem<LiveChatAIDataSourcePayload>),
    ...compact<Omit<KnowledgeItem, keyof Entity>>({
      kind,
      title,
      url: reading.text(raw, 'url'),
      text,
      // The fields for question and answer are not documented, and the list has no other fields that could have them.
      ...(kind.value === 'faq' && { question: title, answer: text }),
      status: reading.term(raw, 'status', mapKnowledgeStatus),
      agentId,
      size: reading.number(raw, 'characterCount'),
      createdAt: reading.time(raw, 'createdAt'),
      updatedAt: reading.time(raw, 'updatedAt'),
    }),
  }
}
