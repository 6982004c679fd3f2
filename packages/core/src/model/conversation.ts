import type {
  Channel,
  ContactSummary,
  Entity,
  JsonObject,
  JsonValue,
  OperatorSummary,
  Term,
  Timestamp,
} from './entity.ts'
import type { Feedback } from './feedback.ts'
import type { AuthorKind } from './message.ts'

export type ConversationStatus = 'open' | 'closed' | 'archived' | 'deleted'

/**
 * Who answers the contact next. This is separate from `status` and `assignee`: the agent can still answer an assigned
 * conversation, and a person can still be in control of a closed one.
 */
export interface Control {
  holder: 'agent' | 'operator' | 'unknown'
  /** When this state of control ends automatically, where the vendor says so. */
  until?: Timestamp
  /** `vendor`: a field states it. `inferred`: derived from other fields. `none`: the vendor gives no indication. */
  basis: 'vendor' | 'inferred' | 'none'
  /** The vendor's own word or flag. */
  native: string | number | boolean | null
  /** What the agent waits for, if it cannot go on without a person. `messages.provideInput` answers it. */
  inputRequests?: InputRequest[]
}

/** Something that an agent asks a person (an approval, a choice, a missing value) before it goes on. */
export interface InputRequest {
  /** The vendor's id of the request. */
  id: string
  /** What is asked, as text. `null`: the vendor's question has no text that can be shown; `raw` has it. */
  text: string | null
  /** The values to choose from. Missing: the vendor names none, so any value may be given. */
  choices?: InputChoice[]
  /** After this instant the request can no longer be answered, where the vendor says so. */
  expiresAt?: Timestamp
  /** The question as the vendor sent it, with the option `raw`. */
  raw?: unknown
}

export interface InputChoice {
  /** Pass it as `value` to `messages.provideInput`. */
  value: JsonValue
  /** What a person sees. */
  label: string
}

/** What a list of conversations shows of the newest message. */
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
  /**
   * Where a conversation can have several channels, the channel of its last message. Missing: the vendor does not say.
   */
  channel?: Term<Channel>
  control: Control
  /** The operator who owns the conversation. `null`: nobody. */
  assignee?: OperatorSummary | null
  /** The number of unread messages from the contact. */
  unreadCount?: number
  isStarred?: boolean
  isMuted?: boolean
  isAnonymized?: boolean
  labels?: string[]
  /** A workflow state that the organisation defined. */
  state?: { id: string; name?: string } | null
  lastMessage?: MessagePreview | null
  /** When something last happened in the conversation. Inboxes sort by this. `null`: nothing has happened yet. */
  lastActivityAt?: Timestamp | null
  /** The vendor's quality score, on the vendor's own scale. */
  qualityScore?: number | null
  feedback?: Feedback[]
  /** The application's own data, which it passed to the vendor. */
  customFields?: JsonObject
  createdAt?: Timestamp | null
  updatedAt?: Timestamp | null
}
