import {
  type CreateOptions,
  conformance,
  type Expectations,
  type Harness,
  type ThreadControl,
} from '@parley/conformance'
import type { Adapter, Clock } from '@parley/core'
import {
  type CreateEmulator,
  createWorld,
  defaultNow,
  emulators,
  type ServedEmulator,
  type Shapes,
  sandbox,
  serveEmulator,
  testClock,
  type World,
} from '@parley/sandbox'
import { loadStreamCode } from '@parley/testkit'
import { afterAll, describe, it } from 'vitest'
import { loadVendors, nameOf, type Vendor, type VendorOptions } from '../../vendors.ts'
import { threadOf } from './thread.ts'

await loadStreamCode()

/** The suite's configuration for a vendor: `packages/<vendor>/test/suite/index.ts`. */
export interface VendorSuite {
  /** The option that contains the secret. */
  readonly secret: string
  /** The forms of the emulator's responses to test. */
  readonly shapes: readonly Shapes[]
  /** The data that the adapter must read from the seeded account, taken from the emulator's own records. */
  truth(world: World, shapes: Shapes): Expectations
  /** Checks that a synced inbox fails, because of what the vendor's lists do not say. */
  readonly skipInStore?: Harness['skip']
  /** Further settings of the harness for this vendor. */
  harness(scene: Scene): Pick<Harness, 'use' | 'skip'> & Pick<ThreadControl, 'unstated' | 'colleagueId'>
}

export interface Scene {
  readonly world: World
  readonly shapes: Shapes
  readonly credentials: ServedEmulator['credentials']
  /** The adapter of the seeded account. */
  open(options: CreateOptions & VendorOptions): Adapter
}

export const loadSuite = async (vendor: Vendor): Promise<VendorSuite> => {
  const { suite } = (await import(`../../../packages/${nameOf(vendor)}/test/suite/index.ts`)) as { suite: VendorSuite }
  return suite
}

/** A vendor in another world. */
export function serveIn(world: World, name: Vendor['name'], clock: Clock = testClock()): Promise<ServedEmulator> {
  const creators: Readonly<Record<Vendor['name'], CreateEmulator>> = { ...emulators }
  return serveEmulator(creators[name], { world, clock, name })
}

/** The same vendor and world without any conversation. */
export const serveEmpty = (name: Vendor['name']): Promise<ServedEmulator> =>
  serveIn({ ...createWorld(7), dialogues: [] }, name)

/** An adapter over the one of the vendor. */
export interface Wrapper {
  readonly name: string
  /** Only over this vendor. */
  readonly only?: Vendor['name']
  /**
   * @param given the options of the suite.
   * @param seeded opens the account with the data.
   * @param empty opens another account, which has none.
   */
  wrap(given: CreateOptions, seeded: OpenAccount, empty: OpenAccount): Adapter
  /** The id of the wrapping adapter for an id of the vendor, and back. */
  id(id: string): string
  ownId(id: string): string
  /** The vendor's data with these ids. */
  truth(truth: Expectations): Expectations
  readonly skip?: Harness['skip']
}

type OpenAccount = (options: CreateOptions & VendorOptions) => Adapter

/**
 * Runs the suite with every emulator that has these forms of responses, and with every variant of the adapter's
 * options. At a small scale, an account may lack something that a check needs, and then the check fails.
 */
export async function conformVendors(shapes: Shapes, scale: number): Promise<void> {
  for (const vendor of await loadVendors()) {
    const suite = await loadSuite(vendor)
    if (!suite.shapes.includes(shapes)) continue
    for (const variant of [{}, ...vendor.variants]) await conform(vendor, suite, shapes, scale, variant)
  }
}

/** Runs the suite with an adapter over the one of each vendor. */
export async function conformWrapped(shapes: Shapes, scale: number, wrapper: Wrapper): Promise<void> {
  for (const vendor of await loadVendors()) {
    const suite = await loadSuite(vendor)
    const isChosen = wrapper.only === undefined || wrapper.only === vendor.name
    if (isChosen && suite.shapes.includes(shapes)) await conform(vendor, suite, shapes, scale, {}, wrapper)
  }
}

async function conform(
  vendor: Vendor,
  suite: VendorSuite,
  shapes: Shapes,
  scale: number,
  variant: VendorOptions,
  wrapper?: Wrapper,
): Promise<void> {
  const clock = testClock(defaultNow, { automatic: true })
  const desk = await sandbox.start({ vendors: [vendor.name], clock, shapes, scale })
  const nobody = await serveEmpty(vendor.name)
  // The second account of a wrapper: what it writes must not show in the account without data.
  const second = wrapper ? await serveEmpty(vendor.name) : nobody
  afterAll(() => Promise.all([desk, nobody, second].map((server) => server.stop())))
  const emulator: ServedEmulator = desk[vendor.name]
  for (const { settings } of [emulator, nobody, second]) {
    if ('rateLimit' in settings) settings.rateLimit = false
    if ('shapes' in settings) settings.shapes = shapes
  }
  const resetting = resettingAfterWrites(emulator)
  const seeded = (options: VendorOptions): Adapter =>
    vendor.create({ ...emulator.accountOptions, ...variant, clock, rate: false, ...options })
  const openEmpty = (options: VendorOptions): Adapter =>
    vendor.create({ ...second.accountOptions, ...variant, clock, rate: false, ...options })
  const open: OpenAccount = wrapper
    ? ({ account, ...options }) => wrapper.wrap({ ...options, ...(account && { account }) }, seeded, openEmpty)
    : seeded
  const { world } = desk
  const { unstated, colleagueId, ...own } = suite.harness({ world, shapes, credentials: emulator.credentials, open })
  const { plant: plantThere } = resetting
  const thread = threadOf({ settings: emulator.settings, plant: plantThere }, clock, {
    ...(unstated && { unstated }),
    ...(colleagueId !== undefined && { colleagueId: wrapper?.id(colleagueId) ?? colleagueId }),
  })
  const wrong = 'planted-wrong-credential'
  const { baseUrl, ...nobodyOptions } = nobody.accountOptions
  const options = Object.entries(variant).map(([name, value]) => `, ${name}: ${String(value)}`)

  conformance(
    {
      ...{
        name: `${[wrapper?.name, nameOf(vendor)].filter(Boolean).join(' ')}, as ${shapes}${options.join('')}`,
        fetch,
      },
      ...{ reset: resetting.reset, ...own, ...(wrapper && wrappedUse(own.use, wrapper)) },
      ...(wrapper?.skip && { skip: [...(own.skip ?? []), ...wrapper.skip] }),
      thread: wrapper ? wrappedThread(thread, wrapper) : thread,
      create: (given) => ({ adapter: open({ ...given }), secrets: [emulator.accountOptions[suite.secret] ?? ''] }),
      wrongCredential: (given) => ({ adapter: open({ ...given, [suite.secret]: wrong }), secrets: [wrong] }),
      emptyAccount: (given) => ({ adapter: open({ ...given, ...nobodyOptions, baseUrl }) }),
      expectations: () => wrapper?.truth(suite.truth(world, shapes)) ?? suite.truth(world, shapes),
    },
    { describe, it },
  )
}

const wrappedThread = (thread: ThreadControl, { id, ownId }: Wrapper): ThreadControl => ({
  ...thread,
  async plant(conversationId, { operatorId, ...message }) {
    const own = operatorId === undefined ? {} : { operatorId: ownId(operatorId) }
    const planted = await thread.plant(ownId(conversationId), { ...message, ...own })
    return planted === null ? null : id(planted)
  },
})

/** The ids among the facts of a vendor. */
function wrappedUse(use: Harness['use'], { id }: Wrapper): Pick<Harness, 'use'> {
  if (!use) return {}
  const ids = ['conversationId', 'speakingId', 'contactId'] as const
  const changed = Object.fromEntries(ids.flatMap((name) => (use[name] === undefined ? [] : [[name, id(use[name])]])))
  const { operatorId } = use.reply ?? {}
  const reply = operatorId === undefined ? {} : { reply: { ...use.reply, operatorId: id(operatorId) } }
  return { use: { ...use, ...changed, ...reply } }
}

/** The emulator keeps no more of its requests than these. */
const mostRequests = 10_000

/** Starts the emulator again only if something was written. Most checks only read, and seeding takes longer than they do. */
function resettingAfterWrites(emulator: ServedEmulator): Pick<ServedEmulator, 'reset' | 'plant'> {
  let isPlanted = false
  return {
    reset() {
      const { requests } = emulator
      const isUnchanged =
        !isPlanted && requests.length < mostRequests && requests.every(({ method }) => method === 'GET')
      if (isUnchanged) return
      isPlanted = false
      emulator.reset()
    },
    plant(conversationId, message) {
      isPlanted = true
      return emulator.plant(conversationId, message)
    },
  }
}
