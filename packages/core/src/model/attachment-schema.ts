import type * as z from 'zod/mini'
import type { Attachment } from './attachment.ts'
import { entity, maybe, number, object, oneOf, optional, refMatches, schemaOf, text, timestamp } from './schema-kit.ts'

export const attachmentSchema: z.ZodMiniType<Attachment> = schemaOf<Attachment>()(
  object({
    ...entity,
    url: maybe(text),
    access: oneOf('open', 'fetchable'),
    conversationId: optional(text),
    fileName: maybe(text),
    contentType: maybe(text),
    size: maybe(number),
    expiresAt: maybe(timestamp),
  }),
).check(refMatches('attachment'))
