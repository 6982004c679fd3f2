import * as z from 'zod/mini'
import type { ContactSummary, Operator } from './person.ts'
import { maybe, object, optional, refOf, schemaOf, text } from './schema-kit.ts'

export const operatorSchema: z.ZodMiniType<Operator> = schemaOf<Operator>()(
  object({ id: z.nullable(text), name: maybe(text), email: maybe(text), avatarUrl: maybe(text) }),
)

export const contactSummarySchema: z.ZodMiniType<ContactSummary> = schemaOf<ContactSummary>()(
  object({
    id: z.nullable(text),
    ref: optional(refOf('contact')),
    name: maybe(text),
    email: maybe(text),
    phone: maybe(text),
    externalId: maybe(text),
  }),
)
