import {
  type AdapterDefinition,
  type AdapterOptions,
  type Credential,
  credentialOption,
  flagOption,
  optional,
  optionSchema,
  textOption,
} from '@parley/core'

/** The options of `liveChatAI`. Omitted ones are read from the environment variable that is named below. */
export interface LiveChatAIOptions extends AdapterOptions, LiveChatAIOwnOptions {
  /**
   * The default teammate for `messages.reply`, which needs one, and for `conversations.close`. The API cannot list
   * teammates; find their ids in `assignee.id` and `author.id`. Environment: `LIVECHATAI_OPERATOR_ID`.
   */
  operatorId?: string
  /** Default `https://app.livechatai.com/api/v2`. An address without any path gets `/api/v2`. */
  baseUrl?: string
}

interface LiveChatAIOwnOptions {
  /** The workspace's API key, or a function that returns it. Environment: `LIVECHATAI_API_KEY`. */
  apiKey: Credential
  /** The id of the AI agent whose conversations and contacts are read. Environment: `LIVECHATAI_AGENT_ID`. */
  agentId: string
  /**
   * Whether `messages.stream` asks the vendor to stream. The vendor documents the flag but not the format of the
   * stream, so Parley reads every likely format. Try it with your account before you rely on it. Default `false`: the
   * answer arrives in one piece.
   */
  streaming?: boolean
}

export const defaultBaseUrl = 'https://app.livechatai.com/api/v2'

type Definition = AdapterDefinition<LiveChatAIOptions>

export const configSchema: Definition['configSchema'] = optionSchema<LiveChatAIOwnOptions>({
  apiKey: credentialOption,
  agentId: textOption,
  streaming: optional(flagOption),
})

export const env: Definition['env'] = {
  apiKey: 'LIVECHATAI_API_KEY',
  agentId: 'LIVECHATAI_AGENT_ID',
  operatorId: 'LIVECHATAI_OPERATOR_ID',
}
