import {
  type Conversation,
  type ConversationOperations,
  type Event,
  type Message,
  NetworkError,
  paged,
} from '@parley/core'
import { createInbox, createStore, createSync, type SyncOptions } from '@parley/inbox'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { databaseOf } from '../../src/store/database.ts'
import { empty } from '../store/stores.ts'
import { aConversation, aMessage, refOf, vendorInMemory } from './vendor-in-memory.ts'

const of = { vendor: 'acme', account: 'shop' }
// All that is of the erased person has this word somewhere.
const secret = 'secret'
const person = refOf('contact', 'secret-person')
const chat = refOf('conversation', 'secret-chat')

// Opening a store takes seconds, so all tests share one, and empty it.
const store = await createStore()
const db = databaseOf(store)
afterAll(() => store.close())

const chatOf = (contact: string, id: string, fields: Partial<Conversation> = {}): Conversation => ({
  ...aConversation(id),
  contact: { id: contact, ref: refOf('contact', contact), name: `name of ${contact}` },
  ...fields,
})
const secretChat = chatOf('secret-person', 'secret-chat')
const othersChat = chatOf('other', 'others-chat')
const secretMessage: Message = { ...aMessage('secret-message', 'secret-chat'), text: 'secret text' }
const secretAuthor: Message['author'] = { kind: 'contact', basis: 'vendor', id: 'secret-person', name: 'secret name' }
const hint = (fields: object): Event => ({ ...of, dedupeKey: 'k', kind: 'message.created', ...fields }) as Event

async function started(options: Partial<SyncOptions> & { pageSize?: number } = {}) {
  const { pageSize = 100, ...own } = options
  await empty(store)
  const vendor = vendorInMemory({ pageSize })
  vendor.conversations = [secretChat, othersChat]
  vendor.messages = [secretMessage, aMessage('m1', 'others-chat')]
  const sync = createSync({ store, accounts: [vendor.adapter], payloads: true, onError: () => {}, ...own })
  return { sync, vendor }
}

/** The rows of all tables that have one of the texts, except for the events of the erasure. */
async function traces(...texts: string[]): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select schemaname || '.' || tablename as name from pg_tables where schemaname ~ '^parley'`.execute(db)
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`select own::text as row from ${sql.table(name)} as own`.execute(db)
    found.push(...rows.map(({ row }) => `${name}: ${row}`).filter((row) => texts.some((text) => row.includes(text))))
  }
  return found.filter((row) => !/^parley\.changes: .*,erased,/.test(row))
}

async function linesOf(contact?: string): Promise<string[]> {
  const lines: string[] = []
  for await (const line of store.export(contact === undefined ? {} : { contact })) lines.push(line)
  return lines
}

describe('nothing of an erased person is stored', () => {
  it('by a webhook, also after the vendor has deleted the person as well', async () => {
    const { sync, vendor } = await started()
    await sync.runOnce()
    expect(await traces(secret)).not.toEqual([])
    await store.erase(person)
    expect(await traces(secret)).toEqual([])
    vendor.conversations = [othersChat]
    const raw = { from: { id: 'secret-person', name: 'secret name' } }
    for (const [dedupeKey, fields] of Object.entries({
      a: { conversation: chat, message: refOf('message', 'm9'), raw },
      b: { kind: 'contact.updated', contact: person, raw },
      c: { kind: 'unknown', raw },
    }))
      expect(await sync.receive(hint({ dedupeKey, ...fields }))).toEqual({ isNew: false })
    expect(await traces(secret)).toEqual([])
    // A hint about another person's conversation is followed, but has no payload that names the erased one.
    expect(await sync.receive(hint({ conversation: othersChat.ref, message: refOf('message', 'm10'), raw }))).toEqual({
      isNew: true,
    })
    await sync.runOnce({ full: true })
    expect(await traces(secret)).toEqual([])
  })

  it('as a record that cannot be stored', async () => {
    const { sync, vendor } = await started()
    const bad = { unreadCount: 3_000_000_000 }
    vendor.conversations.push(
      chatOf('secret-person', 'c3', { title: 'secret title', ...bad }),
      chatOf('other', 'c4', bad),
    )
    await sync.runOnce()
    await store.erase(person)
    expect(await traces(secret)).toEqual([])
    const { accounts } = await sync.runOnce({ full: true })
    expect(accounts[0]?.quarantined).toBe(1)
    expect(await traces(secret)).toEqual([])
  })

  it('as a payload that has the id as a number', async () => {
    const { sync, vendor } = await started()
    vendor.conversations = [chatOf('4711', 'c1')]
    const conversations = vendor.adapter.conversations as ConversationOperations
    const { list } = conversations
    const raw = { items: [{ contact_id: 4711, email: 'secret@example.com' }] }
    const warning = {
      ...of,
      code: 'bad-item' as const,
      message: 'It cannot be read.',
      operation: 'conversations.list',
      raw,
    }
    conversations.list = (query, options) =>
      paged(
        async (cursor) => {
          const page = await list({ ...query, ...(cursor !== undefined && { cursor }) }, options)
          return { ...page, warnings: [warning] }
        },
        query ?? {},
        { ...of, operation: 'conversations.list' },
      )
    await sync.runOnce()
    await sync.receive(hint({ kind: 'unknown', raw }))
    expect(await traces('secret@')).toHaveLength(2)
    await store.erase(refOf('contact', '4711'))
    expect(await traces('secret@')).toEqual([])
    await sync.runOnce({ full: true })
    expect(await traces('secret@')).toEqual([])
  })

  it('by a sync that reads the conversation at the time', async () => {
    const { sync, vendor } = await started()
    vendor.before = async (request) => {
      if (request === 'messages.list secret-chat') await store.erase(person)
    }
    await sync.runOnce()
    expect(await traces(secret)).toEqual([])
    vendor.before = () => {}
    await sync.runOnce({ full: true })
    expect(await traces(secret)).toEqual([])
    expect((await sync.status()).accounts[0]?.records).toMatchObject({ conversations: 1, messages: 1 })
  })

  it('by a sync that fails to read the conversation at the time', async () => {
    const { sync, vendor } = await started()
    vendor.before = async (request) => {
      if (request !== 'messages.list secret-chat') return
      await store.erase(person)
      throw new NetworkError({ message: 'The connection failed.', ...of })
    }
    await sync.runOnce()
    expect(await traces(secret)).toEqual([])
  })

  it('by a reply through the inbox', async () => {
    const { sync, vendor } = await started()
    const reply = async () => ({ message: secretMessage, conversationId: 'secret-chat', warnings: [] })
    Object.assign(vendor.adapter.messages as object, { reply })
    await sync.runOnce()
    await store.erase(person)
    const inbox = createInbox({ store, accounts: [vendor.adapter] })
    await inbox.messages.reply(chat, { text: 'hi' })
    expect(await traces(secret)).toEqual([])
  })

  it('by a read of all conversations that ends before its last page', async () => {
    const { sync, vendor } = await started({ pageSize: 1 })
    vendor.conversations = [
      chatOf('secret-person', 'secret-chat', { lastActivityAt: '2026-01-15T12:00:00.000Z' }),
      othersChat,
    ]
    await sync.runOnce()
    await store.erase(person)
    vendor.before = () => {
      if (vendor.asked.filter((request) => request === 'conversations.list').length > 1)
        throw new NetworkError({ message: 'The connection failed.', ...of })
    }
    for (let run = 0; run < 2; run++) {
      vendor.asked.length = 0
      await sync.runOnce({ streams: ['sweep'], full: true })
      expect(await db.selectFrom('parley.seen').selectAll().execute()).toMatchObject([{ refs: [] }])
    }
  })

  it('by an import of an export that was made before', async () => {
    const { sync, vendor } = await started()
    await sync.runOnce()
    vendor.conversations[0] = { ...secretChat, title: 'secret title' }
    await sync.runOnce({ full: true })
    const lines = await linesOf()
    await store.erase(person)
    await store.import(lines)
    expect(await traces(secret)).toEqual([])
  })

  it('after an import of their erasure, whatever the store has of them', async () => {
    const { sync: earlier, vendor } = await started()
    await earlier.runOnce()
    await store.erase(person)
    const lines = await linesOf()
    await empty(store)
    const sync = createSync({ store, accounts: [vendor.adapter], payloads: true })
    const bad = chatOf('secret-person', 'c3', { title: 'secret title', unreadCount: 3_000_000_000 })
    vendor.conversations = [secretChat, othersChat, bad, chatOf('secret-person', 'c5')]
    const text = 'secret text'
    vendor.messages.push(
      { ...aMessage('m7', 'c5'), text },
      { ...aMessage('m8', 'others-chat'), text, author: secretAuthor },
    )
    await sync.runOnce()
    await sync.receive(hint({ kind: 'unknown', raw: { id: 'secret-person', name: 'secret name' } }))
    await sync.receive(hint({ kind: 'contact.updated', dedupeKey: 'l', contact: person }))
    await store.import(lines)
    expect(await traces(secret)).toEqual([])
    expect((await sync.status()).accounts[0]?.records).toMatchObject({ conversations: 1, messages: 1 })
  })

  it('in the places that a sync goes on from', async () => {
    const { sync, vendor } = await started()
    vendor.adapter.limits.required = { 'conversations.list': ['contactId'] }
    const people = ['secret-person', 'other'].map((id) => ({ ...of, ref: refOf('contact', id), id }))
    const page = <Item>(items: Item[], operation: string) =>
      paged(async () => ({ items, next: null, warnings: [] }), {}, { ...of, operation })
    Object.assign(vendor.adapter, { contacts: { list: () => page(people, 'contacts.list') } })
    Object.assign(vendor.adapter.conversations as object, {
      list: ({ contactId }: { contactId: string }) =>
        page(
          vendor.conversations.filter(({ contact }) => contact?.id === contactId),
          'conversations.list',
        ),
    })
    await sync.runOnce()
    await sync.runOnce()
    await sql`insert into parley.checkpoints (account, stream, part, position)
      values (1, 'contacts', 'again', ${JSON.stringify(person)}::jsonb)`.execute(db)
    const lines = await linesOf()
    await store.erase(person)
    expect(await traces(secret)).toEqual([])
    await store.import(lines)
    expect(await traces(secret)).toEqual([])
    expect(
      await db.selectFrom('parley.checkpoints').select('part').where('stream', '=', 'conversations').execute(),
    ).toEqual([{ part: refOf('contact', 'other') }])
  })

  it('as messages in the conversations of others, and in those that no list shows', async () => {
    const { sync, vendor } = await started()
    const written = (id: string, chat: string): Message => ({
      ...aMessage(id, chat),
      text: 'secret text',
      author: secretAuthor,
    })
    vendor.messages.push(written('m2', 'others-chat'))
    const items = [written('m3', 'unlisted'), { ...aMessage('m4', 'unlisted'), contactId: 'secret-person' }]
    Object.assign(vendor.adapter.messages as object, {
      export: (query: object) =>
        paged(async () => ({ items, next: null, warnings: [] }), query, { ...of, operation: 'messages.export' }),
    })
    await sync.runOnce()
    expect((await linesOf(person)).filter((line) => line.includes('"kind":"message"'))).toHaveLength(4)
    expect(await store.erase(person)).toEqual({ conversations: 1, messages: 4 })
    expect(await traces(secret)).toEqual([])
    const inbox = createInbox({ store, accounts: [vendor.adapter] })
    expect((await inbox.changes()).items.map(({ ref }) => ref)).toContain(refOf('message', 'm2'))
    vendor.messages.push(written('m5', 'others-chat'))
    await sync.receive(hint({ conversation: othersChat.ref, message: refOf('message', 'm5') }))
    await sync.runOnce({ full: true })
    await sync.reset('acme:shop')
    await sync.runOnce({ full: true })
    expect(await traces(secret, 'm5')).toEqual([])
    // The conversation of the other person is read to its end.
    expect(await db.selectFrom('parley.threads').select('due_at').execute()).toEqual([{ due_at: null }])
  })
})

it('an erasure is of one person, also if ids differ only in what a database cannot store', async () => {
  const { sync, vendor } = await started()
  const ids = ['bob', 'bob\0', 'ann\ud800', 'ann\udfff', '%00']
  vendor.conversations = ids.map((id, index) => chatOf(id, `c${index}`))
  vendor.messages = ids.map((_, index) => aMessage(`m${index}`, `c${index}`))
  await sync.runOnce()
  const inbox = createInbox({ store, accounts: [vendor.adapter] })
  expect((await inbox.conversations.list({ contactId: 'bob' })).items.map(({ id }) => id)).toEqual(['c0'])
  expect((await inbox.conversations.list({ contactId: '%00' })).items.map(({ id }) => id)).toEqual(['c4'])
  for (const id of ids) {
    expect((await linesOf(refOf('contact', id))).filter((line) => line.includes('"kind":"conversation"'))).toHaveLength(
      1,
    )
    expect(await store.erase(refOf('contact', id))).toEqual({ conversations: 1, messages: 1 })
  }
})

it('a conversation that comes into an export after the notes of its messages has them read', async () => {
  const { sync, vendor } = await started()
  await sync.runOnce()
  const lines: string[] = []
  for await (const line of store.export()) {
    lines.push(line)
    if (!line.includes('"kind":"thread"')) continue
    vendor.conversations = [...vendor.conversations.filter(({ id }) => id !== 'new'), chatOf('other', 'new')]
    await sync.runOnce({ streams: ['conversations'], full: true })
  }
  vendor.messages.push(aMessage('m-new', 'new'))
  await empty(store)
  await store.import(lines)
  await sync.runOnce()
  expect(
    await db
      .selectFrom('parley.messages')
      .select('ref')
      .where('conversation', '=', refOf('conversation', 'new'))
      .execute(),
  ).toHaveLength(1)
  // The same if a note is missing for another reason.
  for (const again of [() => sync.runOnce({ full: true }), () => sync.reset('acme:shop').then(() => sync.runOnce())]) {
    await sql`delete from parley.threads`.execute(db)
    vendor.asked.length = 0
    await again()
    expect(vendor.asked).toContain('messages.list new')
  }
})
