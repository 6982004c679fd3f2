import type * as z from 'zod/mini'
import type { KnowledgeItem } from './knowledge.ts'
import { entity, maybe, number, object, optional, refMatches, schemaOf, term, text, timestamp } from './schema-kit.ts'
import { sourceKindSchema } from './source-schema.ts'

export const knowledgeSchema: z.ZodMiniType<KnowledgeItem> = schemaOf<KnowledgeItem>()(
  object({
    ...entity,
    kind: sourceKindSchema,
    title: maybe(text),
    url: maybe(text),
    text: maybe(text),
    question: maybe(text),
    answer: maybe(text),
    fileName: maybe(text),
    status: optional(term('ready', 'processing', 'failed')),
    knowledgeBaseId: maybe(text),
    agentId: maybe(text),
    size: maybe(number),
    createdAt: maybe(timestamp),
    updatedAt: maybe(timestamp),
  }),
).check(refMatches('knowledge'))
