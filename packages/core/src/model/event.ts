import type { Contact } from './contact.ts'
import type { Entity, Ref, Term, Timestamp } from './entity.ts'
import type { Message, MessageStatus } from './message.ts'

/**
 * The fields that all events have. An event is a hint that something changed: read the entity again, because only the
 * vendor's API is authoritative. An event that the vendor does not sign is nothing
 * more than this hint.
 */
interface EventBase<Kind extends string, Raw> {
  kind: Kind
  vendor: string
  account: string
  /**
   * The same for every delivery of one event, even when retries change the order of the payload's keys, and different
   * for every other event. Begins with the vendor's name.
   */
  dedupeKey: string
  /** The vendor's name of the event. `null`: the vendor gives none. */
  native: string | null
  /** When the event happened, or else when the vendor first reported it. */
  occurredAt?: Timestamp | null
  /**
   * The unchanged payload. Always present for `unknown`, which has nothing else; otherwise only with the receiver's
   * `raw: true`.
   */
  raw?: Raw
}

/** The contact, the agent, an operator or a workflow wrote a message. */
export interface MessageCreated<Raw = unknown> extends EventBase<'message.created', Raw> {
  message: Ref
  conversation: Ref
  contact?: Ref
  /** The message as the event has it, ready to show. Later information (attachments, status) can be missing. */
  snapshot?: Message
}

/** The vendor asks the application, as the provider of a channel, to deliver this message to the contact. */
export interface MessageDeliveryRequested<Raw = unknown> extends EventBase<'message.delivery-requested', Raw> {
  message: Ref
  contact?: Ref
}

/**
 * The delivery status of an email, with its recipient's address. The vendor names neither the message nor the contact.
 */
export interface EmailReported<Raw = unknown> extends EventBase<'email.reported', Raw> {
  status: Term<MessageStatus>
  recipient?: string | null
}

export interface ConversationCreated<Raw = unknown> extends EventBase<'conversation.created', Raw> {
  conversation: Ref
  contact?: Ref
}

/** A conversation changed, or one of its messages if the vendor does not say which. */
export interface ConversationUpdated<Raw = unknown> extends EventBase<'conversation.updated', Raw> {
  conversation: Ref
  contact?: Ref
  /** The fields that changed. All other fields are unchanged. */
  changes?: ConversationChanges
}

export interface ConversationChanges {
  unreadCount?: number
  isStarred?: boolean
  isDeleted?: boolean
}

/** Two conversations were merged. What you stored under `merged` now belongs to `conversation`. */
export interface ConversationMerged<Raw = unknown> extends EventBase<'conversation.merged', Raw> {
  conversation: Ref
  merged: Ref
  contact?: Ref
}

/** The dialog ended or timed out. It can still continue. */
export interface ConversationEnded<Raw = unknown> extends EventBase<'conversation.ended', Raw> {
  conversation: Ref
  contact?: Ref
}

export interface ConversationArchived<Raw = unknown> extends EventBase<'conversation.archived', Raw> {
  conversation: Ref
  contact?: Ref
}

/** A contact wrote while the chat was closed. */
export interface ChatUnavailable<Raw = unknown> extends EventBase<'chat.unavailable', Raw> {
  conversation: Ref
  contact?: Ref
}

/** A button or an operator triggered the webhook by hand. */
export interface ManuallyTriggered<Raw = unknown> extends EventBase<'manual', Raw> {
  conversation?: Ref
  contact?: Ref
}

/** `contact.updated` also covers tags and do-not-disturb settings; `native` says which of them changed. */
export interface ContactEvent<Kind extends 'contact.created' | 'contact.updated' | 'contact.deleted', Raw = unknown>
  extends EventBase<Kind, Raw> {
  contact: Ref
  /** The contact as the event has it. For `contact.deleted`: its last state. */
  snapshot?: Contact
}
export type ContactCreated<Raw = unknown> = ContactEvent<'contact.created', Raw>
export type ContactUpdated<Raw = unknown> = ContactEvent<'contact.updated', Raw>
export type ContactDeleted<Raw = unknown> = ContactEvent<'contact.deleted', Raw>

/** A note of the staff about a contact. It is not a message. */
export interface NoteEvent<Kind extends 'note.created' | 'note.updated' | 'note.deleted', Raw = unknown>
  extends EventBase<Kind, Raw> {
  /** The vendor's id of the note. */
  noteId: string
  contact?: Ref
}
export type NoteCreated<Raw = unknown> = NoteEvent<'note.created', Raw>
export type NoteUpdated<Raw = unknown> = NoteEvent<'note.updated', Raw>
export type NoteDeleted<Raw = unknown> = NoteEvent<'note.deleted', Raw>

/** A task for the staff, usually about a contact. */
export interface TaskEvent<Kind extends 'task.created' | 'task.completed' | 'task.deleted', Raw = unknown>
  extends EventBase<Kind, Raw> {
  /** The vendor's id of the task. */
  taskId: string
  contact?: Ref
}
export type TaskCreated<Raw = unknown> = TaskEvent<'task.created', Raw>
export type TaskCompleted<Raw = unknown> = TaskEvent<'task.completed', Raw>
export type TaskDeleted<Raw = unknown> = TaskEvent<'task.deleted', Raw>

/** An operator was added, changed or removed. */
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

/** The application was removed from the account, so its credentials no longer work. */
export interface AccountDisconnected<Raw = unknown> extends EventBase<'account.disconnected', Raw> {}

/** The account now has another version of the application. */
export interface AccountUpdated<Raw = unknown> extends EventBase<'account.updated', Raw> {}

/** Something changed, but the vendor does not say where: synchronize the whole account. */
export interface AccountChanged<Raw = unknown> extends EventBase<'account.changed', Raw> {
  /** Another name of the conversation, which its list can search for. It cannot be used in a ref. */
  threadId?: string
}

/** An unknown event, with its payload. */
export interface UnknownEvent<Raw = unknown> extends EventBase<'unknown', Raw> {}

/** Something that happened at a vendor. Switch over `kind`; the set of kinds is closed. */
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

/** What makes the vendor call a webhook. `manual`: a person or a process triggers it. */
export type WebhookTrigger =
  | 'message.created'
  | 'conversation.created'
  | 'conversation.ended'
  | 'conversation.archived'
  | 'chat.unavailable'
  | 'manual'

/** A URL that the vendor calls when something happens. */
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
