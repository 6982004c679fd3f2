export { type LangGraph, langGraph, langGraphDefinition } from './adapter.ts'
export type { LangGraphAgents } from './agents.ts'
export type { LangGraphOptions } from './config.ts'
export type { LangGraphControl } from './control.ts'
export type { LangGraphConversations } from './conversations.ts'
export type { LangGraphMessages } from './messages.ts'
export type { LangGraphEndpoints, LangGraphNative, LangGraphRunBody, LangGraphRunResult } from './native/types.ts'
export type { LangGraphVendorOptions } from './options.ts'
export type {
  LangGraphAssistantPayload,
  LangGraphCheckpointPayload,
  LangGraphContentPayload,
  LangGraphInterruptPayload,
  LangGraphMessagePayload,
  LangGraphRunPayload,
  LangGraphStatePayload,
  LangGraphTaskPayload,
  LangGraphThreadPayload,
  LangGraphToolCallPayload,
} from './wire.ts'
