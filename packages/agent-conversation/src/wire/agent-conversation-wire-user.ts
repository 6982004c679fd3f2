/** What `contact.raw` holds: the vendor's "user", who is the end customer. */
export interface AgentConversationRawUser {
  id: string
  firstName?: string | null
  lastName?: string | null
  email?: string | null
  phoneNumber?: string | null
  /** The application's own id for the record; what the vendor's search finds. */
  fkId?: string | null
  /** The application's own id for the person. */
  fkUserId?: string | null
  context?: string | null
  source?: string | null
  metadata?: { customData?: Record<string, unknown> | null; [key: string]: unknown } | null
  isAnonymized?: boolean
}
