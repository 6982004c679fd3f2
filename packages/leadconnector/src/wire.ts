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

/** A contact as `GET /contacts/{contactId}` and the searches send it. */
export interface LeadConnectorContactPayload {
  id: string
  locationId?: string
  name?: string | null
  firstName?: string | null
  lastName?: string | null
  email?: string | null
  phone?: string | null
  companyName?: string | null
  timezone?: string | null
  dnd?: boolean
  /** Per channel: `SMS`, `Email`, `GMB`, `FB`, `WhatsApp`, `Call`. */
  dndSettings?: Record<string, { status?: string; message?: string; code?: string }>
  type?: string
  source?: string | null
  assignedTo?: string | null
  address1?: string | null
  city?: string | null
  state?: string | null
  country?: string | null
  postalCode?: string | null
  website?: string | null
  tags?: string[]
  dateOfBirth?: string | null
  dateAdded?: string
  dateUpdated?: string
  lastActivity?: string | number
  /** The value is `value`, and in v3 `fieldValue`. */
  customFields?: { id: string; value?: unknown; fieldValue?: unknown; field_value?: unknown }[]
  businessId?: string | null
  attributionSource?: LeadConnectorAttribution
  lastAttributionSource?: LeadConnectorAttribution
  visitorId?: string
  /** Addresses separated by commas. */
  attachments?: string
  ssn?: string
  keyword?: string
  emailLowerCase?: string
  firstNameLowerCase?: string
  lastNameLowerCase?: string
  fullNameLowerCase?: string
  /** Only in the deprecated list. */
  attributions?: LeadConnectorAttribution[]
  /** Ids of users. Only in lists. */
  followers?: string[]
  /** Where a search stands at this contact: what its next page starts after. */
  searchAfter?: (string | number)[]
}

/** How a contact came to the business. */
export interface LeadConnectorAttribution {
  url?: string
  campaign?: string
  utmSource?: string
  utmMedium?: string
  utmContent?: string
  referrer?: string
  campaignId?: string
  fbclid?: string
  gclid?: string
  msclikid?: string
  dclid?: string
  fbc?: string
  fbp?: string
  fbEventId?: string
  userAgent?: string
  ip?: string
  medium?: string
  mediumId?: string
}

/** An AI agent as `GET /conversation-ai/agents/{agentId}` and the agent search send it; neither sends every field. */
export interface LeadConnectorAgentPayload {
  id: string
  name?: string
  businessName?: string
  /** `off`, `suggestive`, `auto-pilot`; `autoPilot` was seen as well. */
  mode?: string
  /** `IG`, `FB`, `SMS`, `WebChat`, `WhatsApp`, `Live_Chat`, `Email`, in several spellings. */
  channels?: string[] | null
  isPrimary?: boolean
  waitTime?: number
  /** `seconds` or `minutes`. */
  waitTimeUnit?: string
  /** Deprecated by the vendor. */
  sleepEnabled?: boolean
  sleepOnManualMessage?: boolean
  sleepOnWorkflowMessage?: boolean
  /** `null`: until someone resumes it. */
  sleepTime?: number | null
  sleepTimeUnit?: string | null
  personality?: string
  /** An object in the search, a text elsewhere. */
  goal?: string | LeadConnectorAgentGoal
  instructions?: string
  fullPrompt?: string
  autoPilotMaxMessages?: number
  knowledgeBaseIds?: string[]
  respondToImages?: boolean
  respondToAudio?: boolean
  actions?: LeadConnectorActionPointer[]
  emailWaitTime?: number
  emailWaitTimeUnit?: string
  /** The vendor names the field and not what is in it. */
  emailSettings?: Record<string, unknown>
  knowledgeBaseTriggers?: LeadConnectorKnowledgeBaseTrigger[]
  workingHours?: LeadConnectorWorkingHoursPayload | null
  /** Only in the search. */
  createdAt?: string
  /** Only in the search. */
  updatedAt?: string
  traceId?: string
}

export interface LeadConnectorAgentGoal {
  prompt?: string
  type?: string
  actionId?: string | null
}

export interface LeadConnectorActionPointer {
  id: string
  type?: string
}

/** Which knowledge bases are used when. */
export interface LeadConnectorKnowledgeBaseTrigger {
  id?: string
  /** Such as `all`. */
  mode?: string
  knowledgeBaseIds?: string[]
  triggerCondition?: string
  priority?: number
}

/** An action as `GET /conversation-ai/agents/{agentId}/actions/{actionId}` sends it; some answers lack the details. */
export interface LeadConnectorActionPayload {
  id: string
  name?: string
  /**
   * `triggerWorkflow`, `updateContactField`, `appointmentBooking`, `stopBot`, `humanHandOver`, `advancedFollowup`,
   * `transferBot`, `customApi`.
   */
  type?: string
  agentId?: string
  /** Its shape depends on the type. That of `customApi` may hold what is secret. */
  details?: Record<string, unknown>
}

/** The answer of `GET /conversation-ai/agents/{agentId}/working-hours`. */
export interface LeadConnectorWorkingHoursPayload {
  enabled?: boolean
  /** `SMS`, `Email`, `WhatsApp`, `IG`, `FB`, `WebChat`, `Live_Chat`, `TIKTOK`. */
  channels?: string[]
  timezoneMode?: string
  /** By `mon` to `sun`. */
  schedule?: Record<string, { enabled?: boolean; slots?: LeadConnectorInterval[] }>
  continueConversations?: { enabled?: boolean; inactivityTimeout?: { value?: number; unit?: string } }
  offHoursAutoReply?: {
    enabled?: boolean
    message?: string
    sendNotification?: boolean
    notificationConfig?: LeadConnectorOffHoursNotification
  }
  followUp?: { enabled?: boolean; message?: string }
  employeeId?: string
  createdAt?: string
  updatedAt?: string
}

/** On the 24-hour clock. */
export interface LeadConnectorInterval {
  startHour: number
  startMinute: number
  endHour: number
  endMinute: number
}

/** Who is notified of a message outside the hours, and how the contact is tagged. */
export interface LeadConnectorOffHoursNotification {
  emailNotification?: {
    enabled?: boolean
    notifyAdmins?: boolean
    notifyAllUsers?: boolean
    notifyAssignedUser?: boolean
    notifySpecificUsers?: boolean
    specificUserIds?: string[]
    notifyCustomEmail?: boolean
    customEmail?: string
  }
  contactTags?: string[]
}

/** How one answer was made, as `GET /conversation-ai/generations` sends it. The vendor declares no element types. */
export interface LeadConnectorGenerationPayload {
  prompt?: string
  responseMessage?: string
  intent?: string
  input?: string
  mode?: string
  agentId?: string
  /** Seen instead of `agentId`. */
  employeeId?: string
  history?: { role?: string; content?: string }[] | null
  actionLogs?: LeadConnectorActionLogPayload[] | null
  faqs?: LeadConnectorChunkPayload[] | null
  website?: LeadConnectorChunkPayload[] | null
  /** Described by the vendor, declared nowhere; other spellings are read too. */
  richText?: LeadConnectorChunkPayload[] | null
  traceId?: string
}

/** What an agent did besides answering. The vendor declares no fields; its example has this one. */
export interface LeadConnectorActionLogPayload {
  contactUpdateAction?: { fieldId?: string; value?: unknown }[]
  [action: string]: unknown
}

/** A chunk of knowledge that was given to the model. */
export interface LeadConnectorChunkPayload {
  id?: string
  title?: string
  url?: string
  content?: string
}

/** A knowledge base as the list (`id`, `name`, `createdAt`) and the single read send it. */
export interface LeadConnectorKnowledgeBasePayload {
  id: string
  name?: string
  nameLowerCase?: string
  description?: string
  locationId?: string
  isDefault?: boolean
  deleted?: boolean
  /** How much of each kind it holds. Only FAQs and pages can be listed. */
  kbMetadata?: {
    faqs?: number
    urls?: number
    richText?: number
    files?: number
    webSearches?: number
    tables?: number
  }
  createdAt?: string
  updatedAt?: string
}

/** A question and its answer, as `/knowledge-bases/faqs` sends them. */
export interface LeadConnectorFaqPayload {
  id: string
  question?: string
  questionLowerCase?: string
  answer?: string
  knowledgeBaseId?: string
  locationId?: string
  /** The page that it was made from. */
  trainedUrlId?: string | null
  deleted?: boolean
  createdAt?: string
  updatedAt?: string
}

/** A page that was found by the crawler, as `GET /knowledge-bases/crawler` sends it. */
export interface LeadConnectorPagePayload {
  id: string
  url?: string
  title?: string
  /** `Pending`, `Processing`, `Successful`, `Failed`, `Existing`, `Restricted`, `Cancelled`, `Aborted`, `Training`. */
  status?: string
  locationId?: string
  knowledgeBaseId?: string
  /** The address of the page's text, not the text. */
  content?: string
  contentEditedByUser?: boolean
  updatedAt?: string
}

/** A crawl that was begun, as `POST /knowledge-bases/crawler` answers it. */
export interface LeadConnectorCrawlPayload {
  operationId: string
  status?: string
  url?: string
}
