import type { Channel, Entity, JsonObject, Term, Timestamp } from './entity.ts'

/** The end customer. */
export interface Contact<Raw = unknown> extends Entity<Raw> {
  name?: string | null
  firstName?: string | null
  lastName?: string | null
  email?: string | null
  phone?: string | null
  companyName?: string | null
  /** The application's own id for this person, as it gave it to the vendor. */
  externalId?: string | null
  /** Two letters, ISO 3166-1, as far as the vendor keeps to it. */
  country?: string | null
  /** An IANA name such as `Europe/Vienna`. */
  timezone?: string | null
  /** The agent it belongs to, where contacts belong to one. */
  agentId?: string | null
  assigneeId?: string | null
  /** Where the contact came from, in the vendor's words. */
  origin?: string | null
  /** Whether nothing may be sent to it at all. */
  doNotDisturb?: boolean
  /** Single channels on which nothing may be sent. */
  doNotDisturbOn?: Term<Channel>[]
  tags?: string[]
  customFields?: JsonObject
  /** Ids of its conversations, where the vendor gives them with the contact. */
  conversationIds?: string[]
  isAnonymized?: boolean
  createdAt?: Timestamp | null
  updatedAt?: Timestamp | null
  lastActivityAt?: Timestamp | null
}
