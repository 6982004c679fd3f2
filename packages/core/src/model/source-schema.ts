import * as z from 'zod/mini'
import { entity, flag, maybe, number, object, oneOf, optional, refMatches, schemaOf, term, text } from './schema-kit.ts'
import type { Score, Source, SourceKind, SourcesState } from './source.ts'
import type { Term } from './term.ts'

export const sourcesStateSchema: z.ZodMiniType<SourcesState> = schemaOf<SourcesState>()(
  oneOf('inline', 'fetchable', 'unavailable'),
)

const score = schemaOf<Score>()(
  object({ value: number, metric: oneOf('distance', 'similarity', 'unknown'), higherIsBetter: z.nullable(flag) }),
)

export const sourceKindSchema: z.ZodMiniType<Term<SourceKind>> = schemaOf<Term<SourceKind>>()(
  term('website', 'faq', 'file', 'text', 'rich-text', 'video', 'image', 'notion'),
)

export const sourceSchema: z.ZodMiniType<Source> = schemaOf<Source>()(
  object({
    ...entity,
    kind: sourceKindSchema,
    title: maybe(text),
    url: maybe(text),
    text: maybe(text),
    fileName: maybe(text),
    fileId: maybe(text),
    score: optional(score),
  }),
).check(refMatches('source'))
