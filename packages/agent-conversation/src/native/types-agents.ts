import type {
  AgentConversationAgentPayload,
  AgentConversationAIConfigPayload,
  AgentConversationUserPayload,
} from '../wire.ts'
import type { AgentConversationList, AgentConversationPage, AgentConversationPageQuery } from './shapes.ts'

/** The agent of the key. No endpoint lists agents. */
export interface AgentConversationAgentEndpoints {
  /**
   * "Get agent by API key". **The response contains secrets**: `skills[].apiKey` is the key itself, `headers` of skills
   * may contain credentials, `aiConfig.instructions` is the system prompt. Remove them before you log or store the
   * response. `agents.list` of the contract returns none of them.
   */
  'GET /agents/by-api-key': { answer: AgentConversationAgent }
  /** "Agent statistic": usage totals. */
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
    answer: AgentConversationStatistic
  }
  /** "Get agent limits": the current usage. Only writing the limits returns the limits themselves. */
  'GET /agents/limits': { answer: AgentConversationUsage }
  /** "Create agent limits". */
  'POST /agents/limits': { body: AgentConversationLimitAmounts; answer: AgentConversationAgentLimits }
  /** "Update agent limits". */
  'PUT /agents/limits': { body: AgentConversationLimitAmounts; answer: AgentConversationAgentLimits }
  /** "Delete agent limits". The response is undocumented. */
  'DELETE /agents/limits': { answer: unknown }
  /** "Create webhook": no endpoint lists, changes or deletes one. Deliveries are not signed. */
  'POST /agents/webhooks': {
    body: AgentConversationWebhook
    /** **Returns `headers`**, which may contain a credential. */
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

/** The endpoints of the organization's key. They need the adapter's option `organizationKey`. */
export interface AgentConversationOrganizationEndpoints {
  /**
   * "Create agent". The body is flat: it has neither the `role` nor the `aiConfig` of the response. **The response
   * contains secrets**, as in `GET /agents/by-api-key`, and the new agent's key in plain text.
   */
  'POST /agents': {
    body: AgentConversationNewAgent
    answer: AgentConversationAgent & {
      /**
       * **A secret**: the key of the new agent. `null`: it has none.
       *
       * @deprecated by the vendor, but still sent.
       */
      agentApiKey?: string | null
    }
  }
  /**
   * "Update agent": omitted fields do not change. **The response contains secrets**, as in `GET /agents/by-api-key`.
   */
  'PUT /agents/{id}': { body: AgentConversationAgentChange; answer: AgentConversationAgent }
  /** "Agent users". */
  'GET /agents/{id}/users': {
    query: AgentConversationUserQuery
    answer: AgentConversationPage<AgentConversationUserPayload>
  }
  /** "Agent roles": their ids are the values for `roleId` of a new agent. */
  'GET /agent-roles/by-api-key': { answer: AgentConversationList<AgentConversationRole> }
  /** "Platform users": the operators. Their ids are the values for `authorId`. */
  'GET /platform-users': {
    query: { role?: 'owner' | 'admin' | 'user' | 'copilot_user' | 'copilot_agent_user' | 'copilot_admin' }
    answer: AgentConversationList<AgentConversationTeammate>
  }
}

interface AgentConversationAgent extends Omit<AgentConversationAgentPayload, 'aiConfig'> {
  aiConfig?: AgentConversationAIConfig | null
}

interface AgentConversationAIConfig extends AgentConversationAIConfigPayload {
  /** The system prompt. */
  instructions?: string | null
}

/** The fields that creating and updating an agent share, without the required ones of either. */
type AgentConversationAgentSettings = {
  description?: string
  /** The system prompt. */
  instructions?: string
  /** The model. The vendor's list of models changes often. */
  model?: string
  topP?: number
  temperature?: number
  isCodeInterpreterEnabled?: boolean
  reasoningEffort?: 'low' | 'medium' | 'high' | 'xhigh' | 'minimal' | 'none' | 'max'
  reasoningMode?: 'standard' | 'pro'
  isOutputJsonSchemaEnabled?: boolean
  /** A JSON schema as a string. Required even if it is not enabled. */
  outputJsonSchema: string
  restrictDocumentsToOwnerOnly?: boolean
} & (
  | { isFileSearchEnabled?: false; fileSearchMaxNumResults?: number }
  /** File search requires a number of results. */
  | { isFileSearchEnabled: boolean; fileSearchMaxNumResults: number }
)

type AgentConversationNewAgent = AgentConversationAgentSettings & {
  /** From `GET /agent-roles/by-api-key`. It cannot be changed later. */
  roleId: string
  /** The internal name. Contacts see `publicName`. */
  name: string
  publicName: string
  /** May be empty. */
  tags: readonly string[]
  /** Whether the agent gets a key of its own. */
  isApiSkillEnabled?: boolean
}

type AgentConversationAgentChange = AgentConversationAgentSettings & {
  name?: string
  publicName?: string
  tags?: readonly string[]
  avatarUrl?: string
  backgroundUrl?: string
  status?: 'active' | 'inactive' | 'draft'
  /** The agent's message when it fails. */
  defaultErrorMessage?: string
}

/** Totals for the requested dates and users. */
interface AgentConversationStatistic {
  tokensUsed: number
  tokensPerConversation: number
  /** Seconds of calls. */
  vapiSecondsUsed: number
  /** In seconds. */
  averageCallDuration: number
  smsUsed: number
  smsPerConversation: number
  emailsUsed: number
  emailsPerConversation: number
}

/** The used part of the monthly limits. */
interface AgentConversationUsage {
  emailsAmount: number
  smsAmount: number
  tokensAmount: number
  secondsAmount: number
}

interface AgentConversationAgentLimits extends AgentConversationLimits {
  agentId: string
}

interface AgentConversationRole {
  id: string
  name: string
  description: string
}

/** An operator of the organization. The response omits the role, which the list can be filtered by. */
interface AgentConversationTeammate {
  id: string
  email: string
  phoneNumber: string
  firstName: string
  lastName: string
}

interface AgentConversationWebhook {
  title: string
  description: string
  /** HTTPS on a public host. Other URLs are refused with a 400. */
  url: string
  triggerCondition:
    | 'each_message'
    | 'end_dialog'
    | 'start_dialog'
    | 'chat_currently_unavailable'
    | 'auto_archive_conversation'
    | 'manual'
  /** Sent with each delivery. They are the only way to recognize the sender. */
  headers?: Record<string, string>
}

/** The users that the agent talks to. No endpoint changes one. */
export interface AgentConversationUserEndpoints {
  /** "Create user": with at least one of email, phone number and `fkId`. A 400 may mean that the user exists. */
  'POST /users': { body: AgentConversationNewUser; answer: AgentConversationUserPayload }
  /** "Search user": by one of the three. A 404 means that there is no such user. */
  'GET /users/search': {
    query: { email: string } | { phoneNumber: string } | { fkId: string }
    answer: { user: AgentConversationUserPayload; conversationIds?: string[] }
  }
  /** "Get user". */
  'GET /users/{id}': { answer: AgentConversationUserPayload }
  /** "Delete user". */
  'DELETE /users/{id}': { answer: undefined }
  /** "Get user limits". */
  'GET /users/{id}/limits': { answer: AgentConversationUserLimits }
  /** "Create user limits". */
  'POST /users/{id}/limits': { body: AgentConversationLimitAmounts; answer: AgentConversationUserLimits }
  /** "Update user limits". */
  'PUT /users/{id}/limits': { body: AgentConversationLimitAmounts; answer: AgentConversationUserLimits }
  /** "Delete user limits". The response is undocumented. */
  'DELETE /users/{id}/limits': { answer: unknown }
  /**
   * "Agent users". The specification declares an agent here by mistake. Its twin for the organization's key declares
   * this page.
   */
  'GET /agents/users': {
    query: AgentConversationUserQuery
    answer: AgentConversationPage<AgentConversationUserPayload>
  }
}

interface AgentConversationUserQuery extends AgentConversationPageQuery {
  orderBy?: 'createdAt'
}

/** The monthly limits of a user or of the agent. Writing limits sets all four. */
interface AgentConversationLimitAmounts {
  tokensAmountPerMonth: number
  smsAmountPerMonth: number
  emailsAmountPerMonth: number
  secondsAmountPerMonth: number
}

interface AgentConversationLimits extends AgentConversationLimitAmounts {
  id: string
  /** Whether the limits are the organization's defaults. */
  isOrganizationDefault: boolean
}

interface AgentConversationUserLimits extends AgentConversationLimits {
  /** The user of the limits. The reference documents this name only for an agent (`agentId`), so it may differ. */
  userId?: string
}

type AgentConversationNewUser = {
  firstName: string
  lastName: string
  phoneNumber?: string
  email?: string
  /** The application's own id of the record. The search finds it. */
  fkId?: string
  /** The application's own id of the person. */
  fkUserId?: string
  context?: string
  /** The origin of the person, such as `crm`. */
  source?: string
  customData?: Record<string, unknown>
  skipPhoneNumberValidation?: boolean
  skipEmailValidation?: boolean
} & ({ phoneNumber: string } | { email: string } | { fkId: string })
