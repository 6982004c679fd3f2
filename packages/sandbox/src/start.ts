import * as emulators from './emulators.ts'
import { type Clock, runningClock } from './kit/clock.ts'
import type { CreateEmulator, Emulator, Shapes } from './kit/emulator.ts'
import { type ServedEmulator, serveEmulator } from './kit/serve.ts'
import { live } from './life/life.ts'
import { createWorld, defaultNow } from './world/create-world.ts'
import type { World } from './world/world.ts'

type Emulators = typeof emulators

export type SandboxVendor = keyof Emulators

/** The emulated vendors in alphabetical order, which is also the order of their ports. */
export const sandboxVendors: readonly SandboxVendor[] = (Object.keys(emulators) as SandboxVendor[]).toSorted()

const create: Readonly<Record<SandboxVendor, CreateEmulator>> = { ...emulators }

/** The highest first port that leaves a port for each vendor. */
export const highestPort: number = 65_536 - sandboxVendors.length

export interface SandboxOptions<Vendor extends SandboxVendor = SandboxVendor> {
  /** A whole number. The same seed gives the same world, credentials, ids and faults. Default 7. */
  readonly seed?: number
  /**
   * A whole number from which the ids of everything follow that is created after the start. Default: `seed`. Another one in each
   * start, if a program stores what an earlier start created.
   */
  readonly idSeed?: number
  /**
   * Above 0, up to 1: the part of the history that is seeded, with at least one conversation per channel. A tenth starts
   * faster and makes tests faster. Default 1: at least 250 conversations per vendor.
   */
  readonly scale?: number
  /** The first vendor's port. The other vendors have the next ports. Missing or 0: free ports. */
  readonly port?: number
  /** Default 127.0.0.1. The credentials are printed and easy to guess, so do not listen on a public network. */
  readonly host?: string
  /** Milliseconds that an emulated AI takes to answer. Default 0. */
  readonly thinkingTime?: number
  /**
   * The end of the seeded history, in milliseconds since the epoch. Default: the clock's time, or else a fixed instant in the past, so
   * that every start has the same history. Pass `Date.now()` to a program that looks at the age of messages or webhooks.
   */
  readonly now?: number
  /** The vendors' clock: `testClock()`, shared with the adapters. Default: a clock that starts at `now` and runs on. */
  readonly clock?: Clock
  /**
   * `true`: customers go on writing. Every 10 to 40 seconds by the clock, one begins a conversation or answers, in one of several
   * languages. They follow from `idSeed`. Default `false`: nothing happens that no client does.
   */
  readonly life?: boolean
  /** The vendors to start. Default: all. */
  readonly vendors?: readonly Vendor[]
  /** The setting `shapes` of the emulators that have it. Default `observed`. */
  readonly shapes?: Shapes
}

type Served<Vendor extends SandboxVendor> = ServedEmulator<
  ReturnType<Emulators[Vendor]>['settings'],
  ReturnType<Emulators[Vendor]>['webhooks'],
  ReturnType<ReturnType<Emulators[Vendor]>['accountOptions']>
>

export type Sandbox<Vendor extends SandboxVendor = SandboxVendor> = { readonly [V in Vendor]: Served<V> } & {
  /** The data that the vendors were filled with. Tests can compare what a client reads with it. */
  readonly world: World
  /** Ends all servers at once, with every open connection. */
  stop(): Promise<void>
}

const isWhole = (value: unknown, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most

/** The rule for each option, for callers without a compiler. */
const rules: { readonly [Option in keyof SandboxOptions]-?: readonly [(value: unknown) => boolean, string] } = {
  seed: [(value) => isWhole(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER), 'a whole number'],
  idSeed: [(value) => isWhole(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER), 'a whole number'],
  scale: [(value) => typeof value === 'number' && value > 0 && value <= 1, 'a number above 0, up to 1'],
  port: [(value) => isWhole(value, 0, highestPort), `a whole number from 0 to ${highestPort}`],
  host: [(value) => typeof value === 'string' && value !== '', 'a non-empty string'],
  thinkingTime: [(value) => Number.isFinite(value) && (value as number) >= 0, 'a number of at least 0'],
  now: [(value) => typeof value === 'number' && !Number.isNaN(new Date(value).getTime()), 'milliseconds'],
  clock: [(value) => typeof (Object(value) as Partial<Clock>).now === 'function', 'a clock, such as testClock()'],
  life: [(value) => typeof value === 'boolean', 'true or false'],
  vendors: [
    (value) => Array.isArray(value) && value.every((vendor) => sandboxVendors.includes(vendor as SandboxVendor)),
    `a list of ${sandboxVendors.join(', ')}`,
  ],
  shapes: [(value) => value === 'documented' || value === 'observed', 'documented or observed'],
}

function check(options: unknown): void {
  if (Object.prototype.toString.call(options) !== '[object Object]')
    throw new Error('sandbox.start: the options must be an object.')
  for (const [name, value] of Object.entries(options as object)) {
    if (!Object.hasOwn(rules, name)) throw new Error(`sandbox.start: there is no option "${name}".`)
    const [isRight, wanted] = rules[name as keyof SandboxOptions]
    if (value !== undefined && !isRight(value)) throw new Error(`sandbox.start: option "${name}" must be ${wanted}.`)
  }
}

/**
 * Serves the vendors' APIs on this machine. Rejects if a port is taken or an option is invalid; no server is left running
 * then.
 */
export async function start<Vendor extends SandboxVendor = SandboxVendor>(
  options: SandboxOptions<Vendor> = {},
): Promise<Sandbox<Vendor>> {
  check(options)
  const {
    seed = 7,
    idSeed = seed,
    scale = 1,
    port = 0,
    host = '127.0.0.1',
    thinkingTime = 0,
    clock: given,
    now = given?.now() ?? defaultNow,
    life = false,
    vendors = sandboxVendors as readonly Vendor[],
    shapes = 'observed',
  } = options
  const world = { ...createWorld(seed, now, scale), idSeed }
  const clock = given ?? runningClock(now)
  const served = new Map<SandboxVendor, ServedEmulator>()
  const made = new Map<SandboxVendor, Emulator>()
  let end = () => {}
  const stop = async () => {
    end()
    await Promise.all([...served.values()].map((vendor) => vendor.stop()))
  }
  try {
    for (const vendor of vendors) {
      // A vendor keeps its port if other vendors are not started.
      const own = port === 0 ? 0 : port + sandboxVendors.indexOf(vendor)
      const make: CreateEmulator = (context) => {
        const emulator = create[vendor](context)
        made.set(vendor, emulator)
        return emulator
      }
      const emulator = await serveEmulator(make, {
        world,
        clock,
        name: vendor,
        thinkingTime,
        port: own,
        host,
      })
      if ('shapes' in emulator.settings) emulator.settings.shapes = shapes
      served.set(vendor, emulator)
    }
  } catch (error) {
    await stop()
    throw error
  }
  if (life) end = live(world, clock, made)
  return { ...Object.fromEntries(served), world, stop } as Sandbox<Vendor>
}
