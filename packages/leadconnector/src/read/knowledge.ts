import { compact, type KnowledgeItem, type Payload, type PayloadReader } from '@parley/core'
import { mapPageStatus } from '../vocabulary.ts'
import type { LeadConnectorCrawlPayload, LeadConnectorFaqPayload, LeadConnectorPagePayload } from '../wire.ts'

export type LeadConnectorKnowledgePayload =
  | LeadConnectorFaqPayload
  | LeadConnectorPagePayload
  | LeadConnectorCrawlPayload

export type LeadConnectorKnowledge = KnowledgeItem<LeadConnectorKnowledgePayload>

const itemOf = (id: string, raw: Payload, reading: PayloadReader): LeadConnectorKnowledge =>
  reading.entity('knowledge', id, raw) as LeadConnectorKnowledge

/** @param knowledgeBaseId the requested knowledge base. */
export const readFaq = (raw: Payload, reading: PayloadReader, knowledgeBaseId: string): LeadConnectorKnowledge =>
  compact<LeadConnectorKnowledge>({
    ...itemOf(reading.id(raw), raw, reading),
    kind: { value: 'faq', native: null },
    question: reading.text(raw, 'question'),
    answer: reading.text(raw, 'answer'),
    knowledgeBaseId: reading.text(raw, 'knowledgeBaseId') ?? knowledgeBaseId,
    createdAt: reading.time(raw, 'createdAt'),
    updatedAt: reading.time(raw, 'updatedAt'),
  })

export const readPage = (raw: Payload, reading: PayloadReader, knowledgeBaseId: string): LeadConnectorKnowledge =>
  compact<LeadConnectorKnowledge>({
    ...itemOf(reading.id(raw), raw, reading),
    kind: { value: 'website', native: null },
    title: reading.text(raw, 'title') || undefined,
    url: reading.text(raw, 'url'),
    status: raw['status'] == null ? undefined : reading.term(raw, 'status', mapPageStatus),
    knowledgeBaseId: reading.text(raw, 'knowledgeBaseId') ?? knowledgeBaseId,
    updatedAt: reading.time(raw, 'updatedAt'),
  })

/** Reads a crawl that has started. Its id is that of the crawl. The pages that it finds have their own ids. */
export const readCrawl = (raw: Payload, reading: PayloadReader, knowledgeBaseId: string): LeadConnectorKnowledge =>
  compact<LeadConnectorKnowledge>({
    ...itemOf(reading.id(raw, 'operationId'), raw, reading),
    kind: { value: 'website', native: null },
    url: reading.text(raw, 'url'),
    status: raw['status'] == null ? undefined : reading.term(raw, 'status', mapPageStatus),
    knowledgeBaseId,
  })
