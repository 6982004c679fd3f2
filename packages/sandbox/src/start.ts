import { createAgentConversationEmulator } from './agent-conversation/index.ts'
import { type Clock, runningClock } from './kit/clock.ts'
import type { CreateEmulator } from './kit/emulator.ts'
import { type ServedEmulator, serveEmulator } from './kit/serve-emulator.ts'
import type { Shapes } from './kit/shapes.ts'
import { createLeadConnectorEmulator } from './leadconnector/index.ts'
import { createLiveChatAIEmulator } from './livechatai/index.ts'
import { createWorld, defaultNow } from './world/create-world.ts'
import type { World } from './world/world.ts'

interface Emulators {
  readonly leadConnector: typeof createLeadConnectorEmulator
  readonly liveChatAI: typeof createLiveChatAIEmulator
  readonly agentConversation: typeof createAgentConversationEmulator
}

const emulators: Emulators = {
  leadConnector: createLeadConnectorEmulator,
  liveChatAI: createLiveChatAIEmulator,
  agentConversation: createAgentConversationEmulator,
}

/** The emulated vendors, in the order of their ports. */
export type SandboxVendor = keyof Emulators

export const sandboxVendors: readonly SandboxVendor[] = ['leadConnector', 'liveChatAI', 'agentConversation']

export interface SandboxOptions<Vendor extends SandboxVendor = SandboxVendor> {
  /** A whole number; the same seed gives the same world, credentials, ids and faults. Default 7. */
  readonly seed?: number
  /** The first vendor's port; the others take the ones after it. Absent or 0: free ports. */
  readonly port?: number
  /** Default 127.0.0.1. The credentials are printed and guessable: do not listen where strangers are. */
  readonly host?: string
  /** Milliseconds that an emulated AI takes to answer. Default 0. */
  readonly thinkingTime?: number
  /** When the seeded story ends, in milliseconds since the epoch. Default: the clock's time, else a constant instant. */
  readonly now?: number
  /** The vendors' time: `testClock()`, shared with the adapters. Default: it starts at `now` and runs on. */
  readonly clock?: Clock
  /** Only these; default all. */
  readonly vendors?: readonly Vendor[]
  /** The setting `shapes` of the emulators that have it. Default `observed`. */
  readonly shapes?: Shapes
}

type Served<Vendor extends SandboxVendor> = ServedEmulator<
  ReturnType<Emulators[Vendor]>['settings'],
  ReturnType<Emulators[Vendor]>['webhooks']
>

export type Sandbox<Vendor extends SandboxVendor = SandboxVendor> = { readonly [V in Vendor]: Served<V> } & {
  /** What the vendors were filled from: the truth that a client's reading can be compared with. */
  readonly world: World
  /** Ends all servers at once, with every open connection. */
  stop(): Promise<void>
}

/** Serves the vendors' APIs on this machine. Rejects, with nothing left listening, when a port is taken. */
export async function start<Vendor extends SandboxVendor = SandboxVendor>({
  seed = 7,
  port = 0,
  host = '127.0.0.1',
  thinkingTime = 0,
  clock: given,
  now = given?.now() ?? defaultNow,
  vendors = sandboxVendors as readonly Vendor[],
  shapes = 'observed',
}: SandboxOptions<Vendor> = {}): Promise<Sandbox<Vendor>> {
  const world = createWorld(seed, now)
  const clock = given ?? runningClock(now)
  const served = new Map<SandboxVendor, ServedEmulator>()
  const stop = async () => {
    await Promise.all([...served.values()].map((vendor) => vendor.stop()))
  }
  try {
    for (const vendor of vendors) {
      const create: CreateEmulator = emulators[vendor]
      // A vendor keeps its port when others are left out.
      const own = port === 0 ? 0 : port + sandboxVendors.indexOf(vendor)
      const emulator = await serveEmulator(create, { world, clock, name: vendor, thinkingTime, port: own, host })
      if ('shapes' in emulator.settings) emulator.settings.shapes = shapes
      served.set(vendor, emulator)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { ...Object.fromEntries(served), world, stop } as Sandbox<Vendor>
}
