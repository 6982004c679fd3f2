import { type CheckGroup, checks, type Expectations, type Harness, runCheck } from '@parley/conformance'
import { type Adapter, buildRef, supports } from '@parley/core'
import { createInbox, createStore, createSync } from '@parley/inbox'
import { createWorld, defaultNow, testClock } from '@parley/sandbox'
import { loadStreamCode } from '@parley/testkit'
import { startPostgres } from '@parley/testkit/postgres'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { loadVendors, nameOf, type VendorOptions } from '../vendors.ts'
import { accountOf } from './support/account-of.ts'
import { loadSuite, serveEmpty, serveIn } from './support/suite.ts'

await loadStreamCode()

/** The groups of checks that read. */
const groups: readonly CheckGroup[] = ['models', 'lists', 'filters', 'reading', 'messages', 'truth']

/** What an inbox does otherwise than an adapter, or a store otherwise than a vendor. */
const omitted: Harness['skip'] = [
  {
    reason: 'An inbox is sorted newest first, also a live one.',
    tests: [
      'conversations come newest activity first, and oldest first when asked',
      'a conversation that arrives while the list is read causes no repeated and no skipped item',
    ],
  },
  {
    reason: 'An inbox does not know the options of its adapters. It has the payloads that the sync was told to store.',
    tests: [
      'the vendor’s payload is returned only with the option raw',
      'the native word beside a normalized value is one that the vendor sent',
    ],
  },
  {
    reason: 'The warnings of the pages from which the records come are not stored.',
    tests: ['an unmapped word becomes unknown, is kept, and produces a warning'],
  },
]

/** The sync also reads the texts that a list omits. */
function withTexts({ messages = {}, ...rest }: Expectations): Expectations {
  const threads = Object.entries(messages).map(([id, thread]) => [
    id,
    thread.map(({ text, ...message }) => (text === undefined ? message : { text, ...message })),
  ])
  return { ...rest, messages: Object.fromEntries(threads) }
}

// A part of the world, because the first sync of all of it takes longer than all checks.
const whole = createWorld(7)
const world = { ...whole, dialogues: whole.dialogues.filter((_, index) => index % 4 === 0) }
const clock = testClock(defaultNow, { automatic: true })
const server = await startPostgres()
const store = await createStore(typeof server === 'string' ? {} : { url: await server.createDatabase() })
afterAll(async () => {
  await store.close()
  if (typeof server !== 'string') await server.stop()
}, 60_000)

describe.each(await loadVendors())('a synced inbox over $label', async (vendor) => {
  const suite = await loadSuite(vendor)
  const nobody = await serveEmpty(vendor.name)
  const emulator = await serveIn(world, vendor.name, clock)
  afterAll(() => Promise.all([nobody.stop(), emulator.stop()]))
  for (const { settings } of [emulator, nobody]) if ('rateLimit' in settings) settings.rateLimit = false
  const open = (options: VendorOptions): Adapter =>
    vendor.create({ ...emulator.accountOptions, clock, rate: false, ...options })
  const openEmpty = (options: VendorOptions) => open({ ...options, ...nobody.accountOptions, account: 'nobody' })
  const {
    unstated: _,
    colleagueId: __,
    skip = [],
    ...own
  } = suite.harness({
    ...{ world, shapes: 'observed', credentials: emulator.credentials, open },
  })
  const synced = (adapter: Adapter) => ({
    adapter: accountOf(createInbox({ store, accounts: [adapter] }), adapter),
  })
  const harness: Harness = {
    ...{ name: nameOf(vendor), fetch, ...own, skip: [...skip, ...(suite.skipInStore ?? []), ...omitted] },
    create: (given) => synced(open({ ...given })),
    emptyAccount: (given) => synced(openEmpty({ ...given })),
    expectations: () => withTexts(suite.truth(world, 'observed')),
  }
  beforeAll(async () => {
    const [adapter, empty] = [open({}), openEmpty({})]
    const sync = createSync({ store, accounts: [adapter, empty], clock, sweepSize: 0 })
    await sync.runOnce()
    if (!supports(adapter, 'messages.export')) return
    // In which order a thread has the messages of one time, only the thread says, and no bulk export.
    const place = { vendor: adapter.vendor, account: adapter.account }
    for (const id of Object.keys(suite.truth(world, 'observed').messages ?? {})) {
      const conversation = buildRef({ ...place, kind: 'conversation', id })
      await sync.receive({ ...place, kind: 'conversation.updated', conversation, dedupeKey: id, native: null })
    }
    await sync.runOnce({ streams: ['live', 'messages'] })
  }, 120_000)

  it.each(checks.filter(({ group }) => groups.includes(group)))('$group: $name', async (check) => {
    const { status, error } = await runCheck(harness, check)
    if (status === 'failed') throw error
  })
})
