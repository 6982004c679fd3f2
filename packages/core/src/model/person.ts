import type { Ref } from './entity.ts'

/** An operator: a human teammate of the business. Not an entity of its own, since no vendor lists them the same way. */
export interface Operator {
  /** The vendor's id of the teammate; `null` where the vendor names a person without an id. */
  id: string | null
  name?: string | null
  email?: string | null
  avatarUrl?: string | null
}

/** What a conversation says about its contact. `ref` is there when the contact can be read on its own. */
export interface ContactSummary {
  id: string | null
  ref?: Ref
  name?: string | null
  email?: string | null
  phone?: string | null
  /** The application's own id for this person, as it gave it to the vendor. */
  externalId?: string | null
}
