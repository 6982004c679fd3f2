import { type AdapterDefinition, credentialOption, flagOption, optional, optionSchema, textOption } from '@parley/core'
import type { LiveChatAI } from './livechatai-adapter.ts'
import type { LiveChatAIOptions, LiveChatAIOwnOptions } from './livechatai-options.ts'

type Definition = AdapterDefinition<LiveChatAIOptions, LiveChatAI>

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
