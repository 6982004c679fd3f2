import {
  type AdapterDefinition,
  type AdapterOptions,
  type Credential,
  credentialOption,
  flagOption,
  numberOption,
  optional,
  optionSchema,
  patternOption,
  textOption,
} from '@parley/core'

/** What `agentConversation` takes. What is not given is taken from the environment, where a variable is named. */
export interface AgentConversationOptions extends AdapterOptions {
  /** The agent's API key, or a function that gives it. One key is one agent. `AGENT_CONVERSATION_API_KEY`. */
  apiKey: Credential
  /**
   * The deployment, with its route prefix. An address without any path gets `/external`. `AGENT_CONVERSATION_BASE_URL`.
   * Default `https://api.raia2.com/external`, raia in the US; keys are bound to a region.
   */
  baseUrl?: string
  /** The header that carries the key. Default `Agent-Secret-Key`. `AGENT_CONVERSATION_AUTH_HEADER`. */
  authHeader?: string
  /** What stands before the key in that header, such as `Bearer `. Default nothing. `AGENT_CONVERSATION_AUTH_PREFIX`. */
  authPrefix?: string
  /**
   * The organisation's key, or a function that gives it. Only for those endpoints of `native` that need it: agents, their
   * roles, teammates. `AGENT_CONVERSATION_ORGANIZATION_KEY`.
   */
  organizationKey?: Credential
  /**
   * The header that carries the organisation's key. Default `Organization-Secret-Key`.
   * `AGENT_CONVERSATION_ORGANIZATION_HEADER`.
   */
  organizationHeader?: string
  /** The teammate whom replies and started conversations are credited to. `AGENT_CONVERSATION_OPERATOR_ID`. */
  operatorId?: string
  /** How long `messages.ask` waits for an answer by default, in milliseconds. Default 120,000. */
  replyTimeout?: number
  /**
   * Whether a conversation's workflow state comes with its name. Costs one more request in five minutes. Default `false`:
   * its id only.
   */
  stateNames?: boolean
}

export const defaults = {
  baseUrl: 'https://api.raia2.com/external',
  authHeader: 'Agent-Secret-Key',
  authPrefix: '',
  organizationHeader: 'Organization-Secret-Key',
  replyTimeout: 120_000,
} as const

type Definition = AdapterDefinition<AgentConversationOptions>

type Own = Omit<AgentConversationOptions, keyof AdapterOptions>

const headerOption = patternOption(/^[!#$%&'*+.^_`|~\w-]+$/, 'must be the name of a header')

/** The vendor's own; core checks those that every adapter has. */
export const configSchema: Definition['configSchema'] = optionSchema<Own>({
  apiKey: credentialOption,
  authHeader: optional(headerOption),
  authPrefix: optional(patternOption(/^[\t\x20-\x7e]*$/, 'must be plain text')),
  organizationKey: optional(credentialOption),
  organizationHeader: optional(headerOption),
  operatorId: optional(textOption),
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
