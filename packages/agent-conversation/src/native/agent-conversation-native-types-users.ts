import type { AgentConversationRawUser } from '../wire/index.ts'
import type { AgentConversationPage, AgentConversationPageQuery } from './agent-conversation-native-shapes.ts'

/** The people that the agent talks to. Nothing changes one. */
export interface AgentConversationUserEndpoints {
  /** "Create user": with at least one of email, phone number and `fkId`. A 400 may mean that there is one already. */
  'POST /users': { body: AgentConversationNewUser; answer: AgentConversationRawUser }
  /** "Search user": by one of the three. A 404 means that there is none. */
  'GET /users/search': {
    query: { email: string } | { phoneNumber: string } | { fkId: string }
    answer: { user: AgentConversationRawUser; conversationIds?: string[] }
  }
  /** "Get user". */
  'GET /users/{id}': { answer: AgentConversationRawUser }
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
  'GET /agents/users': { query: AgentConversationUserQuery; answer: AgentConversationPage<AgentConversationRawUser> }
}

export interface AgentConversationUserQuery extends AgentConversationPageQuery {
  orderBy?: 'createdAt'
}

/** How much may be used in a month, by a user or by the agent. Writing limits sets all four. */
export interface AgentConversationLimitAmounts {
  tokensAmountPerMonth: number
  smsAmountPerMonth: number
  emailsAmountPerMonth: number
  secondsAmountPerMonth: number
}

export interface AgentConversationLimits extends AgentConversationLimitAmounts {
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
