import { type Adapter, type Entity, type Message, requireOperation, supports } from '@parley/core'
import { createStore, createSync, type SyncStatus } from '@parley/inbox'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { loadVendors, nameOf } from '../../../../test/vendors.ts'
import { databaseOf } from '../../src/store/database.ts'
import { empty } from '../store/stores.ts'

// The vendor's rate limit costs no real time.
const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.2 })
afterAll(() => desk.stop())
const store = await createStore()
const db = databaseOf(store)
beforeEach(() => empty(store))
afterAll(() => store.close())

const byRef = <Item extends { ref: string }>(items: Item[]): Item[] =>
  items.sort((one, other) => (one.ref < other.ref ? -1 : 1))

async function all<Item extends Entity>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of list) items.push(item)
  return byRef(items)
}

const countsOf = ({ accounts }: SyncStatus) => accounts.flatMap(({ streams }) => streams.map(({ counts }) => counts))

// One without times and one with an export. The simulation of the sync has all of them.
const chosen = (await loadVendors()).slice(1, 3)

describe.each(chosen.map((vendor) => [nameOf(vendor), vendor] as const))('%s', (_, vendor) => {
  it('is stored as its adapter reads it, and is found unchanged when all of it is read again', async () => {
    const adapter: Adapter = vendor.create({ ...desk[vendor.name].accountOptions, clock })
    const stored = async (table: 'parley.conversations' | 'parley.messages' | 'parley.agents') => {
      const rows = await db.selectFrom(table).select('body').where('deleted_at', 'is', null).execute()
      return byRef(rows.map(({ body }) => body as Entity))
    }
    const sync = createSync({ store, accounts: [adapter], clock })
    await sync.runOnce({ streams: ['agents', 'conversations', 'messages'] })
    expect(await stored('parley.conversations')).toEqual(await all(requireOperation(adapter, 'conversations.list')()))
    expect(await stored('parley.agents')).toEqual(await all(requireOperation(adapter, 'agents.list')()))
    const messages = await stored('parley.messages')
    expect(messages.length).toBeGreaterThan(1_000)
    for (const { id } of (await stored('parley.conversations')).slice(0, 20)) {
      const listed = await all(requireOperation(adapter, 'messages.list')(id))
      const kept = messages
        .filter((message) => (message as Message).conversationId === id)
        .map((message) => message.ref)
      // An export can omit some kinds of messages, which the sweep finds.
      if (supports(adapter, 'messages.export'))
        expect(listed.map((message) => message.ref)).toEqual(expect.arrayContaining(kept))
      else expect(kept).toEqual(listed.map((message) => message.ref))
    }

    const before = await db.selectFrom('parley.changes').select('no').execute()
    const [account = ''] = sync.accounts
    await sync.reset(account)
    const status = await sync.runOnce({ streams: ['agents', 'conversations', 'messages'] })
    const after = await db
      .selectFrom('parley.changes')
      .select(['no', 'change', 'fields', 'ref'])
      .orderBy('no')
      .execute()
    expect(after.slice(before.length)).toEqual([])
    expect(countsOf(status).map(({ updated, deleted }) => updated + deleted)).toEqual(countsOf(status).map(() => 0))
  }, 300_000)
})
