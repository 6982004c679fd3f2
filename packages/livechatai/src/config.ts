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

/** What `liveChatAI` takes. What is not given is taken from the environment, where a variable is named. */
export interface LiveChatAIOptions extends AdapterOptions, LiveChatAIOwnOptions {
  /** Default `https://app.livechatai.com/api/v2`. An address without any path gets `/api/v2`. */
  baseUrl?: string
}

interface LiveChatAIOwnOptions {
  /** The workspace's API key, or a function that gives it. `LIVECHATAI_API_KEY`. */
  apiKey: Credential
  /** The AI agent whose conversations and contacts these are. `LIVECHATAI_AGENT_ID`. */
  agentId: string
  /**
   * The teammate who replies and closes, unless a call names another. The API cannot list teammates; their ids show as
   * `assignee.id` and `author.id`. `LIVECHATAI_USER_ID`.
   */
  userId?: string
  /**
   * Whether `messages.stream` asks the vendor to stream. The vendor documents the flag for it and not what comes then, so
   * every framing that is likely is read; try it with your account before you rely on it. Default `false`: the answer
   * comes whole.
   */
  streaming?: boolean
}

export const defaultBaseUrl = 'https://app.livechatai.com/api/v2'

type Definition = AdapterDefinition<LiveChatAIOptions>

export const configSchema: Definition['configSchema'] = optionSchema<LiveChatAIOwnOptions>({
  apiKey: credentialOption,
  agentId: textOption,
  userId: optional(textOption),
  streaming: optional(flagOption),
})

export const env: Definition['env'] = {
  apiKey: 'LIVECHATAI_API_KEY',
  agentId: 'LIVECHATAI_AGENT_ID',
  userId: 'LIVECHATAI_USER_ID',
}
