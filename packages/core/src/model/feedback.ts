import type { Timestamp } from './entity.ts'
import type { Term } from './term.ts'

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
