import { AuthenticationError, type Contact, type OperationOptions, paged } from '@parley/core'
import { createStore, createSync, type SyncStream } from '@parley/inbox'
import { defaultNow, testClock } from '@parley/sandbox'
import { afterAll, describe, expect, it } from 'vitest'
import { databaseOf } from '../../src/store/database.ts'
import { empty } from '../store/stores.ts'
import { aConversation, aMessage, refOf, type VendorInMemory, vendorInMemory } from './vendor-in-memory.ts'

const of = { vendor: 'acme', account: 'shop' }

// Opening a store takes seconds, so all tests share one, and empty it.
const store = await createStore()
const db = databaseOf(store)
afterAll(() => store.close())

async function started(given?: Parameters<typeof vendorInMemory>[0]) {
  await empty(store)
  const vendor = vendorInMemory(given)
  const clock = testClock(defaultNow)
  return { vendor, clock, sync: createSync({ store, accounts: [vendor.adapter], clock }) }
}

const numbered = <Item>(number: number, make: (id: string) => Item): Item[] =>
  Array.from({ length: number }, (_, index) => make(`${index}`.padStart(4, '0')))

const stored = async (table: 'conversations' | 'messages'): Promise<number> =>
  (await db.selectFrom(`parley.${table}`).select('ref').execute()).length

describe('credentials that end in the middle of the first read', () => {
  const { vendor: name, account } = of
  const refused = () => {
    throw new AuthenticationError({ message: 'The key was refused.', vendor: name, account })
  }

  it.each(['resume', 'restart'])(
    'stop the account and no other, and it goes on where it was after a %s',
    async (how) => {
      const { vendor, clock } = await started({ pageSize: 10 })
      vendor.conversations = numbered(30, (id) => aConversation(id))
      vendor.messages = numbered(30, (id) => aMessage(id, id))
      const other = vendorInMemory({ account: 'other' })
      let sync = createSync({ store, accounts: [vendor.adapter, other.adapter], clock, concurrency: 1 })
      let left = 20
      vendor.before = () => {
        if (left-- <= 0) refused()
      }
      const { accounts } = await sync.runOnce()
      expect(accounts).toMatchObject([
        {
          state: 'stopped',
          error: { code: 'authentication', action: 'Renew the credentials of the account, and start the sync again.' },
        },
        {
          state: 'active',
          streams: expect.arrayContaining([expect.objectContaining({ stream: 'conversations', state: 'idle' })]),
        },
      ])
      expect(await stored('messages')).toBe(17)
      const asked = vendor.asked.length
      expect(asked).toBe(20 + 1)

      vendor.before = () => {}
      if (how === 'resume') await sync.resume('acme:shop')
      else sync = createSync({ store, accounts: [vendor.adapter, other.adapter], clock })
      await sync.runOnce({ streams: ['conversations', 'messages'] })
      expect(await stored('messages')).toBe(30)
      const threads = vendor.asked.filter((request) => request.startsWith('messages.list'))
      // Only the one that was refused is read again.
      expect(threads.length).toBe(31)
      expect(new Set(threads).size).toBe(30)
    },
  )
})

describe('a vendor that answers every page with the same items', () => {
  /** A list whose cursors are new each time, and without effect. */
  const repeating =
    <Item>(vendor: VendorInMemory, operation: string, items: () => Item[]) =>
    (...given: unknown[]) => {
      let cursor = 0
      return paged(
        async () => {
          vendor.asked.push(operation)
          ;(given.at(-1) as OperationOptions).signal?.throwIfAborted()
          return { items: items(), next: String(++cursor), warnings: [] }
        },
        {},
        { ...of, operation },
      )
    }

  const spoil: Record<string, { stream: SyncStream; begin: (vendor: VendorInMemory) => object }> = {
    conversations: {
      stream: 'conversations',
      begin: (vendor) => ({
        conversations: { list: repeating(vendor, 'conversations.list', () => [aConversation('c1')]) },
      }),
    },
    messages: {
      stream: 'messages',
      begin: (vendor) => ({ messages: { list: repeating(vendor, 'messages.list', () => [aMessage('m1', 'c1')]) } }),
    },
    contacts: {
      stream: 'contacts',
      begin: (vendor) => ({
        contacts: {
          list: repeating(vendor, 'contacts.list', () => [{ ...of, id: 'k1', ref: refOf('contact', 'k1') } as Contact]),
        },
      }),
    },
    agents: {
      stream: 'agents',
      begin: (vendor) => ({
        agents: { list: repeating(vendor, 'agents.list', () => [{ ...of, id: 'a1', ref: refOf('agent', 'a1') }]) },
      }),
    },
    export: {
      stream: 'messages',
      begin: (vendor) => ({
        messages: {
          ...vendor.adapter.messages,
          export: repeating(vendor, 'messages.export', () => [aMessage('m1', 'c1')]),
        },
      }),
    },
  }

  it.each(Object.keys(spoil))('has an error for its %s after a few requests', async (name) => {
    const { stream, begin } = spoil[name] as (typeof spoil)[string]
    const { vendor, sync } = await started()
    vendor.conversations = [aConversation('c1')]
    Object.assign(vendor.adapter, begin(vendor))
    const { accounts } = await sync.runOnce({ streams: ['conversations', stream] })
    const status = accounts[0]?.streams.find((one) => one.stream === stream)
    // If it is the messages of one conversation, this one is read later, and holds up no other.
    const [postponed] = await db.selectFrom('parley.postponed').select('error').execute()
    if (name !== 'messages') expect(status?.state).toBe('waiting')
    expect(name === 'messages' ? postponed?.error : status?.error).toMatchObject({
      code: 'response',
      message: expect.stringContaining('the vendor repeats its pages'),
    })
    expect(vendor.asked.length).toBeLessThan(10)
  })

  it('has an error for its export, also if many pages go round', async () => {
    const { vendor, sync } = await started()
    const messages = numbered(200, (id) => aMessage(id, 'c1'))
    Object.assign(vendor.adapter.messages as object, {
      export: (query: { cursor?: string }) =>
        paged(
          async (cursor) => {
            vendor.asked.push('messages.export')
            const at = Number(cursor ?? 0)
            const from = (at % 20) * 10
            return { items: messages.slice(from, from + 10), next: String(at + 1), warnings: [] }
          },
          query,
          { ...of, operation: 'messages.export' },
        ),
    })
    const { accounts } = await sync.runOnce({ streams: ['messages'] })
    expect(accounts[0]?.streams.find(({ stream }) => stream === 'messages')).toMatchObject({
      state: 'waiting',
      error: { code: 'response' },
    })
    expect(await stored('messages')).toBe(200)
    expect(vendor.asked.length).toBe(70)
  })
})

describe('1,000 records of one time', () => {
  it.each([
    ['conversations', 1_000, 0],
    ['messages', 1, 1_000],
  ] as const)(
    'are all found, and cost one request when nothing has changed: %s',
    async (stream, conversations, messages) => {
      const { vendor, sync } = await started({ pageSize: 100 })
      vendor.conversations = numbered(conversations, (id) => aConversation(id))
      vendor.messages = numbered(messages, (id) => aMessage(id, '0000'))
      const streams = ['conversations', stream] as const
      await sync.runOnce({ streams })
      expect([await stored('conversations'), await stored('messages')]).toEqual([conversations, messages])
      vendor.asked.length = 0
      await sync.runOnce({ streams })
      expect(vendor.asked).toEqual(['conversations.list'])
    },
  )
})

describe('an event', () => {
  const event = (fields: object) => ({ ...of, native: null, ...fields }) as never

  it('of a message in a conversation that is not stored has both read, also if the vendor shows them late', async () => {
    const { vendor, clock, sync } = await started()
    const [conversation, message] = [refOf('conversation', 'c1'), refOf('message', 'm1')]
    await sync.receive(event({ kind: 'message.updated', dedupeKey: 'a', conversation, message }))
    await sync.runOnce({ streams: ['live'] })
    expect([await stored('conversations'), await stored('messages')]).toEqual([0, 0])
    vendor.conversations = [aConversation('c1')]
    vendor.messages = [aMessage('m1', 'c1')]
    await clock.advance(60_000)
    await sync.runOnce({ streams: ['live'] })
    expect([await stored('conversations'), await stored('messages')]).toEqual([1, 1])
    const due = db.selectFrom('parley.hints').select('key').where('due_at', 'is not', null)
    expect(await due.execute()).toEqual([])
  })
})
