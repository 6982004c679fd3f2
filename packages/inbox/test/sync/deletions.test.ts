import { type Adapter, type Conversation, type Message, requireOperation } from '@parley/core'
import { createStore, createSync } from '@parley/inbox'
import { sandbox } from '@parley/sandbox'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { langGraph } from '../../../langgraph/src/index.ts'
import { leadConnector } from '../../../leadconnector/src/index.ts'
import { databaseOf } from '../../src/store/database.ts'
import { markDeleted } from '../../src/store/deletions.ts'
import { writeRecords } from '../../src/store/records.ts'
import { empty } from '../store/stores.ts'

const desk = await sandbox.start({ vendors: ['langGraph', 'leadConnector'] })
desk.leadConnector.settings.rateLimit = false
afterAll(() => desk.stop())
const store = await createStore()
const db = databaseOf(store)
beforeEach(() => empty(store))
afterAll(() => store.close())

const conversation = { vendor: 'acme', account: 'shop', id: 'c1', ref: 'acme:shop/conversation/c1' } as Conversation
const message: Message = {
  ...{ vendor: 'acme', account: 'shop', id: 'm1', ref: 'acme:shop/message/m1', conversationId: 'c1' },
  ...{ author: { kind: 'contact', basis: 'vendor' }, direction: 'inbound', text: 'Hello' },
  ...{ type: { value: 'text', native: 'text' }, channel: { value: 'web', native: 'web' } },
  createdAt: '2026-01-15T10:00:00.000Z',
} as Message

describe('the messages of a deleted conversation', () => {
  const seconds = (number: number): string => `2026-01-15T12:00:${String(number).padStart(2, '0')}.000000Z`

  async function opened() {
    await sql`insert into parley.accounts (name) values ('acme:shop')`.execute(db)
    const live = async () =>
      (await db.selectFrom('parley.messages').select('ref').where('deleted_at', 'is', null).execute()).length
    const write = (fetchedAt: string) => writeRecords(db, { kind: 'message', account: 1, items: [message], fetchedAt })
    return { live, write }
  }

  it('are deleted with it, also if it was never stored itself', async () => {
    const { live, write } = await opened()
    await write(seconds(1))
    await markDeleted(db, 1, 'conversation', [conversation.ref], seconds(2))
    expect(await live()).toBe(0)
  })

  it('do not come back with a page that was read before the conversation was found to be deleted', async () => {
    const { live, write } = await opened()
    await sql`
      insert into parley.conversations (ref, account, schema, hash, body, fetched_at, sort_at, words)
      values (${conversation.ref}, 1, 1, '', '{}', ${seconds(1)}, '-infinity', '')`.execute(db)
    await markDeleted(db, 1, 'conversation', [conversation.ref], seconds(5))
    await write(seconds(3))
    expect(await live()).toBe(0)
    await write(seconds(6))
    expect(await live()).toBe(1)
  })
})

describe('a vendor that says of everything that it does not exist', () => {
  async function synced() {
    let isGone = false
    const adapter: Adapter = langGraph({
      ...desk.langGraph.accountOptions,
      rate: false,
      fetch: async (input, init) =>
        isGone ? Response.json({ detail: 'Thread not found' }, { status: 404 }) : fetch(input, init),
    })
    const sync = createSync({ store, accounts: [adapter] })
    await sync.runOnce({ streams: ['conversations'] })
    const refs = (await db.selectFrom('parley.conversations').select('ref').orderBy('ref').execute()).map(
      ({ ref }) => ref,
    )
    const hint = (ref: string) =>
      sync.receive({
        ...{ kind: 'conversation.updated', vendor: adapter.vendor, account: adapter.account, native: null },
        ...{ dedupeKey: ref, conversation: ref },
      })
    const deleted = async () =>
      (await db.selectFrom('parley.conversations').select('ref').where('deleted_at', 'is not', null).execute()).length
    isGone = true
    return { sync, refs, hint, deleted }
  }

  it('deletes nothing when webhooks name more than 5 % of its conversations at once', async () => {
    const { sync, refs, hint, deleted } = await synced()
    const most = Math.floor(refs.length * 0.05)
    for (const ref of refs.slice(0, most + 1)) await hint(ref)
    const { accounts } = await sync.runOnce({ streams: ['live'] })
    expect(await deleted()).toBeLessThanOrEqual(most)
    expect(accounts[0]?.missing).toBeGreaterThan(0)
  })

  it('deletes no more than 5 % in a day when webhooks name them one after another', async () => {
    const { sync, refs, hint, deleted } = await synced()
    const most = Math.floor(refs.length * 0.05)
    for (const ref of refs.slice(0, most + 5)) {
      await hint(ref)
      await sync.runOnce({ streams: ['live'] })
    }
    expect(await deleted()).toBe(most)
    const [account = ''] = sync.accounts
    await sync.acceptDeletions(account)
    await sync.runOnce({ streams: ['sweep'] })
    expect(await deleted()).toBe(most + 5)
  })
})

it('a conversation that was missing, is there again, and has changed is stored and read again', async () => {
  const adapter = langGraph({ ...desk.langGraph.accountOptions, rate: false })
  const sync = createSync({ store, accounts: [adapter] })
  await sync.runOnce({ streams: ['conversations'] })
  await sql`
    with changed as (update parley.conversations set hash = '' where ref = (select min(ref) from parley.conversations)
      returning ref, account)
    insert into parley.missing (ref, account, kind, since)
    select ref, account, 'conversation', clock_timestamp() from changed`.execute(db)
  const { accounts } = await sync.runOnce({ streams: ['sweep'], full: true })
  expect(accounts[0]).toMatchObject({ missing: 0 })
  const sweep = accounts[0]?.streams.find(({ stream }) => stream === 'sweep')
  expect(sweep).toMatchObject({ state: 'idle' })
  expect(sweep?.error).toBeUndefined()
})

it('a contact that no list shows and no webhook announces is read again', async () => {
  const adapter = leadConnector({ ...desk.leadConnector.accountOptions, rate: false })
  const sync = createSync({ store, accounts: [adapter] })
  await sync.runOnce({ streams: ['conversations'] })
  const { items } = await requireOperation(adapter, 'conversations.list')({ limit: 20 })
  const first = items.find((item) => item.contact?.email) as Conversation
  // The others are not needed.
  await db.deleteFrom('parley.conversations').where('ref', '<>', first.ref).execute()
  await sync.runOnce({ streams: ['contacts'] })
  const email = first.contact?.email as string
  const { ref } = await adapter.contacts.upsert({ email, firstName: 'Renamed' })
  await sync.runOnce({ streams: ['contacts'], full: true })
  const stored = await db.selectFrom('parley.contacts').select('body').where('ref', '=', ref).execute()
  expect(stored).toMatchObject([{ body: { firstName: 'Renamed' } }])
})
