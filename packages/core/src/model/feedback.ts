import type { Entity, Term, Timestamp } from './entity.ts'

/** A rating of an answer or a conversation. */
export interface Feedback {
  id: string | null
  vote?: Term<'up' | 'down'>
  score?: number | null
  comment?: string | null
  question?: string | null
  answer?: string | null
  authorEmail?: string | null
  authorName?: string | null
  /** The rated conversation and message, where the vendor names them. */
  conversationId?: string | null
  messageId?: string | null
  /** Why the vendor asked for the rating, in its own words. */
  trigger?: string | null
  createdAt?: Timestamp | null
}

/** The vendor's suggestion: what an answer lacked, and what to teach the agent. */
export interface Suggestion<Raw = unknown> extends Entity<Raw> {
  conversationId?: string | null
  /** The id of the answer. */
  messageId?: string | null
  question?: string | null
  answer?: string | null
  /** The vendor's word for the problem. */
  reason?: string | null
  gap?: string | null
  improvement?: string | null
  agentId?: string | null
  createdAt?: Timestamp | null
}
