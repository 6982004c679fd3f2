import type * as z from 'zod/mini'
import { entity, maybe, object, refMatches, schemaOf, text, timestamp } from './schema-kit.ts'
import type { Suggestion } from './suggestion.ts'

export const suggestionSchema: z.ZodMiniType<Suggestion> = schemaOf<Suggestion>()(
  object({
    ...entity,
    conversationId: maybe(text),
    messageId: maybe(text),
    question: maybe(text),
    answer: maybe(text),
    reason: maybe(text),
    gap: maybe(text),
    improvement: maybe(text),
    agentId: maybe(text),
    createdAt: maybe(timestamp),
  }),
).check(refMatches('suggestion'))
