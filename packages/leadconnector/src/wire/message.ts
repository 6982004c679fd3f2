/** A message as the list and the get send it. */
export interface LeadConnectorMessagePayload {
  id: string
  /** The application's own id. */
  altId?: string
  /** A numeric code without an official table; `messageType` says more. */
  type?: number
  messageType?: string
  locationId?: string
  contactId?: string
  conversationId?: string
  dateAdded?: string
  dateUpdated?: string
  /** Missing for emails in lists, calls and activities. */
  body?: string
  direction?: string
  status?: string
  contentType?: string
  attachments?: string[]
  meta?: LeadConnectorMessageMeta
  /** `workflow`, `bulk_actions`, `campaign`, `api`, `app`. */
  source?: string
  /** The person who wrote it. */
  userId?: string
  conversationProviderId?: string
  chatWidgetId?: string
  from?: string
  to?: string
  /** Why it was not delivered. */
  error?: string
  activity?: { type?: string; title?: string; data?: unknown }
  traceId?: string
}

/** What the documents nest twice arrives nested once. */
export interface LeadConnectorMessageMeta {
  callDuration?: string | number
  callStatus?: string
  call?: { duration?: string | number; status?: string }
  email?: { messageIds?: string[]; email?: { messageIds?: string[] } }
  ig?: LeadConnectorSocialPage & { ig?: LeadConnectorSocialPage }
  fb?: LeadConnectorSocialPage & { fb?: LeadConnectorSocialPage }
}

/** The page that a social message came to. */
export interface LeadConnectorSocialPage {
  page_id?: string
  page_name?: string
}

/** A single email as `GET /conversations/messages/email/{id}` sends it. */
export interface LeadConnectorEmailPayload {
  id: string
  altId?: string
  threadId?: string
  locationId?: string
  contactId?: string
  conversationId?: string
  dateAdded?: string
  subject?: string
  /** HTML. */
  body?: string
  direction?: string
  status?: string
  contentType?: string
  attachments?: string[]
  provider?: string
  from?: string
  to?: string[]
  cc?: string[]
  bcc?: string[]
  replyToMessageId?: string
  source?: string
  conversationProviderId?: string
  error?: string
  traceId?: string
}
