import * as z from 'zod/mini'
import { agentModeSchema } from './agent-schema.ts'
import {
  authorSchema,
  contactSchema,
  messageSchema,
  messageStatusSchema,
  sourceKindSchema,
  sourceSchema,
} from './conversation-schema.ts'
import type * as Events from './event.ts'
import type { Webhook } from './event.ts'
import type { Suggestion } from './feedback.ts'
import type { Generation, GenerationAction, TranscriptMessage } from './generation.ts'
import type { KnowledgeItem } from './knowledge.ts'
import {
  byKind,
  entity,
  filled,
  flag,
  jsonValue,
  list,
  maybe,
  number,
  object,
  optional,
  refMatches,
  refOf,
  schemaOf,
  term,
  text,
  timestamp,
  vendor,
} from './schema-kit.ts'

export const knowledgeSchema: z.ZodMiniType<KnowledgeItem> = schemaOf<KnowledgeItem>()(
  object({
    ...entity,
    kind: sourceKindSchema,
    title: maybe(text),
    url: maybe(text),
    text: maybe(text),
    question: maybe(text),
    answer: maybe(text),
    fileName: maybe(text),
    status: optional(term('ready', 'processing', 'failed')),
    knowledgeBaseId: maybe(text),
    agentId: maybe(text),
    size: maybe(number),
    createdAt: maybe(timestamp),
    updatedAt: maybe(timestamp),
  }),
).check(refMatches('knowledge'))

export const suggestionSchema: z.ZodMiniType<Suggestion> = schemaOf<Suggestion>()(
  object({
    ...entity,
    conversationId: maybe(text),
    messageId: maybe(text),
    question: maybe(text),
    answer: maybe(text),
    reason: maybe(text),
    gap: maybe(text),
    improvement: maybe(text),
    agentId: maybe(text),
    createdAt: maybe(timestamp),
  }),
).check(refMatches('suggestion'))

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

export const webhookSchema: z.ZodMiniType<Webhook> = schemaOf<Webhook>()(
  object({
    ...entity,
    title: z.nullable(text),
    description: maybe(text),
    url: text,
    trigger: term(
      'message.created',
      'conversation.created',
      'conversation.ended',
      'conversation.archived',
      'chat.unavailable',
      'manual',
    ),
    isActive: optional(flag),
    agentId: maybe(text),
    createdAt: maybe(timestamp),
    updatedAt: maybe(timestamp),
  }),
).check(refMatches('webhook'))

const base = {
  vendor,
  account: filled,
  dedupeKey: filled,
  native: z.nullable(text),
  occurredAt: maybe(timestamp),
  raw: z.exactOptional(z.unknown()),
}
const conversation = refOf('conversation')
const message = refOf('message')
const contact = optional(refOf('contact'))

/** The schema of an event of this kind with these fields beside those that every event has. */
const event = <const Kind extends Events.EventKind, const Fields extends z.core.$ZodShape>(
  kind: Kind,
  fields: Fields,
) => object({ ...base, kind: z.literal(kind), ...fields })

const person = { contact: refOf('contact'), snapshot: optional(contactSchema) }
const note = { noteId: filled, contact }
const task = { taskId: filled, contact }
const operator = { operatorId: filled }
const knowledgeBase = { knowledgeBaseId: filled }

const changes = schemaOf<Events.ConversationChanges>()(
  object({ unreadCount: optional(number), isStarred: optional(flag), isDeleted: optional(flag) }),
)

export const eventSchema: z.ZodMiniType<Events.Event> = byKind<Events.Event>({
  'message.created': schemaOf<Events.MessageCreated>()(
    event('message.created', { message, conversation, contact, snapshot: optional(messageSchema) }),
  ),
  'message.delivery-requested': schemaOf<Events.MessageDeliveryRequested>()(
    event('message.delivery-requested', { message, contact }),
  ),
  'email.reported': schemaOf<Events.EmailReported>()(
    event('email.reported', { status: messageStatusSchema, recipient: maybe(text) }),
  ),
  'conversation.created': schemaOf<Events.ConversationCreated>()(
    event('conversation.created', { conversation, contact }),
  ),
  'conversation.updated': schemaOf<Events.ConversationUpdated>()(
    event('conversation.updated', { conversation, contact, changes: optional(changes) }),
  ),
  'conversation.merged': schemaOf<Events.ConversationMerged>()(
    event('conversation.merged', { conversation, merged: conversation, contact }),
  ),
  'conversation.ended': schemaOf<Events.ConversationEnded>()(event('conversation.ended', { conversation, contact })),
  'conversation.archived': schemaOf<Events.ConversationArchived>()(
    event('conversation.archived', { conversation, contact }),
  ),
  'chat.unavailable': schemaOf<Events.ChatUnavailable>()(event('chat.unavailable', { conversation, contact })),
  manual: schemaOf<Events.ManuallyTriggered>()(event('manual', { conversation: optional(conversation), contact })),
  'contact.created': schemaOf<Events.ContactCreated>()(event('contact.created', person)),
  'contact.updated': schemaOf<Events.ContactUpdated>()(event('contact.updated', person)),
  'contact.deleted': schemaOf<Events.ContactDeleted>()(event('contact.deleted', person)),
  'note.created': schemaOf<Events.NoteCreated>()(event('note.created', note)),
  'note.updated': schemaOf<Events.NoteUpdated>()(event('note.updated', note)),
  'note.deleted': schemaOf<Events.NoteDeleted>()(event('note.deleted', note)),
  'task.created': schemaOf<Events.TaskCreated>()(event('task.created', task)),
  'task.completed': schemaOf<Events.TaskCompleted>()(event('task.completed', task)),
  'task.deleted': schemaOf<Events.TaskDeleted>()(event('task.deleted', task)),
  'operator.created': schemaOf<Events.OperatorCreated>()(event('operator.created', operator)),
  'operator.updated': schemaOf<Events.OperatorUpdated>()(event('operator.updated', operator)),
  'operator.deleted': schemaOf<Events.OperatorDeleted>()(event('operator.deleted', operator)),
  'knowledge-base.created': schemaOf<Events.KnowledgeBaseCreated>()(event('knowledge-base.created', knowledgeBase)),
  'knowledge-base.updated': schemaOf<Events.KnowledgeBaseUpdated>()(event('knowledge-base.updated', knowledgeBase)),
  'knowledge-base.deleted': schemaOf<Events.KnowledgeBaseDeleted>()(event('knowledge-base.deleted', knowledgeBase)),
  'account.connected': schemaOf<Events.AccountConnected>()(event('account.connected', {})),
  'account.disconnected': schemaOf<Events.AccountDisconnected>()(event('account.disconnected', {})),
  'account.updated': schemaOf<Events.AccountUpdated>()(event('account.updated', {})),
  'account.changed': schemaOf<Events.AccountChanged>()(event('account.changed', { threadId: optional(text) })),
  unknown: schemaOf<Events.UnknownEvent>()(event('unknown', {})),
})
