import { start } from './start.ts'

export { type AgentConversationWebhooks, createAgentConversationEmulator } from './agent-conversation/index.ts'
export { type Clock, runningClock } from './kit/clock.ts'
export type {
  CreateEmulator,
  Emulator,
  EmulatorContext,
  Plant,
  PlantedMessage,
  SendingSettings,
  ShapeSettings,
  Shapes,
} from './kit/emulator.ts'
export type { Fault, FaultKind, FaultMatch, FaultRate, Faults, InjectedFault } from './kit/faults.ts'
export { type RecordedRequest, type ServedEmulator, type ServeOptions, serveEmulator } from './kit/serve.ts'
export { type TestClock, type TestClockOptions, testClock } from './kit/test-clock.ts'
export type { WebhookAttempt, WebhookOddity, WebhookRate, Webhooks, WebhookTargets } from './kit/webhooks.ts'
export { createLeadConnectorEmulator, type LeadConnectorWebhooks } from './leadconnector/index.ts'
export { createLiveChatAIEmulator } from './livechatai/index.ts'
export { type Sandbox, type SandboxOptions, type SandboxVendor, sandboxVendors, start } from './start.ts'
export { answer } from './world/answer.ts'
export { createWorld, defaultNow } from './world/create-world.ts'
export type { Article, Bot, BotAnswer, Dialogue, Operator, Person, Turn, World, WorldChannel } from './world/world.ts'

/** `const desk = await sandbox.start({ seed: 7 })` serves the three vendors' APIs on this machine. */
export const sandbox: { readonly start: typeof start } = { start }
