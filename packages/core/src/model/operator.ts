import type { Entity } from './entity.ts'

/** A human teammate of the business. The `id` is what `operatorId` takes in `messages.reply` and other operations. */
export interface Operator<Raw = unknown> extends Entity<Raw> {
  name?: string | null
  email?: string | null
  phone?: string | null
  avatarUrl?: string | null
  /** The teammate's role in the vendor's own words, such as `admin`. */
  role?: string | null
}
