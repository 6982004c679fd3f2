import { checks, type Expectations, type Harness, runCheck } from '@parley/conformance'
import type { Adapter } from '@parley/core'
import { sandbox, testClock } from '@parley/sandbox'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVendors } from '../vendors.ts'
import { type Field, fieldsOf, type Read, withWrong } from './support/fields.ts'
import { takeSnapshot, thaw } from './support/frozen.ts'
import { loadSuite } from './support/suite.ts'
import { unheld } from './support/unheld.ts'

const desk = await sandbox.start({ clock: testClock() })
afterAll(() => desk.stop())
const accounts: { adapter: Adapter; truth: Expectations }[] = []
for (const vendor of await loadVendors()) {
  const { settings, accountOptions } = desk[vendor.name]
  if ('rateLimit' in settings) settings.rateLimit = false
  accounts.push({
    adapter: vendor.create({ ...accountOptions, rate: false, raw: true }),
    truth: (await loadSuite(vendor)).truth(desk.world, 'observed'),
  })
}

const groups: readonly string[] = ['models', 'messages', 'truth']
const fast = checks.filter(({ group }) => groups.includes(group)).sort((one) => (one.group === 'truth' ? -1 : 1))

/** If the adapter were wrong in one field, everywhere in the same way, a check must fail. */
describe.each(accounts)('the suite over $adapter.vendor turns red', async ({ adapter, truth }) => {
  const ids = (list: readonly { id: string }[] = []) => list.map(({ id }) => id)
  const wanted = { contacts: ids(truth.contacts), threads: Object.keys(truth.messages ?? {}) }
  const snapshot = await takeSnapshot(adapter, wanted)
  const entities = [
    ...snapshot.agents,
    ...snapshot.conversations,
    ...snapshot.contacts.values(),
    ...[...snapshot.threads.values()].flat(),
    ...[...snapshot.actions.values()].flat(),
    ...snapshot.knowledge,
    ...snapshot.feedback,
    ...snapshot.suggestions,
  ]
  const harness = (frozen: Adapter): Harness => ({
    name: adapter.vendor,
    fetch,
    create: () => ({ adapter: frozen }),
    expectations: () => truth,
    use: { conversationId: wanted.threads[0] ?? '' },
  })

  async function checksThatPass(frozen: Adapter): Promise<typeof fast> {
    const results = await Promise.all(
      fast.map(async (check) => ({ check, result: await runCheck(harness(frozen), check) })),
    )
    return results.filter(({ result }) => result.status === 'passed').map(({ check }) => check)
  }

  const passing = await checksThatPass(thaw(snapshot, (entity) => entity))

  async function isCaught(change: <Item extends Read>(read: Item) => Item): Promise<boolean> {
    const frozen = harness(thaw(snapshot, change))
    for (const check of passing) if ((await runCheck(frozen, check)).status === 'failed') return true
    return false
  }

  it('over nothing, as long as nothing is wrong', () => {
    expect(passing.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['the messages are those that the server holds']),
    )
  })

  it('over every field that is mapped wrongly', async () => {
    const missed: string[] = []
    for (const field of fieldsOf(entities)) {
      if (await isCaught((entity) => withWrong(entity, field))) continue
      missed.push(nameOf(field))
    }
    expect(missed.filter((name) => !Object.hasOwn(unheld, name))).toEqual([])
  }, 120_000)
})

const nameOf = ({ kind, path }: Field): string => `${kind} ${path.join('.')}`
