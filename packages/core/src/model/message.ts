import type { Channel, Entity, Term, Timestamp } from './entity.ts'
import type { Feedback } from './feedback.ts'
import type { Source, SourcesState } from './knowledge.ts'

/**
 * Who wrote a message: the end customer, the AI, a person of the business, a workflow or campaign, the platform
 * itself (joined, booked, changed).
 */
export type AuthorKind = 'contact' | 'agent' | 'operator' | 'automation' | 'system' | 'unknown'

export interface Author {
  kind: AuthorKind
  /** `vendor`: a field of the message says it. `inferred`: concluded from other fields, and may be wrong. */
  basis: 'vendor' | 'inferred'
  /** The vendor's id of the contact, agent or operator, where the message carries it. */
  id?: string | null
  name?: string | null
  email?: string | null
  avatarUrl?: string | null
  /** The vendor's word for the role. */
  native?: string | null
}

/** `note` is internal and cannot reach the contact. `activity`: something happened, nobody wrote. */
export type MessageType = 'text' | 'email' | 'image' | 'audio' | 'call' | 'note' | 'activity' | 'form' | 'review'

export type MessageStatus =
  | 'scheduled'
  | 'pending'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'clicked'
  | 'failed'
  | 'opted-out'
  | 'answered'

/** `internal`: between staff or written by the platform; the contact never sees it. */
export type Direction = 'inbound' | 'outbound' | 'internal' | 'unknown'

export interface Message<Raw = unknown> extends Entity<Raw> {
  /** The vendor's id of the conversation. */
  conversationId: string
  /** The vendor's id of the contact whose conversation it is, whoever wrote it. Missing where messages do not say. */
  contactId?: string | null
  type: Term<MessageType>
  direction: Direction
  author: Author
  channel?: Term<Channel>
  /**
   * What was written, as plain text or Markdown. Of HTML it is the words, in the lines in which a browser shows them; links
   * without their addresses. `null`: nothing was (a call, an image). Missing: read it with `messages.get`.
   */
  text?: string | null
  /**
   * The HTML body, where there is one: where the vendor says that it is, or an email means something as HTML. Written by
   * others: sanitize it before showing it.
   */
  html?: string | null
  status?: Term<MessageStatus>
  /** The vendor's text about why it was not delivered. */
  failure?: string | null
  /** The id of the message that this one answers. */
  inReplyTo?: string | null
  attachments?: Attachment[]
  /** What the answer was drawn from, when it comes with the message. See `sourcesState`. */
  sources?: Source[]
  sourcesState: SourcesState
  email?: EmailDetails
  call?: CallDetails
  /** The application's own id for this message. */
  externalId?: string | null
  /** Summaries of the model's reasoning. Possibly sensitive. */
  reasoning?: string[]
  feedback?: Feedback[]
  isAnonymized?: boolean
  createdAt?: Timestamp | null
  updatedAt?: Timestamp | null
}

export interface EmailDetails {
  /** The vendor's ids of the single emails behind this message, oldest first; each is read with `messages.get`. */
  ids?: string[]
  subject?: string | null
  from?: string | null
  to?: string[]
  cc?: string[]
  bcc?: string[]
  threadId?: string | null
}

export interface CallDetails {
  /** In seconds. */
  duration?: number | null
  status?: Term<CallStatus>
}

export type CallStatus =
  | 'pending'
  | 'completed'
  | 'answered'
  | 'busy'
  | 'no-answer'
  | 'failed'
  | 'canceled'
  | 'voicemail'

/**
 * A file of a message. URLs are neither permanent nor public at every vendor: `access` says how to get the bytes, and
 * the account's credential is never sent to a foreign host.
 *
 * `open`: `url` can be fetched as it is, for now. `fetchable`: `url` is missing or private; ask the adapter for a
 * signed one. Its `id` is the vendor's, otherwise the message's id and the place in its list (`msg_1#0`).
 */
export interface Attachment<Raw = unknown> extends Entity<Raw> {
  url?: string | null
  access: 'open' | 'fetchable'
  /** The vendor's id of the conversation that it belongs to, where a signed URL is asked for by that. */
  conversationId?: string
  fileName?: string | null
  /** A media type such as `image/png`. */
  contentType?: string | null
  /** In bytes. */
  size?: number | null
  expiresAt?: Timestamp | null
}
