import type * as z from 'zod/mini'
import type { Control, Conversation, MessagePreview } from './conversation.ts'
import { feedbackSchema } from './feedback-schema.ts'
import { authorKindSchema } from './message-schema.ts'
import { contactSummarySchema, operatorSchema } from './person-schema.ts'
import {
  entity,
  filled,
  flag,
  jsonObject,
  list,
  maybe,
  native,
  number,
  object,
  oneOf,
  optional,
  refMatches,
  schemaOf,
  term,
  text,
  timestamp,
} from './schema-kit.ts'
import { channelSchema } from './term-schema.ts'

const controlSchema: z.ZodMiniType<Control> = schemaOf<Control>()(
  object({
    holder: oneOf('agent', 'operator', 'unknown'),
    until: optional(timestamp),
    basis: oneOf('vendor', 'inferred', 'none'),
    native,
  }),
)

const preview = schemaOf<MessagePreview>()(
  object({
    text: maybe(text),
    at: maybe(timestamp),
    author: optional(authorKindSchema),
    channel: optional(channelSchema),
  }),
)

export const conversationSchema: z.ZodMiniType<Conversation> = schemaOf<Conversation>()(
  object({
    ...entity,
    agentId: maybe(text),
    contact: maybe(contactSummarySchema),
    title: maybe(text),
    summary: maybe(text),
    status: term('open', 'closed', 'archived', 'deleted'),
    channel: optional(channelSchema),
    control: controlSchema,
    assignee: maybe(operatorSchema),
    unreadCount: optional(number),
    isStarred: optional(flag),
    isMuted: optional(flag),
    isAnonymized: optional(flag),
    labels: optional(list(text)),
    state: maybe(object({ id: filled, name: optional(text) })),
    lastMessage: maybe(preview),
    lastActivityAt: maybe(timestamp),
    qualityScore: maybe(number),
    feedback: optional(list(feedbackSchema)),
    customFields: optional(jsonObject),
    createdAt: maybe(timestamp),
    updatedAt: maybe(timestamp),
  }),
).check(refMatches('conversation'))
