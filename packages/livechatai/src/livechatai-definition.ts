import type { AdapterDefinition } from '@parley/core'
import { liveChatAI } from './livechatai.ts'
import type { LiveChatAI } from './livechatai-adapter.ts'
import { configSchema, env } from './livechatai-config.ts'
import type { LiveChatAIOptions } from './livechatai-options.ts'
import { vendor } from './livechatai-protocol.ts'

/** For `open`, so that configuration can choose this vendor. */
export const liveChatAIDefinition: AdapterDefinition<LiveChatAIOptions, LiveChatAI> = {
  vendor,
  label: 'LiveChatAI',
  configSchema,
  env,
  create: liveChatAI,
}
