import type {
  AgentConversationAgentPayload,
  AgentConversationAIConfigPayload,
  AgentConversationUserPayload,
} from '../wire.ts'
import type { AgentConversationList, AgentConversationPage, AgentConversationPageQuery } from './shapes.ts'

/** The key's own agent. Nothing lists agents, with any key. */
export interface AgentConversationAgentEndpoints {
  /**
   * "Get agent by API key". **The answer holds secrets**: `skills[].apiKey` is the key itself, `headers` of skills may
   * carry credentials, `aiConfig.instructions` is the system prompt. Drop them before it is logged or stored;
   * `agents.list` of the contract has done so.
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
  /** "Get agent limits": the current usage. What the limits are, only writing them tells. */
  'GET /agents/limits': { answer: AgentConversationUsage }
  /** "Create agent limits". */
  'POST /agents/limits': { body: AgentConversationLimitAmounts; answer: AgentConversationAgentLimits }
  /** "Update agent limits". */
  'PUT /agents/limits': { body: AgentConversationLimitAmounts; answer: AgentConversationAgentLimits }
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
  /**
   * "Create agent". The body is flat: it has neither the `role` nor the `aiConfig` of the answer. **Answers with secrets**,
   * as `GET /agents/by-api-key` does, and with the new agent's key in clear.
   */
  'POST /agents': {
    body: AgentConversationNewAgent
    answer: AgentConversationAgent & {
      /**
       * **A secret**: the key of the new agent. `null` without one.
       *
       * @deprecated by the vendor, and still sent.
       */
      agentApiKey?: string | null
    }
  }
  /** "Update agent": what is left out stays. **Answers with secrets**, as `GET /agents/by-api-key` does. */
  'PUT /agents/{id}': { body: AgentConversationAgentChange; answer: AgentConversationAgent }
  /** "Agent users". */
  'GET /agents/{id}/users': {
    query: AgentConversationUserQuery
    answer: AgentConversationPage<AgentConversationUserPayload>
  }
  /** "Agent roles", whose ids are what `roleId` of a new agent takes. */
  'GET /agent-roles/by-api-key': { answer: AgentConversationList<AgentConversationRole> }
  /** "Platform users": the teammates, whose ids are what `authorId` takes. */
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

/** What a new agent and a change of one have in common, but for what either requires. */
type AgentConversationAgentSettings = {
  description?: string
  /** The system prompt. */
  instructions?: string
  /** The vendor's list of them changes often. */
  model?: string
  topP?: number
  temperature?: number
  isCodeInterpreterEnabled?: boolean
  reasoningEffort?: 'low' | 'medium' | 'high' | 'xhigh' | 'minimal' | 'none' | 'max'
  reasoningMode?: 'standard' | 'pro'
  isOutputJsonSchemaEnabled?: boolean
  /** As a text. It has to be given whether or not it is enabled. */
  outputJsonSchema: string
  restrictDocumentsToOwnerOnly?: boolean
} & (
  | { isFileSearchEnabled?: false; fileSearchMaxNumResults?: number }
  /** Searching needs a number of results. */
  | { isFileSearchEnabled: boolean; fileSearchMaxNumResults: number }
)

type AgentConversationNewAgent = AgentConversationAgentSettings & {
  /** From `GET /agent-roles/by-api-key`; it cannot be changed later. */
  roleId: string
  /** The internal name; `publicName` is the one that contacts see. */
  name: string
  publicName: string
  /** May be empty. */
  tags: readonly string[]
  /** Whether it gets a key of its own. */
  isApiSkillEnabled?: boolean
}

type AgentConversationAgentChange = AgentConversationAgentSettings & {
  name?: string
  publicName?: string
  tags?: readonly string[]
  avatarUrl?: string
  backgroundUrl?: string
  status?: 'active' | 'inactive' | 'draft'
  /** What the agent says when it fails. */
  defaultErrorMessage?: string
}

/** Totals within the dates and of the people that are asked for. */
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

/** What of the monthly limits is used up. */
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

/** Someone of the organisation. The role that the list can be filtered by is not shown. */
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

/** The people that the agent talks to. Nothing changes one. */
export interface AgentConversationUserEndpoints {
  /** "Create user": with at least one of email, phone number and `fkId`. A 400 may mean that there is one already. */
  'POST /users': { body: AgentConversationNewUser; answer: AgentConversationUserPayload }
  /** "Search user": by one of the three. A 404 means that there is none. */
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
  /** "Delete user limits". What it answers is undocumented. */
  'DELETE /users/{id}/limits': { answer: unknown }
  /** "Agent users": the specification declares an agent here by mistake; its twin with the other key, this page. */
  'GET /agents/users': {
    query: AgentConversationUserQuery
    answer: AgentConversationPage<AgentConversationUserPayload>
  }
}

interface AgentConversationUserQuery extends AgentConversationPageQuery {
  orderBy?: 'createdAt'
}

/** How much may be used in a month, by a user or by the agent. Writing limits sets all four. */
interface AgentConversationLimitAmounts {
  tokensAmountPerMonth: number
  smsAmountPerMonth: number
  emailsAmountPerMonth: number
  secondsAmountPerMonth: number
}

interface AgentConversationLimits extends AgentConversationLimitAmounts {
  id: string
  /** Whether they are what the organisation sets for all. */
  isOrganizationDefault: boolean
}

interface AgentConversationUserLimits extends AgentConversationLimits {
  /** Whose they are. The reference spells this name out for an agent's only (`agentId`), so it may be another one. */
  userId?: string
}

type AgentConversationNewUser = {
  firstName: string
  lastName: string
  phoneNumber?: string
  email?: string
  /** The application's own id of the record, which the search finds. */
  fkId?: string
  /** The application's own id of the person. */
  fkUserId?: string
  context?: string
  /** Where the person came from, such as `crm`. */
  source?: string
  customData?: Record<string, unknown>
  skipPhoneNumberValidation?: boolean
  skipEmailValidation?: boolean
} & ({ phoneNumber: string } | { email: string } | { fkId: string })
