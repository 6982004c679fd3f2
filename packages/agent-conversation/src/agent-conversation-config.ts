import {
  type AdapterDefinition,
  type AdapterOptions,
  credentialOption,
  flagOption,
  numberOption,
  optional,
  optionSchema,
  patternOption,
  textOption,
} from '@parley/core'
import type { AgentConversation } from './agent-conversation-adapter.ts'
import type { AgentConversationOptions } from './agent-conversation-options.ts'

type Definition = AdapterDefinition<AgentConversationOptions, AgentConversation>

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
