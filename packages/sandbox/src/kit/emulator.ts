import type { World } from '../world/world.ts'
import type { Clock } from './clock.ts'
import type { Plant } from './sending.ts'
import type { Webhooks } from './webhooks/webhook-sender.ts'

/** What is used of the web framework; naming its own type would hold everybody to the TypeScript that it needs. */
interface EmulatorApp {
  fetch(request: Request, environment?: unknown): Response | Promise<Response>
  request(path: string, init?: RequestInit): Response | Promise<Response>
}

/** One vendor's API over HTTP, with its state in memory. */
export interface Emulator<Settings = object, Sent extends Webhooks | undefined = Webhooks | undefined> {
  readonly vendor: string
  /** The credentials and ids that a client needs, filled from the seed: `{ apiKey, agentId, … }`. Never secret: made up. */
  readonly credentials: Readonly<Record<string, string>>
  /** Answers requests, mounted at the root of its own port. Its routes carry the vendor's own path prefix. */
  readonly app: EmulatorApp
  /** Oddities that can be switched while it runs, for tests: editions, shapes, limits. */
  readonly settings: Settings
  /** What it sends by itself. Undefined: the vendor has no webhooks. */
  readonly webhooks: Sent
  /** Puts a message into a conversation, for tests of what stands beside a client's own messages. */
  readonly plant: Plant
  /** Forgets everything that clients wrote and starts again from the seed. */
  reset(): void
}

/** What every emulator is made from; its time is injected too, so that nothing depends on the machine's clock. */
export interface EmulatorContext extends Clock {
  readonly world: World
  /** Milliseconds that the emulated AI takes to answer. 0 in most tests. */
  readonly thinkingTime: number
  /** Deterministic numbers in [0, 1), one stream per vendor. */
  readonly random: () => number
}

export type CreateEmulator<Settings = object, Sent extends Webhooks | undefined = Webhooks | undefined> = (
  context: EmulatorContext,
) => Emulator<Settings, Sent>
