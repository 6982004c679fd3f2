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
