import type * as z from 'zod/mini'
import type { Contact } from './contact.ts'
import {
  entity,
  flag,
  jsonObject,
  list,
  maybe,
  object,
  optional,
  refMatches,
  schemaOf,
  text,
  timestamp,
} from './schema-kit.ts'
import { channelSchema } from './term-schema.ts'

export const contactSchema: z.ZodMiniType<Contact> = schemaOf<Contact>()(
  object({
    ...entity,
    name: maybe(text),
    firstName: maybe(text),
    lastName: maybe(text),
    email: maybe(text),
    phone: maybe(text),
    companyName: maybe(text),
    externalId: maybe(text),
    country: maybe(text),
    timezone: maybe(text),
    agentId: maybe(text),
    assigneeId: maybe(text),
    origin: maybe(text),
    doNotDisturb: optional(flag),
    doNotDisturbOn: optional(list(channelSchema)),
    tags: optional(list(text)),
    customFields: optional(jsonObject),
    conversationIds: optional(list(text)),
    isAnonymized: optional(flag),
    createdAt: maybe(timestamp),
    updatedAt: maybe(timestamp),
    lastActivityAt: maybe(timestamp),
  }),
).check(refMatches('contact'))
