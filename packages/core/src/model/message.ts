import type { Channel, Entity, Term, Timestamp } from './entity.ts'
import type { Feedback } from './feedback.ts'
import type { Source, SourcesState } from './knowledge.ts'

/**
 * Who wrote a message. `contact`: the end customer. `agent`: the AI. `operator`: a person of the business.
 * `automation`: a workflow or campaign. `system`: the platform itself (someone joined, booked or changed something).
 */
export type AuthorKind = 'contact' | 'agent' | 'operator' | 'automation' | 'system' | 'unknown'

export interface Author {
  kind: AuthorKind
  /** `vendor`: a field of the message states the author. `inferred`: derived from other fields, and may be wrong. */
  basis: 'vendor' | 'inferred'
  /** The vendor's id of the contact, agent or operator, where the message has it. */
  id?: string | null
  name?: string | null
  email?: string | null
  avatarUrl?: string | null
  /** The vendor's word for the role. */
  native?: string | null
}

/**
 * `note`: internal, cannot reach the contact. `activity`: an event that nobody wrote. `tool`: a call of one of the agent's
 * tools, or its result; the contact does not see it.
 */
export type MessageType =
  | 'text'
  | 'email'
  | 'image'
  | 'audio'
  | 'call'
  | 'note'
  | 'activity'
  | 'form'
  | 'review'
  | 'tool'

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
  /**
   * The vendor's id of the conversation's contact, also for messages by others. Missing where messages do not name it.
   */
  contactId?: string | null
  type: Term<MessageType>
  direction: Direction
  author: Author
  channel?: Term<Channel>
  /**
   * The message as plain text or Markdown. For HTML, it has the words in the lines that a browser shows, and links
   * without their addresses. `null`: the message has no text (a call, an image). Missing: read it with `messages.get`.
   */
  text?: string | null
  /**
   * The HTML body, where there is one: when the vendor marks the body as HTML, or the body of an email is HTML. Other
   * people wrote it: sanitize it before you show it.
   */
  html?: string | null
  status?: Term<MessageStatus>
  /** The vendor's reason why the message was not delivered. */
  failure?: string | null
  /** The id of the message that this one answers. */
  inReplyTo?: string | null
  attachments?: Attachment[]
  /** The sources of the answer, when they come with the message. See `sourcesState`. */
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
  /** Missing where the vendor gives messages no time. Their order in the list is then the vendor's own. */
  createdAt?: Timestamp | null
  updatedAt?: Timestamp | null
}

export interface EmailDetails {
  /** The vendor's ids of the emails in this message, oldest first. Read each with `messages.get`. */
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
 * A file of a message. At some vendors URLs expire or are private: `access` says how to get the bytes. The account's
 * credential is never sent to a foreign host.
 *
 * `open`: `url` can currently be fetched as it is. `fetchable`: `url` is missing or private; `attachments.url` returns
 * a signed one. The `id` is the vendor's, or else the message's id and the index in its list (`msg_1#0`).
 */
export interface Attachment<Raw = unknown> extends Entity<Raw> {
  url?: string | null
  access: 'open' | 'fetchable'
  /** The vendor's id of the attachment's conversation, where a signed URL requires it. */
  conversationId?: string
  fileName?: string | null
  /** A media type such as `image/png`. */
  contentType?: string | null
  /** In bytes. */
  size?: number | null
  expiresAt?: Timestamp | null
}
