import * as z from 'zod/mini'
import type { Feedback } from './feedback.ts'
import { maybe, number, object, optional, schemaOf, term, text, timestamp } from './schema-kit.ts'

export const feedbackSchema: z.ZodMiniType<Feedback> = schemaOf<Feedback>()(
  object({
    id: z.nullable(text),
    vote: optional(term('up', 'down')),
    score: maybe(number),
    comment: maybe(text),
    question: maybe(text),
    answer: maybe(text),
    authorEmail: maybe(text),
    authorName: maybe(text),
    conversationId: maybe(text),
    messageId: maybe(text),
    trigger: maybe(text),
    createdAt: maybe(timestamp),
  }),
)
