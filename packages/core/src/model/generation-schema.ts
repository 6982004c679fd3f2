import * as z from 'zod/mini'
import { agentModeSchema } from './agent-schema.ts'
import type { Generation, GenerationAction, TranscriptMessage } from './generation.ts'
import { authorSchema } from './message-schema.ts'
import { entity, filled, jsonValue, list, maybe, object, optional, refMatches, schemaOf, text } from './schema-kit.ts'
import { sourceSchema } from './source-schema.ts'

const transcriptMessage = schemaOf<TranscriptMessage>()(object({ author: authorSchema, text: z.nullable(text) }))

const action = schemaOf<GenerationAction>()(object({ name: z.nullable(text), details: jsonValue }))

export const generationSchema: z.ZodMiniType<Generation> = schemaOf<Generation>()(
  object({
    ...entity,
    messageId: filled,
    agentId: maybe(text),
    mode: optional(agentModeSchema),
    prompt: z.nullable(text),
    input: maybe(text),
    intent: maybe(text),
    history: list(transcriptMessage),
    response: transcriptMessage,
    sources: list(sourceSchema),
    actions: list(action),
  }),
).check(refMatches('generation'))
