import type { Entity, Timestamp } from './entity.ts'

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
