import type * as z from 'zod/mini'
import { attachmentSchema } from './attachment-schema.ts'
import { feedbackSchema } from './feedback-schema.ts'
import type { Author, AuthorKind, CallDetails, EmailDetails, Message, MessageStatus } from './message.ts'
import {
  entity,
  filled,
  flag,
  list,
  maybe,
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
import { sourceSchema, sourcesStateSchema } from './source-schema.ts'
import type { Term } from './term.ts'
import { channelSchema } from './term-schema.ts'

export const authorKindSchema: z.ZodMiniType<AuthorKind> = schemaOf<AuthorKind>()(
  oneOf('contact', 'agent', 'operator', 'automation', 'system', 'unknown'),
)

export const authorSchema: z.ZodMiniType<Author> = schemaOf<Author>()(
  object({
    kind: authorKindSchema,
    basis: oneOf('vendor', 'inferred'),
    id: maybe(text),
    name: maybe(text),
    email: maybe(text),
    avatarUrl: maybe(text),
    native: maybe(text),
  }),
)

const email = schemaOf<EmailDetails>()(
  object({
    ids: optional(list(text)),
    subject: maybe(text),
    from: maybe(text),
    to: optional(list(text)),
    cc: optional(list(text)),
    bcc: optional(list(text)),
    threadId: maybe(text),
  }),
)

const call = schemaOf<CallDetails>()(
  object({
    duration: maybe(number),
    status: optional(term('pending', 'completed', 'answered', 'busy', 'no-answer', 'failed', 'canceled', 'voicemail')),
  }),
)

export const messageStatusSchema: z.ZodMiniType<Term<MessageStatus>> = schemaOf<Term<MessageStatus>>()(
  term('scheduled', 'pending', 'sent', 'delivered', 'read', 'clicked', 'failed', 'opted-out', 'answered'),
)

export const messageSchema: z.ZodMiniType<Message> = schemaOf<Message>()(
  object({
    ...entity,
    conversationId: filled,
    contactId: maybe(text),
    type: term('text', 'email', 'image', 'audio', 'call', 'note', 'activity', 'form', 'review'),
    direction: oneOf('inbound', 'outbound', 'internal', 'unknown'),
    author: authorSchema,
    channel: optional(channelSchema),
    text: maybe(text),
    html: maybe(text),
    status: optional(messageStatusSchema),
    failure: maybe(text),
    inReplyTo: maybe(text),
    attachments: optional(list(attachmentSchema)),
    sources: optional(list(sourceSchema)),
    sourcesState: sourcesStateSchema,
    email: optional(email),
    call: optional(call),
    externalId: maybe(text),
    reasoning: optional(list(text)),
    feedback: optional(list(feedbackSchema)),
    isAnonymized: optional(flag),
    createdAt: maybe(timestamp),
    updatedAt: maybe(timestamp),
  }),
).check(refMatches('message'))
