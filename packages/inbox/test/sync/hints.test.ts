import { type Adapter, buildRef, type Event, requireOperation, VendorFaultError } from '@parley/core'
import { createStore, createSync } from '@parley/inbox'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVendors } from '../../../../test/vendors.ts'
import { databaseOf } from '../../src/store/database.ts'

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, vendors: ['langGraph'] })
afterAll(() => desk.stop())
const store = await createStore()
afterAll(() => store.close())
const [vendor] = (await loadVendors()).filter(({ name }) => name === 'langGraph')
const real = vendor?.create({ ...desk.langGraph.accountOptions, clock }) as Adapter
const place = { vendor: real.vendor, account: real.account }

const hint = (id: string, index: number): Event => ({
  ...place,
  ...{ kind: 'conversation.updated', conversation: buildRef({ ...place, kind: 'conversation', id }) },
  ...{ dedupeKey: `${real.vendor}:${index}`, native: null },
})

describe('hints', () => {
  it('about a conversation that the vendor cannot show hold up no others, and are followed again', async () => {
    const { items } = await requireOperation(real, 'conversations.list')({ limit: 4 })
    const [broken, ...others] = items.map(({ id }) => id) as [string, ...string[]]
    let isBroken = true
    const adapter = {
      ...real,
      conversations: {
        ...real.conversations,
        get: async (id: string, options: object) => {
          if (id === broken && isBroken) throw new VendorFaultError({ message: 'Out of order.', ...place })
          return requireOperation(real, 'conversations.get')(id, options)
        },
      },
    } as Adapter
    const sync = createSync({ store, accounts: [adapter], clock })
    for (const [index, id] of [broken, ...others].entries()) await sync.receive(hint(id, index))
    await sync.runOnce({ streams: ['live'] })
    const stored = async () => {
      const rows = await databaseOf(store).selectFrom('parley.conversations').select('body').execute()
      return rows.map(({ body }) => (body as { id: string }).id).toSorted()
    }
    expect(await stored()).toEqual(others.toSorted())
    isBroken = false
    await clock.advance(5_000)
    await sync.runOnce({ streams: ['live'] })
    expect(await stored()).toEqual([broken, ...others].toSorted())
  })

  it('that come 64 times at once are one', async () => {
    const sync = createSync({ store, accounts: [real], clock })
    const results = await Promise.all(Array.from({ length: 64 }, () => sync.receive(hint('thread', 9))))
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(1)
  })

  it('about an account that the sync does not have are refused', async () => {
    const sync = createSync({ store, accounts: [real], clock })
    const stranger = { ...hint('thread', 10), account: 'other' }
    await expect(sync.receive(stranger)).rejects.toMatchObject({ code: 'not-found' })
  })
})
