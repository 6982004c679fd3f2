import {
  type AdapterDefinition,
  type AdapterOptions,
  type Credential,
  credentialOption,
  flagOption,
  isHeaderName,
  numberOption,
  type OptionCheck,
  optional,
  optionSchema,
  patternOption,
} from '@parley/core'

/** The options of `agentConversation`. Omitted ones are read from the environment variable that is named below. */
export interface AgentConversationOptions extends AdapterOptions {
  /**
   * The agent's API key, or a function that returns it. Each agent has its own key. Environment:
   * `AGENT_CONVERSATION_API_KEY`.
   */
  apiKey: Credential
  /**
   * The URL of the deployment, with its route prefix. A URL without a path gets `/external`. Default
   * `https://api.raia2.com/external`, raia in the US; a key works only in its region. Environment:
   * `AGENT_CONVERSATION_BASE_URL`.
   */
  baseUrl?: string
  /** The header for the key. Default `Agent-Secret-Key`. Environment: `AGENT_CONVERSATION_AUTH_HEADER`. */
  authHeader?: string
  /**
   * The text before the key in that header, such as `Bearer `. Default: none. Environment:
   * `AGENT_CONVERSATION_AUTH_PREFIX`.
   */
  authPrefix?: string
  /**
   * The organisation's key, or a function that returns it. Only for the `native` endpoints that need it: agents, their
   * roles, teammates. Environment: `AGENT_CONVERSATION_ORGANIZATION_KEY`.
   */
  organizationKey?: Credential
  /**
   * The header for the organisation's key. Default `Organization-Secret-Key`. Environment:
   * `AGENT_CONVERSATION_ORGANIZATION_HEADER`.
   */
  organizationHeader?: string
  /**
   * The teammate who is the author of replies and started conversations. Environment: `AGENT_CONVERSATION_OPERATOR_ID`.
   */
  operatorId?: string
  /**
   * The name of a contact that is made for a visitor without one, because the vendor demands a first and a last name.
   * Default `{ firstName: 'Website', lastName: 'visitor' }`.
   */
  placeholderName?: { firstName: string; lastName: string }
  /** How long `messages.ask` waits for an answer by default, in milliseconds. Default 120,000. */
  replyTimeout?: number
  /**
   * Whether to read the names of workflow states. Costs one more request every five minutes. Default `false`: only the
   * ids.
   */
  stateNames?: boolean
}

export const defaults = {
  baseUrl: 'https://api.raia2.com/external',
  authHeader: 'Agent-Secret-Key',
  authPrefix: '',
  organizationHeader: 'Organization-Secret-Key',
  replyTimeout: 120_000,
  placeholderName: { firstName: 'Website', lastName: 'visitor' },
} as const

type Definition = AdapterDefinition<AgentConversationOptions>

type Own = Omit<AgentConversationOptions, keyof AdapterOptions>

const headerOption: OptionCheck = (value) =>
  typeof value === 'string' && isHeaderName(value) ? undefined : 'must be the name of a header that a program may send'

const placeholderName: OptionCheck = (value) => {
  const { firstName, lastName } = Object(value) as Record<string, unknown>
  const isGood = [firstName, lastName].every((name) => typeof name === 'string' && name.trim() !== '')
  return isGood ? undefined : 'must be { firstName, lastName }, both with a text'
}

/** The vendor's own options. Core checks the common ones. */
export const configSchema: Definition['configSchema'] = optionSchema<Own>({
  apiKey: credentialOption,
  authHeader: optional(headerOption),
  authPrefix: optional(patternOption(/^[\t\x20-\x7e]*$/, 'must be plain text')),
  organizationKey: optional(credentialOption),
  organizationHeader: optional(headerOption),
  placeholderName: optional(placeholderName),
  replyTimeout: optional(numberOption(1)),
  stateNames: optional(flagOption),
})

export const env: Definition['env'] = {
  apiKey: 'AGENT_CONVERSATION_API_KEY',
  baseUrl: 'AGENT_CONVERSATION_BASE_URL',
  authHeader: 'AGENT_CONVERSATION_AUTH_HEADER',
  authPrefix: 'AGENT_CONVERSATION_AUTH_PREFIX',
  organizationKey: 'AGENT_CONVERSATION_ORGANIZATION_KEY',
  organizationHeader: 'AGENT_CONVERSATION_ORGANIZATION_HEADER',
  operatorId: 'AGENT_CONVERSATION_OPERATOR_ID',
}
