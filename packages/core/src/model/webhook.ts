import type { Entity, Timestamp } from './entity.ts'
import type { Term } from './term.ts'

/** What makes a vendor call. `manual`: somebody or something presses a button for it. */
export type WebhookTrigger =
  | 'message.created'
  | 'conversation.created'
  | 'conversation.ended'
  | 'conversation.archived'
  | 'chat.unavailable'
  | 'manual'

/** An address that the vendor calls when something happens. */
export interface Webhook<Raw = unknown> extends Entity<Raw> {
  title: string | null
  description?: string | null
  url: string
  trigger: Term<WebhookTrigger>
  isActive?: boolean
  agentId?: string | null
  createdAt?: Timestamp | null
  updatedAt?: Timestamp | null
}
