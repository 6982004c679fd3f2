import * as emulators from './emulators.ts'
import { start } from './start.ts'

export { type Clock, runningClock } from './kit/clock.ts'
export type {
  AccountOptions,
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
export { type Sandbox, type SandboxOptions, type SandboxVendor, sandboxVendors, start } from './start.ts'
export { answer } from './world/answer.ts'
export { createWorld, defaultNow } from './world/create-world.ts'
export type { Article, Bot, BotAnswer, Dialogue, Operator, Person, Turn, World, WorldChannel } from './world/world.ts'

/** Makes each vendor's emulator, for `serveEmulator`. */
export { emulators }

/** `const desk = await sandbox.start({ seed: 7 })` serves the vendors' APIs on this machine. */
export const sandbox: { readonly start: typeof start } = { start }
