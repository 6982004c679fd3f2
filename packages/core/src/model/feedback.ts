import type { Entity, Term, Timestamp } from './entity.ts'

/** A rating that somebody gave to an answer or to a conversation. */
export interface Feedback {
  id: string | null
  vote?: Term<'up' | 'down'>
  score?: number | null
  comment?: string | null
  question?: string | null
  answer?: string | null
  authorEmail?: string | null
  authorName?: string | null
  /** The conversation and the message it is about, where the vendor says so. */
  conversationId?: string | null
  messageId?: string | null
  /** What made the vendor ask for it, in its own words. */
  trigger?: string | null
  createdAt?: Timestamp | null
}

/** What the vendor thinks an answer lacked, and what to teach the agent. */
export interface Suggestion<Raw = unknown> extends Entity<Raw> {
  conversationId?: string | null
  /** The answer it is about. */
  messageId?: string | null
  question?: string | null
  answer?: string | null
  /** The vendor's word for what was wrong. */
  reason?: string | null
  gap?: string | null
  improvement?: string | null
  agentId?: string | null
  createdAt?: Timestamp | null
}
