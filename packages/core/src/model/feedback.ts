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
  createdAt?: Timestamp | null
}
