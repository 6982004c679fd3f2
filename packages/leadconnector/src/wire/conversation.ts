/** ISO 8601, Unix milliseconds as number or text, or a Firestore timestamp: it differs by endpoint. */
export type LeadConnectorInstant =
  | string
  | number
  | { seconds: number; nanoseconds?: number }
  | { _seconds: number; _nanoseconds?: number }

/** A conversation as the search, the get, the create and the update send it; none of them sends every field. */
export interface LeadConnectorConversationPayload {
  id: string
  contactId?: string
  locationId?: string
  /** A word in the search (`TYPE_PHONE`), a number in the get (1). */
  type?: string | number
  /** A word in the search (`TYPE_SMS`), a number in the get (2). */
  lastMessageType?: string | number
  lastMessageBody?: string
  lastMessageDate?: LeadConnectorInstant
  lastManualMessageDate?: LeadConnectorInstant
  lastMessageDirection?: string
  /** `automated` or `manual`. */
  lastOutboundMessageAction?: string
  lastInboundWhatsappMessageDate?: LeadConnectorInstant
  dateAdded?: LeadConnectorInstant
  dateUpdated?: LeadConnectorInstant
  unreadCount?: number
  starred?: boolean
  deleted?: boolean
  inbox?: boolean
  assignedTo?: string | null
  userId?: string
  fullName?: string
  contactName?: string
  email?: string | null
  phone?: string | null
  companyName?: string | null
  profilePhoto?: string | null
  tags?: string[]
  followers?: string[]
  mentions?: string[]
  scoring?: unknown[]
  messageTypes?: number[]
  attributed?: boolean | null
  isLastMessageInternalComment?: boolean
  /** Where the search stands at this item: what its next page starts after. */
  sort?: number[]
  traceId?: string
}
