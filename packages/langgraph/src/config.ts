import {
  type AdapterDefinition,
  type AdapterOptions,
  type Credential,
  credentialOption,
  optional,
  optionSchema,
  textOption,
} from '@parley/core'

/** The options of `langGraph`. Omitted ones are read from the environment variable that is named below. */
export interface LangGraphOptions extends AdapterOptions, LangGraphOwnOptions {
  /** The address of the server. Default `http://127.0.0.1:2024`, where `langgraph dev` listens. */
  baseUrl?: string
}

interface LangGraphOwnOptions {
  /**
   * The key, sent as `x-api-key`. A deployment on LangGraph Platform needs one; a server of your own often has none.
   * Environment: `LANGGRAPH_API_KEY`.
   */
  apiKey?: Credential
  /**
   * The id of the assistant that answers questions, or the name of its graph. `agentId` of a question replaces it.
   * Without both, a question is refused. Environment: `LANGGRAPH_ASSISTANT_ID`.
   */
  assistantId?: string
  /**
   * The graph of new assistants and new threads. The state of a thread without a graph cannot be changed, so
   * `messages.reply` needs it in a thread in which nothing was asked. Default: `assistantId`, unless it is a UUID.
   */
  graphId?: string
  /** The key of the graph's state that has the messages. Default `messages`. */
  messagesKey?: string
  /**
   * The `name` by which a graph marks the messages that a person of the business wrote. `messages.reply` sets it. Default
   * `operator`.
   */
  operatorName?: string
  /** The key of a thread's metadata that has the id of the contact. Default `contact`. */
  contactKey?: string
}

export const defaults = {
  baseUrl: 'http://127.0.0.1:2024',
  messagesKey: 'messages',
  operatorName: 'operator',
  contactKey: 'contact',
} as const

type Definition = AdapterDefinition<LangGraphOptions>

export const configSchema: Definition['configSchema'] = optionSchema<LangGraphOwnOptions>({
  apiKey: optional(credentialOption),
  assistantId: optional(textOption),
  graphId: optional(textOption),
  messagesKey: optional(textOption),
  operatorName: optional(textOption),
  contactKey: optional(textOption),
})

export const env: Definition['env'] = {
  apiKey: 'LANGGRAPH_API_KEY',
  assistantId: 'LANGGRAPH_ASSISTANT_ID',
}
