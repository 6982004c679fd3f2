/** A contact. A list shows the first seven fields, a retrieve all. */
export interface LiveChatAIRawContact {
  id: string
  distinctId?: string | null
  name?: string | null
  email?: string | null
  phone?: string | null
  country?: string | null
  createdAt?: string
  updatedAt?: string
  /** The AI agent it belongs to. */
  agentId?: string
  /** Such as `website`; not the vocabulary of `integrationType`. */
  chatSource?: string | null
  threadId?: string | null
  ip?: string | null
  /** A list in "contacts/retrieve", a map everywhere else. */
  attributes?: LiveChatAIRawAttribute[] | Record<string, unknown> | null
}

export interface LiveChatAIRawAttribute {
  key?: string
  value?: unknown
}
