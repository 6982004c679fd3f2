/**
 * What `agent.raw` holds: `GET /agents/by-api-key` without its secrets. The keys and headers of skills and the system
 * prompt are dropped before anything of this library sees them.
 */
export interface AgentConversationRawAgent {
  id: string
  organizationId?: string
  organizationName?: string
  /** The internal name; `publicName` is the one that contacts see. */
  name?: string
  publicName?: string
  role?: string
  description?: string | null
  vectorStoreId?: string | null
  aiConfig?: AgentConversationRawAIConfig | null
  /** The same in an early edition. */
  assistant?: AgentConversationRawAIConfig | null
  /** The same in the oldest edition. */
  assistantId?: string
  avatarUrl?: string | null
  status?: 'active' | 'inactive' | 'draft' | (string & {})
  tags?: string[] | null
  skills?: AgentConversationRawSkill[]
  restrictDocumentsToOwnerOnly?: boolean
}

export interface AgentConversationRawAIConfig {
  id?: string
  model?: string
  temperature?: number | null
  topP?: number | null
  isCodeInterpreterEnabled?: boolean
  isFileSearchEnabled?: boolean
  fileSearchMaxNumResults?: number | null
  reasoningEffort?: string | null
  reasoningMode?: string | null
  isOutputJsonSchemaEnabled?: boolean
  outputJsonSchema?: unknown
}

/** One of the agent's abilities. Each kind has more fields of its own. */
export interface AgentConversationRawSkill {
  systemName?: string
  status?: 'active' | 'inactive' | (string & {})
  [field: string]: unknown
}
