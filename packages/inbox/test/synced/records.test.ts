import { type Adapter, type Contact, type Message, NetworkError, paged } from '@parley/core'
import { createInbox } from '@parley/inbox'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { databaseOf } from '../../src/store/database.ts'
import { endOf } from '../../src/store/message-order.ts'
import { completeMessage } from '../../src/store/records.ts'
import { conversation } from '../fake-account.ts'
import { filledStore, message, placesWithoutTimes, silentAdapter, syncedAt } from './filled.ts'

const filled = await filledStore()
afterEach(() => filled.clear())
afterAll(() => filled.close())

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const chat = conversation('acme', 'one', 'c1', at(9))

const idsOf = async (list: AsyncIterable<{ id: string }>): Promise<string[]> => {
  const ids: string[] = []
  for await (const { id } of list) ids.push(id)
  return ids
}

/** The same times, newest first. What has none stays where it is. */
function inOrder(times: readonly (string | undefined)[]): (string | undefined)[] {
  const sorted = times.flatMap((time) => time ?? []).sort()
  return times.map((time) => time && sorted.pop())
}

/** A thread in pages, newest first. */
function pagesOf(thread: readonly Message[], size: number): { items: Message[]; before: Message[] }[] {
  let before: Message[] = []
  return Array.from({ length: Math.ceil(thread.length / size) }, (_, index) => {
    const items = thread.slice(index * size, (index + 1) * size)
    const page = { items, before }
    before = endOf([...before, ...items])
    return page
  })
}

/** An account that has two messages that the store lacks. */
function account(fails = false): { adapter: Adapter; asked: string[] } {
  const asked: string[] = []
  const silent = silentAdapter('acme', 'one')
  const asking = (operation: string) => {
    asked.push(operation)
    if (fails) throw new NetworkError({ message: 'The connection failed.', vendor: 'acme' })
  }
  const texts: Message[] = ['live1', 'live2', 'live3'].map((id) => message(chat, id, { text: id }))
  const adapter: Adapter = {
    ...silent,
    messages: {
      list: (_, query = {}) =>
        paged(
          async (cursor) => {
            asking('messages.list')
            const from = Number(cursor ?? 0)
            const next = from + 2 < texts.length ? String(from + 2) : null
            return { items: texts.slice(from, from + 2), next, warnings: [] }
          },
          query,
          { vendor: 'acme', account: 'one', operation: 'messages.list' },
        ),
      get: async () => {
        asking('messages.get')
        return texts[0] as Message
      },
    },
    conversations: {
      get: async () => {
        asking('conversations.get')
        return { ...chat, title: 'live' }
      },
    },
  }
  return { adapter, asked }
}

describe('the messages of a synced inbox', () => {
  it('have the order of the vendor, with and without times, in both directions and in pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.nat(3), { freq: 6 }), { maxLength: 12 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        async (minutes, isTimed, size, limit) => {
          await filled.clear()
          const no = await filled.account('acme:one')
          await filled.write(no, 'conversation', [chat])
          await filled.complete(no, [chat.ref])
          const times = minutes.map((minute, index) =>
            isTimed && (minute !== null || index === 0) ? at(minute ?? 0) : undefined,
          )
          const thread = inOrder(times).map((createdAt, index) =>
            // The refs have another order than the messages.
            message(chat, `m${(index * 7) % 13}`, createdAt === undefined ? {} : { createdAt, text: 'x' }),
          )
          const { read, ids } = { read: pagesOf(thread, size), ids: thread.map(({ id }) => id) }
          if (isTimed) for (const { items, before } of read) await filled.write(no, 'message', items, { before })
          else await filled.write(no, 'message', thread, placesWithoutTimes(thread.toReversed()))
          const inbox = createInbox({ store: filled.store, accounts: [account().adapter] })
          expect(await idsOf(inbox.messages.list(chat.ref, { limit }))).toEqual(ids)
          expect(await idsOf(inbox.messages.list(chat, { limit, order: 'asc' }))).toEqual(ids.toReversed())
        },
      ),
      { numRuns: 60 },
    )
  })

  it('keep the text that their list omits when only their order changes', async () => {
    const no = await filled.account('acme:one')
    await filled.write(no, 'conversation', [chat])
    await filled.complete(no, [chat.ref])
    const [one, two] = ['one', 'two'].map((id) => message(chat, id, { createdAt: at(1) })) as [Message, Message]
    await filled.write(no, 'message', [one, two], { before: [] })
    const db = databaseOf(filled.store)
    const { rows } = await sql<{ hash: string }>`
      select encode(hash, 'hex') as hash from parley.messages where ref = ${one.ref}`.execute(db)
    await completeMessage(db, no, { ref: one.ref, hash: rows[0]?.hash as string }, { ...one, text: 'the text' })
    await filled.write(no, 'message', [two, one], { before: [] })
    const inbox = createInbox({ store: filled.store, accounts: [account().adapter] })
    expect((await inbox.messages.list(chat.ref)).items).toEqual([two, { ...one, text: 'the text' }])
  })

  it('come from the vendor, page by page, until the store has all of the conversation', async () => {
    const no = await filled.account('acme:one')
    await filled.write(no, 'conversation', [chat])
    await filled.write(no, 'message', [message(chat, 'stored', { createdAt: at(1) })])
    const { adapter, asked } = account()
    const inbox = createInbox({ store: filled.store, accounts: [adapter] })
    const first = await inbox.messages.list(chat.ref)
    expect(first.items).toMatchObject([{ id: 'live1' }, { id: 'live2' }])
    // The store has become complete in the meantime. The list goes on where it began.
    await filled.complete(no, [chat.ref])
    expect((await inbox.messages.list(chat.ref, { cursor: first.next })).items).toMatchObject([{ id: 'live3' }])
    expect(asked).toHaveLength(2)
    expect(await idsOf(inbox.messages.list(chat.ref))).toEqual(['stored'])
    expect(asked).toHaveLength(2)
  })

  it('say that some may be missing if the vendor cannot be asked', async () => {
    const no = await filled.account('acme:one')
    await filled.write(no, 'conversation', [chat])
    const inbox = createInbox({ store: filled.store, accounts: [account(true).adapter] })
    await expect(inbox.messages.list(chat.ref)).rejects.toThrow(NetworkError)
    await filled.write(no, 'message', [message(chat, 'stored', { createdAt: at(1) })])
    expect(await inbox.messages.list(chat.ref)).toMatchObject({
      items: [{ id: 'stored' }],
      warnings: [{ code: 'degraded', operation: 'messages.list', account: 'one' }],
    })
  })

  it('are asked for at the vendor if only it has the text', async () => {
    const no = await filled.account('acme:one')
    const [full, cut] = [message(chat, 'full', { text: 'stored' }), message(chat, 'cut')]
    await filled.write(no, 'message', [full, cut])
    const inbox = createInbox({ store: filled.store, accounts: [account().adapter] })
    expect(await inbox.messages.get(full.ref)).toEqual(full)
    expect(await inbox.messages.get(cut.ref)).toMatchObject({ id: 'live1' })
  })
})

describe('a record of a synced inbox', () => {
  it('comes from the store, and from the vendor if the store does not have it', async () => {
    const no = await filled.account('acme:one')
    const { adapter, asked } = account()
    const inbox = createInbox({ store: filled.store, accounts: [adapter] })
    expect(await inbox.conversations.get(chat.ref)).toMatchObject({ title: 'live' })
    await filled.write(no, 'conversation', [chat])
    expect(await inbox.conversations.get(chat)).toEqual(chat)
    expect(await inbox.conversations.get(chat.ref, { withContact: true })).toMatchObject({ title: 'live' })
    expect(await inbox.conversations.get(chat.ref, { raw: true })).toMatchObject({ title: 'live' })
    expect(asked).toHaveLength(3)
    await expect(inbox.conversations.get('acme:other/conversation/c1')).rejects.toMatchObject({ code: 'not-found' })
    await expect(inbox.conversations.get('acme:one/contact/c1')).rejects.toMatchObject({ code: 'invalid-request' })
    await expect(inbox.conversations.get(chat.ref, { withContacts: true } as never)).rejects.toMatchObject({
      code: 'invalid-request',
    })
  })
})

const contact = (id: string, fields: Partial<Contact> = {}): Contact => ({
  ...{ ref: `acme:one/contact/${id}`, vendor: 'acme', account: 'one', id },
  ...fields,
})

describe('the contacts of a synced inbox', () => {
  it('are listed by ref, and found by address, id and text', async () => {
    const no = await filled.account('acme:one')
    const ada = contact('ada', { name: 'Ada Quill', email: ' Ada@Quill.example', phone: '+44 (20) 123-456' })
    const ben = contact('ben', { externalId: 'b-1', phone: '+44 20123456 ext. 5', email: null })
    await filled.write(no, 'contact', [ben, ada])
    const inbox = createInbox({ store: filled.store, accounts: [silentAdapter('acme', 'one')] })
    expect(await idsOf(inbox.contacts.list({ limit: 1 }))).toEqual(['ada', 'ben'])
    const found = (search: Parameters<typeof inbox.contacts.search>[0]) => idsOf(inbox.contacts.search(search))
    expect(await found({ email: 'ADA@quill.example' })).toEqual(['ada'])
    expect(await found({ phone: '+4420123456' })).toEqual(['ada'])
    expect(await found({ phone: '+44 20 123456 Ext 5' })).toEqual(['ben'])
    expect(await found({ phone: '+44 20 1234565' })).toEqual([])
    expect(await found({ externalId: 'b-1' })).toEqual(['ben'])
    expect(await found({ text: 'quill' })).toEqual(['ada'])
    expect(await found({ text: 'quill', externalId: 'b-1' })).toEqual([])
    const { accounts } = await inbox.contacts.search({ text: 'quill' })
    expect(accounts).toEqual([{ account: 'acme:one', state: 'ok', asOf: syncedAt }])
  })

  it('are searched at the vendor if the store does not have them all', async () => {
    const no = await filled.account('acme:one')
    await filled.sql('update parley.streams set caught_up_at = null')
    await filled.write(no, 'contact', [contact('ada', { email: 'ada@quill.example' })])
    const live = contact('live')
    const adapter: Adapter = {
      ...silentAdapter('acme', 'one'),
      contacts: {
        search: (query) =>
          paged(async () => ({ items: [live], next: null, warnings: [] }), query, {
            ...{ vendor: 'acme', account: 'one', operation: 'contacts.search' },
          }),
      },
    }
    const inbox = createInbox({ store: filled.store, accounts: [adapter] })
    expect(await idsOf(inbox.contacts.search({ email: 'ada@quill.example' }))).toEqual(['live'])
    expect((await inbox.contacts.list()).accounts).toMatchObject([{ state: 'unsupported', asOf: null }])
  })
})

describe('the agents of a synced inbox', () => {
  it('are listed by ref, and found by their name', async () => {
    const no = await filled.account('acme:one')
    const agent = (id: string, name: string) => ({
      ...{ ref: `acme:one/agent/${id}`, vendor: 'acme', account: 'one', id, name },
    })
    await filled.write(no, 'agent', [agent('b', 'Sales'), agent('a', 'Support')] as never)
    const inbox = createInbox({ store: filled.store, accounts: [silentAdapter('acme', 'one')] })
    expect(await idsOf(inbox.agents.list({ limit: 1 }))).toEqual(['a', 'b'])
    expect(await idsOf(inbox.agents.list({ search: 'SALE' }))).toEqual(['b'])
    expect(await inbox.agents.get('acme:one/agent/b')).toMatchObject({ name: 'Sales' })
  })
})
