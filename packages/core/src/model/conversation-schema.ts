import * as z from 'zod/mini'
import type { Contact } from './contact.ts'
import type { Control, Conversation, InputRequest, MessagePreview } from './conversation.ts'
import type { ContactSummary, OperatorSummary, Term } from './entity.ts'
import type { Feedback } from './feedback.ts'
import type { Score, Source, SourceKind, SourcesState } from './knowledge.ts'
import type { Attachment, Author, AuthorKind, CallDetails, EmailDetails, Message, MessageStatus } from './message.ts'
import type { Operator } from './operator.ts'
import {
  channelSchema,
  entity,
  filled,
  flag,
  jsonObject,
  jsonValue,
  list,
  maybe,
  native,
  number,
  object,
  oneOf,
  optional,
  refMatches,
  refOf,
  schemaOf,
  term,
  text,
  timestamp,
} from './schema-kit.ts'

const operatorSummarySchema: z.ZodMiniType<OperatorSummary> = schemaOf<OperatorSummary>()(
  object({ id: z.nullable(text), name: maybe(text), email: maybe(text), avatarUrl: maybe(text) }),
)

export const operatorSchema: z.ZodMiniType<Operator> = schemaOf<Operator>()(
  object({
    ...entity,
    name: maybe(text),
    email: maybe(text),
    phone: maybe(text),
    avatarUrl: maybe(text),
    role: maybe(text),
  }),
).check(refMatches('operator'))

const contactSummarySchema: z.ZodMiniType<ContactSummary> = schemaOf<ContactSummary>()(
  object({
    id: z.nullable(text),
    ref: optional(refOf('contact')),
    name: maybe(text),
    email: maybe(text),
    phone: maybe(text),
    externalId: maybe(text),
  }),
)

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

const sourcesStateSchema: z.ZodMiniType<SourcesState> = schemaOf<SourcesState>()(
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

const authorKindSchema: z.ZodMiniType<AuthorKind> = schemaOf<AuthorKind>()(
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
    type: term('text', 'email', 'image', 'audio', 'call', 'note', 'activity', 'form', 'review', 'tool'),
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

const inputRequest = schemaOf<InputRequest>()(
  object({
    id: filled,
    text: z.nullable(text),
    choices: optional(list(object({ value: jsonValue, label: text }))),
    expiresAt: optional(timestamp),
    raw: optional(z.unknown()),
  }),
)

const controlSchema: z.ZodMiniType<Control> = schemaOf<Control>()(
  object({
    holder: oneOf('agent', 'operator', 'unknown'),
    until: optional(timestamp),
    basis: oneOf('vendor', 'inferred', 'none'),
    native,
    inputRequests: optional(list(inputRequest)),
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
    assignee: maybe(operatorSummarySchema),
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
