import type { Contact } from './contact.ts'
import type { Entity, Ref, Term, Timestamp } from './entity.ts'
import type { Message, MessageStatus } from './message.ts'

/**
 * What every event has. An event is a hint that something changed: read it again, the vendor's API has the truth. Where
 * a vendor signs nothing, it is no more than that.
 */
interface EventBase<Kind extends string, Raw> {
  kind: Kind
  vendor: string
  account: string
  /**
   * The same for every delivery of one event, across retries and whatever the order of the payload's keys; another one
   * for another event. Begins with the vendor's name.
   */
  dedupeKey: string
  /** The vendor's name of the event. `null`: it gives none. */
  native: string | null
  /** When it happened, or else when the vendor first told of it. */
  occurredAt?: Timestamp | null
  /** The payload as it came. Always there for `unknown`, which has nothing else; otherwise only with the receiver's `raw: true`. */
  raw?: Raw
}

/** Somebody wrote: the contact, the agent, a person, a workflow. */
export interface MessageCreated<Raw = unknown> extends EventBase<'message.created', Raw> {
  message: Ref
  conversation: Ref
  contact?: Ref
  /** The message as the event tells it, to be shown at once. What the vendor knows later (attachments, status) may lack. */
  snapshot?: Message
}

/** The vendor asks a provider of one's own (a channel that the application runs) to bring this to the contact. */
export interface MessageDeliveryRequested<Raw = unknown> extends EventBase<'message.delivery-requested', Raw> {
  message: Ref
  contact?: Ref
}

/** What became of an email, told by its recipient's address: the vendor names neither message nor contact. */
export interface EmailReported<Raw = unknown> extends EventBase<'email.reported', Raw> {
  status: Term<MessageStatus>
  recipient?: string | null
}

export interface ConversationCreated<Raw = unknown> extends EventBase<'conversation.created', Raw> {
  conversation: Ref
  contact?: Ref
}

/** Something about it changed, a message of it included when the vendor does not say which. */
export interface ConversationUpdated<Raw = unknown> extends EventBase<'conversation.updated', Raw> {
  conversation: Ref
  contact?: Ref
  /** What the event says about it; everything else is as it was. */
  changes?: ConversationChanges
}

export interface ConversationChanges {
  unreadCount?: number
  isStarred?: boolean
  isDeleted?: boolean
}

/** Two became one. What is stored under `merged` belongs to `conversation` now. */
export interface ConversationMerged<Raw = unknown> extends EventBase<'conversation.merged', Raw> {
  conversation: Ref
  merged: Ref
  contact?: Ref
}

/** The dialog is over, by its end or by silence. It may go on all the same. */
export interface ConversationEnded<Raw = unknown> extends EventBase<'conversation.ended', Raw> {
  conversation: Ref
  contact?: Ref
}

export interface ConversationArchived<Raw = unknown> extends EventBase<'conversation.archived', Raw> {
  conversation: Ref
  contact?: Ref
}

/** Somebody wrote while the chat was closed. */
export interface ChatUnavailable<Raw = unknown> extends EventBase<'chat.unavailable', Raw> {
  conversation: Ref
  contact?: Ref
}

/** A button or a person asked the vendor to call. */
export interface ManuallyTriggered<Raw = unknown> extends EventBase<'manual', Raw> {
  conversation?: Ref
  contact?: Ref
}

/** `contact.updated` also tells of its tags and its do-not-disturb settings; `native` says which. */
export interface ContactEvent<Kind extends 'contact.created' | 'contact.updated' | 'contact.deleted', Raw = unknown>
  extends EventBase<Kind, Raw> {
  contact: Ref
  /** The contact as the event tells it. For `contact.deleted`: as it was. */
  snapshot?: Contact
}
export type ContactCreated<Raw = unknown> = ContactEvent<'contact.created', Raw>
export type ContactUpdated<Raw = unknown> = ContactEvent<'contact.updated', Raw>
export type ContactDeleted<Raw = unknown> = ContactEvent<'contact.deleted', Raw>

/** A note that staff keep about a contact; it is no message. */
export interface NoteEvent<Kind extends 'note.created' | 'note.updated' | 'note.deleted', Raw = unknown>
  extends EventBase<Kind, Raw> {
  /** The vendor's id of the note. */
  noteId: string
  contact?: Ref
}
export type NoteCreated<Raw = unknown> = NoteEvent<'note.created', Raw>
export type NoteUpdated<Raw = unknown> = NoteEvent<'note.updated', Raw>
export type NoteDeleted<Raw = unknown> = NoteEvent<'note.deleted', Raw>

/** Something that staff have to do, mostly about a contact. */
export interface TaskEvent<Kind extends 'task.created' | 'task.completed' | 'task.deleted', Raw = unknown>
  extends EventBase<Kind, Raw> {
  /** The vendor's id of the task. */
  taskId: string
  contact?: Ref
}
export type TaskCreated<Raw = unknown> = TaskEvent<'task.created', Raw>
export type TaskCompleted<Raw = unknown> = TaskEvent<'task.completed', Raw>
export type TaskDeleted<Raw = unknown> = TaskEvent<'task.deleted', Raw>

/** Somebody joined or left the staff, or changed. */
export interface OperatorEvent<Kind extends 'operator.created' | 'operator.updated' | 'operator.deleted', Raw = unknown>
  extends EventBase<Kind, Raw> {
  /** The vendor's id of the operator. */
  operatorId: string
}
export type OperatorCreated<Raw = unknown> = OperatorEvent<'operator.created', Raw>
export type OperatorUpdated<Raw = unknown> = OperatorEvent<'operator.updated', Raw>
export type OperatorDeleted<Raw = unknown> = OperatorEvent<'operator.deleted', Raw>

/** A collection of what agents answer from. */
export interface KnowledgeBaseEvent<
  Kind extends 'knowledge-base.created' | 'knowledge-base.updated' | 'knowledge-base.deleted',
  Raw = unknown,
> extends EventBase<Kind, Raw> {
  /** The vendor's id of the collection. */
  knowledgeBaseId: string
}
export type KnowledgeBaseCreated<Raw = unknown> = KnowledgeBaseEvent<'knowledge-base.created', Raw>
export type KnowledgeBaseUpdated<Raw = unknown> = KnowledgeBaseEvent<'knowledge-base.updated', Raw>
export type KnowledgeBaseDeleted<Raw = unknown> = KnowledgeBaseEvent<'knowledge-base.deleted', Raw>

/** The application was installed in the account. */
export interface AccountConnected<Raw = unknown> extends EventBase<'account.connected', Raw> {}

/** The application was removed from the account: its credentials end. */
export interface AccountDisconnected<Raw = unknown> extends EventBase<'account.disconnected', Raw> {}

/** The account has another version of the application now. */
export interface AccountUpdated<Raw = unknown> extends EventBase<'account.updated', Raw> {}

/** Something happened, and the vendor does not say where: bring the whole account up to date. */
export interface AccountChanged<Raw = unknown> extends EventBase<'account.changed', Raw> {
  /** The vendor's other name of a conversation, by which its list can be searched; it makes no ref. */
  threadId?: string
}

/** An event that nobody has seen before, kept with its payload. */
export interface UnknownEvent<Raw = unknown> extends EventBase<'unknown', Raw> {}

/** What happened at a vendor, as far as the vendor says. Switch over `kind`; the set is closed. */
export type Event<Raw = unknown> =
  | MessageCreated<Raw>
  | MessageDeliveryRequested<Raw>
  | EmailReported<Raw>
  | ConversationCreated<Raw>
  | ConversationUpdated<Raw>
  | ConversationMerged<Raw>
  | ConversationEnded<Raw>
  | ConversationArchived<Raw>
  | ChatUnavailable<Raw>
  | ManuallyTriggered<Raw>
  | ContactCreated<Raw>
  | ContactUpdated<Raw>
  | ContactDeleted<Raw>
  | NoteCreated<Raw>
  | NoteUpdated<Raw>
  | NoteDeleted<Raw>
  | TaskCreated<Raw>
  | TaskCompleted<Raw>
  | TaskDeleted<Raw>
  | OperatorCreated<Raw>
  | OperatorUpdated<Raw>
  | OperatorDeleted<Raw>
  | KnowledgeBaseCreated<Raw>
  | KnowledgeBaseUpdated<Raw>
  | KnowledgeBaseDeleted<Raw>
  | AccountConnected<Raw>
  | AccountDisconnected<Raw>
  | AccountUpdated<Raw>
  | AccountChanged<Raw>
  | UnknownEvent<Raw>

export type EventKind = Event['kind']

/** What makes a vendor call. `manual`: somebody or something presses a button for it. */
export type WebhookTrigger =
  | 'message.created'
  | 'conversation.created'
  | 'conversation.ended'
  | 'conversation.archived'
  | 'chat.unavailable'
  | 'manual'

/** An address that the vendor calls when something happens. */
export interface Webhook<Raw = unknown> extends Entity<Raw> {
  title: string | null
  description?: string | null
  url: string
  trigger: Term<WebhookTrigger>
  isActive?: boolean
  agentId?: string | null
  createdAt?: Timestamp | null
  updatedAt?: Timestamp | null
}
