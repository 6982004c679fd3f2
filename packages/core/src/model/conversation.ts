import type { Channel, ContactSummary, Entity, JsonObject, Operator, Term, Timestamp } from './entity.ts'
import type { Feedback } from './feedback.ts'
import type { AuthorKind } from './message.ts'

export type ConversationStatus = 'open' | 'closed' | 'archived' | 'deleted'

/**
 * Who answers the contact next. Its own field, apart from `status` and `assignee`: an assigned conversation may still
 * be answered by the agent, and a closed one may still be held by a person.
 */
export interface Control {
  holder: 'agent' | 'operator' | 'unknown'
  /** When the hold ends by itself, where the vendor says so. */
  until?: Timestamp
  /** `vendor`: a field says it. `inferred`: concluded from other fields. `none`: the vendor gives nothing to go by. */
  basis: 'vendor' | 'inferred' | 'none'
  /** The vendor's own word or flag. */
  native: string | number | boolean | null
}

/** What a list shows of the newest message without reading the messages. */
export interface MessagePreview {
  text?: string | null
  at?: Timestamp | null
  author?: AuthorKind
  channel?: Term<Channel>
}

export interface Conversation<Raw = unknown> extends Entity<Raw> {
  /** The vendor's id of the agent in charge. */
  agentId?: string | null
  contact?: ContactSummary | null
  title?: string | null
  /** A summary written by the vendor. */
  summary?: string | null
  status: Term<ConversationStatus>
  /** Where a vendor mixes channels in one conversation, the channel of its last message. Missing: the vendor cannot say. */
  channel?: Term<Channel>
  control: Control
  /** The operator who owns it; `null`: nobody does. */
  assignee?: Operator | null
  /** Messages from the contact that nobody has read. */
  unreadCount?: number
  isStarred?: boolean
  isMuted?: boolean
  isAnonymized?: boolean
  labels?: string[]
  /** A workflow state that the organisation defined itself. */
  state?: { id: string; name?: string } | null
  lastMessage?: MessagePreview | null
  /** When something last happened in it: what inboxes sort by. `null`: nothing has happened yet. */
  lastActivityAt?: Timestamp | null
  /** The vendor's quality score; its scale is the vendor's. */
  qualityScore?: number | null
  feedback?: Feedback[]
  /** The application's own data, as it gave it to the vendor. */
  customFields?: JsonObject
  createdAt?: Timestamp | null
  updatedAt?: Timestamp | null
}
