import * as z from 'zod/mini'
import { entity, flag, maybe, number, object, oneOf, optional, refMatches, schemaOf, term, text } from './schema-kit.ts'
import type { Score, Source, SourcesState } from './source.ts'

export const sourcesStateSchema: z.ZodMiniType<SourcesState> = schemaOf<SourcesState>()(
  oneOf('inline', 'fetchable', 'unavailable'),
)

const score = schemaOf<Score>()(
  object({ value: number, metric: oneOf('distance', 'similarity', 'unknown'), higherIsBetter: z.nullable(flag) }),
)

export const sourceSchema: z.ZodMiniType<Source> = schemaOf<Source>()(
  object({
    ...entity,
    kind: term('website', 'faq', 'file', 'text', 'rich-text', 'video', 'image', 'notion'),
    title: maybe(text),
    url: maybe(text),
    text: maybe(text),
    fileName: maybe(text),
    fileId: maybe(text),
    score: optional(score),
  }),
).check(refMatches('source'))
