import type {
  AgentConversationRawAgent,
  AgentConversationRawAIConfig,
  AgentConversationRawAssignedUser,
  AgentConversationRawUser,
} from '../wire/index.ts'
import type { AgentConversationList, AgentConversationPage } from './agent-conversation-native-shapes.ts'
import type {
  AgentConversationLimitAmounts,
  AgentConversationLimits,
  AgentConversationUserQuery,
} from './agent-conversation-native-types-users.ts'

/** The key's own agent. Nothing lists agents, with any key. */
export interface AgentConversationAgentEndpoints {
  /**
   * "Get agent by API key". **The answer holds secrets**: `skills[].apiKey` is the key itself, `headers` of skills may
   * carry credentials, `aiConfig.instructions` is the system prompt. Drop them before it is logged or stored;
   * `agents.list` of the contract has done so.
   */
  'GET /agents/by-api-key': { answer: AgentConversationAgent }
  /** "Agent statistic": usage totals, whose names are undocumented. */
  'GET /agents/statistic': {
    query: {
      /** ISO 8601. */
      startDate?: string
      endDate?: string
      fkId?: string
      fkUserId?: string
      userId?: string
      conversationUserId?: string
    }
    answer: Record<string, unknown>
  }
  /** "Get agent limits": with the current usage. */
  'GET /agents/limits': { answer: AgentConversationLimits }
  /** "Create agent limits". */
  'POST /agents/limits': { body: AgentConversationLimitAmounts; answer: AgentConversationLimits }
  /** "Update agent limits". */
  'PUT /agents/limits': { body: AgentConversationLimitAmounts; answer: AgentConversationLimits }
  /** "Delete agent limits". What it answers is undocumented. */
  'DELETE /agents/limits': { answer: unknown }
  /** "Create webhook": nothing lists, changes or deletes one, and deliveries are not signed. */
  'POST /agents/webhooks': {
    body: AgentConversationWebhook
    /** **Gives `headers` back**, which may hold a credential. */
    answer: AgentConversationWebhook & {
      id: string
      agentId?: string
      status?: 'active' | 'inactive' | (string & {})
      createdAt?: string
      updatedAt?: string
    }
  }
  /** "Log resource usage". */
  'POST /resource-usage': {
    body: { type: 'OPENAI_TOKENS' | 'VAPI_SECONDS'; amount: number }
    answer: undefined
  }
}

/** What the organisation's key is for: these need the adapter's option `organizationKey`. */
export interface AgentConversationOrganizationEndpoints {
  /** "Create agent". Its fields are those of the agent; which are required is undocumented. **Answers with secrets.** */
  'POST /agents': { body: AgentConversationAgentBody; answer: AgentConversationAgent }
  /** "Update agent". **Answers with secrets**, as `GET /agents/by-api-key` does. */
  'PUT /agents/{id}': { body: AgentConversationAgentBody; answer: AgentConversationAgent }
  /** "Agent users". */
  'GET /agents/{id}/users': {
    query: AgentConversationUserQuery
    answer: AgentConversationPage<AgentConversationRawUser>
  }
  /** "Agent roles". Their fields are undocumented. */
  'GET /agent-roles/by-api-key': { answer: unknown }
  /** "Platform users": the teammates, whose ids are what `authorId` takes. Their fields are undocumented. */
  'GET /platform-users': {
    query: { role?: 'owner' | 'admin' | 'user' | 'copilot_user' | 'copilot_agent_user' | 'copilot_admin' }
    answer: AgentConversationList<Partial<AgentConversationRawAssignedUser> & { role?: string }>
  }
}

interface AgentConversationAgent extends Omit<AgentConversationRawAgent, 'aiConfig'> {
  aiConfig?: AgentConversationAIConfig | null
}

interface AgentConversationAIConfig extends AgentConversationRawAIConfig {
  /** The system prompt. */
  instructions?: string | null
}

interface AgentConversationAgentBody {
  name?: string
  publicName?: string
  role?: string
  description?: string
  avatarUrl?: string
  status?: 'active' | 'inactive' | 'draft'
  tags?: string[]
  aiConfig?: AgentConversationAIConfig
  restrictDocumentsToOwnerOnly?: boolean
  [field: string]: unknown
}

interface AgentConversationWebhook {
  title: string
  description: string
  /** HTTPS on a public host; anything else is refused with a 400. */
  url: string
  triggerCondition:
    | 'each_message'
    | 'end_dialog'
    | 'start_dialog'
    | 'chat_currently_unavailable'
    | 'auto_archive_conversation'
    | 'manual'
  /** Sent along with each delivery: the only way to know who sends it. */
  headers?: Record<string, string>
}
