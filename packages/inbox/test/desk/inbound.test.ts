import { createDesk, createStore, createSync, type Desk, type DeskRunOptions, type Inbound } from '@parley/inbox'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { databaseOf } from '../../src/store/database.ts'
import { empty } from '../store/stores.ts'
import { aConversation, aMessage } from '../sync/vendor-in-memory.ts'
import { contactWrites, type DeskVendor, deskVendor, refOf } from './desk-vendor.ts'

const store = await createStore()
const db = databaseOf(store)
afterAll(() => store.close())

let vendor: DeskVendor
let desk: Desk
let errors: unknown[] = []
const automation = { id: 'bot', name: 'Bot' }
const openDesk = () => createDesk({ store, accounts: [vendor.adapter], onError: (error) => void errors.push(error) })

const sync = async () => {
  const now = new Date().toISOString()
  vendor.conversations = vendor.conversations.map(({ id }) => aConversation(id, now))
  await createSync({ store, accounts: [vendor.adapter] }).runOnce({ streams: ['conversations', 'messages'] })
}

beforeEach(async () => {
  await empty(store)
  errors = []
  vendor = deskVendor()
  vendor.conversations = [aConversation('c1')]
  vendor.messages = [aMessage('m1', 'c1')]
  await sync()
  desk = openDesk()
})

/** Runs the desk once. @returns the ids of the messages that the automation got. */
async function run(onInbound: DeskRunOptions['onInbound'] = () => {}, by = desk): Promise<string[]> {
  const ids: string[] = []
  await by.runOnce({
    automation,
    onInbound: async (inbound) => {
      ids.push(inbound.message.id)
      await onInbound(inbound)
    },
  })
  return ids
}

async function arrives(id: string): Promise<void> {
  vendor.messages.push(contactWrites(id, 'c1'))
  await sync()
}

test('an automation gets each message of a contact once, but none that was there before', async () => {
  expect(await run()).toEqual([])
  await arrives('m2')
  expect(await run()).toEqual(['m2'])
  expect(await run()).toEqual([])
  await arrives('m3')
  // Another process goes on from there.
  expect(await run(() => {}, openDesk())).toEqual(['m3'])
})

test('an old message that is stored only now is answered by nobody', async () => {
  await run()
  vendor.messages.push(aMessage('m0', 'c1', '2026-01-14T10:00:00.000Z'))
  await sync()
  expect(await run()).toEqual([])
})

test('an automation gets what arrived together with the oldest first', async () => {
  await run()
  const times = ['m2', 'm3', 'm4'].map((id, index) => ({ id, at: new Date(Date.now() - 3000 + index * 1000) }))
  for (const { id, at } of times) vendor.messages.push({ ...contactWrites(id, 'c1'), createdAt: at.toISOString() })
  await sync()
  expect(await run()).toEqual(['m2', 'm3', 'm4'])
})

test.each([
  ['an old conversation nobody', '2026-01-14T10:00:00.000Z', []],
  ['a new conversation the last one', new Date().toISOString(), ['m3']],
])('of messages without a time, in %s is answered', async (_, at, expected) => {
  await run()
  vendor.conversations = [aConversation('c2', at)]
  // As the vendor lists them: the newest one first.
  const [older, newer] = ['m2', 'm3'].map((id) => ({ ...aMessage(id, 'c2'), createdAt: null }))
  vendor.messages.push(older as never, newer as never)
  await createSync({ store, accounts: [vendor.adapter] }).runOnce({ streams: ['conversations', 'messages'] })
  expect(await run()).toEqual(expected)
})

test('an automation replies once, in its own name', async () => {
  await run()
  await arrives('m2')
  let inbound: Inbound | undefined
  await run(async (given) => {
    inbound = given
    expect(await given.reply({ text: 'At nine.' })).toMatchObject({ state: 'sent', by: automation })
  })
  // As after a crash, when the message comes again.
  expect(await inbound?.reply({ text: 'At nine.' })).toMatchObject({ state: 'sent' })
  expect(vendor.sent).toHaveLength(1)
})

test('an automation is silent while a person is in control, which it reads again', async () => {
  await run()
  await arrives('m2')
  await run(async ({ reply }) => {
    vendor.control = 'operator'
    await expect(reply({ text: 'At nine.' })).rejects.toMatchObject({ code: 'conflict' })
  })
  expect(vendor.sent).toEqual([])
})

test.each(['operator', 'unknown', 'agent'] as const)(
  'an automation is silent after a message of the author %s',
  async (kind) => {
    await run()
    await arrives('m2')
    await run(async ({ reply }) => {
      vendor.messages.push({ ...contactWrites('m3', 'c1'), direction: 'outbound', author: { kind, basis: 'inferred' } })
      await expect(reply({ text: 'At nine.' })).rejects.toMatchObject({ code: 'conflict' })
    })
    expect(vendor.sent).toEqual([])
  },
)

test('an automation that fails does not get the message again, and the failure is told', async () => {
  await run()
  await arrives('m2')
  const failure = new Error('It failed.')
  expect(await run(() => Promise.reject(failure))).toEqual(['m2'])
  expect(errors).toEqual([failure])
  expect(await run()).toEqual([])
})

test('a process that ends while it handles a message leaves the turn to another one, which gets the message again', async () => {
  await run()
  await arrives('m2')
  let begun = () => {}
  const started = new Promise<void>((resolve) => {
    begun = resolve
  })
  void run(() => {
    begun()
    return new Promise(() => {})
  })
  await started
  const other = openDesk()
  expect(await run(() => {}, other)).toEqual([])
  await sql`update parley.facts set value = value || '{"until": 0}' where name = 'desk.inbound'`.execute(db)
  expect(await run(() => {}, other)).toEqual(['m2'])
})

test('changes that are not kept any more are skipped, and that is told', async () => {
  await run()
  await arrives('m2')
  const { rows } = await sql<{ xid: string; no: string }>`
    select xid::text as xid, no::text as no from parley.changes order by xid desc, no desc limit 1`.execute(db)
  await sql`insert into parley.facts (name, value) values ('changes.pruned', ${JSON.stringify(rows[0])}::jsonb)`.execute(
    db,
  )
  expect(await run()).toEqual([])
  expect(errors).toMatchObject([{ code: 'invalid-request' }])
  await arrives('m3')
  expect(await run()).toEqual(['m3'])
})

test('a message of an erased person is handled by nobody', async () => {
  await run()
  await arrives('m2')
  vendor.conversations = []
  await sql`delete from parley.messages where ref = ${refOf('message', 'm2')}`.execute(db)
  expect(await run()).toEqual([])
})

test('a run needs the automation, and a signal', async () => {
  await expect(desk.runOnce({ onInbound: () => {} })).rejects.toMatchObject({ code: 'invalid-request' })
  await expect(desk.run({} as never)).rejects.toMatchObject({ code: 'invalid-request' })
})

test('a run goes on over failures of the database until it is stopped', async () => {
  const controller = new AbortController()
  await sql`alter table parley.overlays rename to away`.execute(db)
  const running = openDesk().run({ signal: controller.signal })
  for (let times = 0; errors.length === 0 && times < 500; times++) await new Promise((done) => setTimeout(done, 10))
  await sql`alter table parley.away rename to overlays`.execute(db)
  controller.abort()
  await running
  expect(errors.length).toBeGreaterThan(0)
})
