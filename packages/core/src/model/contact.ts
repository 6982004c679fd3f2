import type { Channel, Entity, JsonObject, Term, Timestamp } from './entity.ts'

/** The end customer. */
export interface Contact<Raw = unknown> extends Entity<Raw> {
  name?: string | null
  firstName?: string | null
  lastName?: string | null
  email?: string | null
  phone?: string | null
  companyName?: string | null
  /** The application's own id for this person, which it passed to the vendor. */
  externalId?: string | null
  /** Usually two letters, ISO 3166-1; not every vendor enforces this. */
  country?: string | null
  /** An IANA name such as `Europe/Vienna`. */
  timezone?: string | null
  /** The contact's agent, where contacts belong to an agent. */
  agentId?: string | null
  assigneeId?: string | null
  /** Where the contact came from, in the vendor's own words. */
  origin?: string | null
  /** Whether no message may be sent to the contact at all. */
  doNotDisturb?: boolean
  /** Channels on which no message may be sent. */
  doNotDisturbOn?: Term<Channel>[]
  tags?: string[]
  customFields?: JsonObject
  /** The ids of the contact's conversations, where the vendor returns them with the contact. */
  conversationIds?: string[]
  isAnonymized?: boolean
  createdAt?: Timestamp | null
  updatedAt?: Timestamp | null
  lastActivityAt?: Timestamp | null
}
