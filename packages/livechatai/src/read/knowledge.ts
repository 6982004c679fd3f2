import { compact, type Entity, type KnowledgeItem, type Payload, type PayloadReader } from '@parley/core'
import { mapKnowledgeStatus, mapSourceKind } from '../vocabulary.ts'
import type { LiveChatAIDataSourcePayload } from '../wire.ts'

/** @param agentId whose list it comes from, named once for all. */
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
      // Where a list has them is not documented; it has no other fields for them.
      ...(kind.value === 'faq' && { question: title, answer: text }),
      status: reading.term(raw, 'status', mapKnowledgeStatus),
      agentId,
      size: reading.number(raw, 'characterCount'),
      createdAt: reading.time(raw, 'createdAt'),
      updatedAt: reading.time(raw, 'updatedAt'),
    }),
  }
}
