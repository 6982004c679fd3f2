import { randomBytes } from 'node:crypto'
import {
  AuthenticationError,
  type Conversation,
  createError,
  type Message,
  NetworkError,
  NotFoundError,
  paged,
  RateLimitError,
  systemClock,
  VendorFaultError,
} from '@parley/core'
import { createInbox, createStore, createSync, type SyncOptions } from '@parley/inbox'
import { defaultNow, testClock } from '@parley/sandbox'
import { sql } from 'kysely'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { databaseOf, poolOf } from '../../src/store/database.ts'
import { inTransaction } from '../../src/store/transaction.ts'
import { dueStreams, type Engine } from '../../src/sync/run.ts'
import { empty } from '../store/stores.ts'
import { aConversation, aMessage, refOf, vendorInMemory } from './vendor-in-memory.ts'

const of = { vendor: 'acme', account: 'shop' }

// Opening a store takes seconds, so all tests share one, and empty it.
const store = await createStore()
const db = databaseOf(store)
afterAll(() => store.close())

async function started(options: Partial<SyncOptions> & { pageSize?: number } = {}) {
  const { pageSize = 100, ...own } = options
  await empty(store)
  const vendor = vendorInMemory({ pageSize })
  const errors: unknown[] = []
  const sync = createSync({ store, accounts: [vendor.adapter], onError: (error) => errors.push(error), ...own })
  return { sync, vendor, errors }
}

describe('a record that the database refuses', () => {
  it('stays kept aside after its thread was read to the end', async () => {
    const { sync, vendor } = await started()
    vendor.conversations = [aConversation('c1')]
    vendor.messages = [aMessage('m1', 'c1'), aMessage(randomBytes(4000).toString('hex'), 'c1')]
    for (let run = 0; run < 2; run++) {
      const { accounts } = await sync.runOnce({ streams: ['conversations', 'messages', 'sweep'], full: true })
      expect(accounts[0]).toMatchObject({ quarantined: 1, records: { messages: 1 } })
    }
    vendor.messages = [aMessage('m1', 'c1')]
    await sync.runOnce({ full: true })
    expect(await db.selectFrom('parley.quarantine').selectAll().execute()).toEqual([])
  })
})

describe('refused credentials', () => {
  it('stop the account, also beside a stream that succeeds after an earlier failure', async () => {
    const { sync, vendor } = await started()
    vendor.conversations = [aConversation('c1')]
    vendor.before = (request) => {
      if (request === 'conversations.list') throw new NetworkError({ message: 'The connection failed.', ...of })
    }
    await sync.runOnce()
    vendor.before = () => {
      throw new AuthenticationError({ message: 'The key was refused.', ...of })
    }
    const { accounts } = await sync.runOnce()
    expect(accounts[0]?.state).toBe('stopped')
    const before = vendor.asked.length
    await sync.runOnce()
    expect(vendor.asked.length).toBe(before)
    await sync.resume('acme:shop')
    vendor.before = () => {}
    expect((await sync.runOnce()).accounts[0]).toMatchObject({ state: 'active', records: { conversations: 1 } })
  })
})

describe('an adapter that throws an error of its own', () => {
  it('fails in its state, and does not keep the other conversations from being read', async () => {
    const { sync, vendor, errors } = await started()
    vendor.conversations = [aConversation('c1'), aConversation('c2')]
    vendor.messages = [aMessage('m1', 'c1'), aMessage('m2', 'c2')]
    vendor.before = (request) => {
      if (request === 'messages.list c1') throw new TypeError('a text of a customer')
    }
    const { accounts } = await sync.runOnce({ streams: ['conversations', 'messages'] })
    expect(accounts[0]?.records.messages).toBe(1)
    expect(JSON.stringify(accounts)).not.toContain('customer')
    vendor.before = (request) => {
      if (request === 'conversations.list') throw new TypeError('a text of a customer')
    }
    const after = await sync.runOnce({ streams: ['conversations'] })
    expect(after.accounts[0]?.streams[1]).toMatchObject({ state: 'waiting', error: { code: 'internal' } })
    expect(errors).toHaveLength(1)
  })
})

describe('missing records', () => {
  async function withMissing(number: number, options?: Partial<SyncOptions>) {
    const all = await started(options)
    const { vendor, sync } = all
    vendor.conversations = Array.from({ length: number }, (_, index) => aConversation(`c${index}`))
    await sync.runOnce({ streams: ['conversations'] })
    await sql`insert into parley.missing (ref, account, kind, since)
      select ref, account, 'conversation', clock_timestamp() from parley.conversations`.execute(db)
    return all
  }
  const deleted = async () =>
    (await db.selectFrom('parley.conversations').select('ref').where('deleted_at', 'is not', null).execute()).length

  it('are all looked at when a person has accepted them, however many they are', async () => {
    const all = await withMissing(1200)
    all.vendor.conversations = [aConversation('c0')]
    await all.sync.acceptDeletions('acme:shop')
    await all.sync.runOnce({ streams: ['sweep'] })
    await all.sync.runOnce({ streams: ['sweep'], full: true })
    expect(await deleted()).toBe(1199)
  })

  it('are looked at also behind one that cannot be read', async () => {
    const all = await withMissing(3)
    all.vendor.conversations = []
    all.vendor.before = (request) => {
      if (request === 'conversations.get c0') throw new VendorFaultError({ message: 'It failed.', ...of })
    }
    await all.sync.runOnce({ streams: ['sweep'] })
    expect(await deleted()).toBe(2)
  })

  it('are deleted when the vendor answers with another record, into which they were merged', async () => {
    const all = await withMissing(1)
    const get = all.vendor.adapter.conversations?.get
    Object.assign(all.vendor.adapter.conversations as object, {
      get: async (target: string, options: object) => ({ ...(await get?.(target, options)), ...aConversation('c9') }),
    })
    await all.sync.runOnce({ streams: ['sweep'] })
    const rows = await db.selectFrom('parley.conversations').select('ref').where('deleted_at', 'is', null).execute()
    expect(rows).toEqual([{ ref: refOf('conversation', 'c9') }])
  })

  it('have their messages read when the list shows them again', async () => {
    const { sync, vendor } = await withMissing(10, { sweepSize: 0, every: { scan: 1, sweep: 1 } })
    vendor.messages = [aMessage('m1', 'c1')]
    await sql`update parley.threads set due_at = null, verified_at = clock_timestamp()`.execute(db)
    for (let run = 0; run < 2; run++) await sync.runOnce({ streams: ['sweep'] })
    await sync.runOnce({ streams: ['messages'] })
    expect((await db.selectFrom('parley.messages').select('ref').execute()).length).toBe(1)
  })
})

describe('a record that changes and changes back', () => {
  it('is not overwritten by a page that was read in between', async () => {
    const { sync, vendor } = await started()
    const ref = refOf('conversation', 'c1')
    vendor.conversations = [aConversation('c1')]
    await sync.runOnce({ streams: ['conversations'] })
    vendor.conversations = [{ ...aConversation('c1'), unreadCount: 1 }]
    let isNested = false
    const list = vendor.adapter.conversations?.list as NonNullable<typeof vendor.adapter.conversations>['list']
    Object.assign(vendor.adapter.conversations as object, {
      list: (...given: Parameters<NonNullable<typeof list>>) => {
        const pages = list?.(...given)
        return {
          async *pages() {
            for await (const page of pages?.pages() ?? []) {
              // While the page is on its way, it changes back, and a webhook announces that.
              vendor.conversations = [aConversation('c1')]
              isNested = true
              await sync.receive({
                kind: 'conversation.updated',
                ...of,
                native: null,
                dedupeKey: 'k',
                conversation: ref,
              } as never)
              await sync.runOnce({ streams: ['live'] })
              yield page
            }
          },
        }
      },
    })
    await sync.runOnce({ streams: ['conversations'] })
    expect(isNested).toBe(true)
    const [row] = await db.selectFrom('parley.conversations').select('body').execute()
    expect(row?.body).not.toHaveProperty('unreadCount')
  })
})

describe('a database whose clock was set back', () => {
  it('stores what is read after that, and leaves no stream with a worker of the future', async () => {
    const { sync, vendor } = await started()
    vendor.conversations = [aConversation('c1')]
    await sync.runOnce({ streams: ['conversations'] })
    await sql`update parley.conversations set fetched_at = fetched_at + interval '1 day'`.execute(db)
    await sql`update parley.streams set held_until = clock_timestamp() + interval '1 day'`.execute(db)
    vendor.conversations = [{ ...aConversation('c1'), unreadCount: 1 }]
    await sync.runOnce({ streams: ['conversations'] })
    const [row] = await db.selectFrom('parley.conversations').select('unread').execute()
    expect(row?.unread).toBe(1)
  })
})

describe('what an adapter returns that is no record of its account', () => {
  const nul = String.fromCharCode(0)
  const good = aConversation('bad')
  const others: [string, unknown][] = [
    ['null', null],
    ['a number', 5],
    ['a record without a ref', { ...good, ref: undefined }],
    ['a record with a NUL in its ref', { ...good, ref: `${good.ref}${nul}` }],
    ['a record with a ref that is not encoded', { ...good, ref: 'acme:shop/conversation/a b', id: 'a b' }],
    ['a record with the ref of another one', { ...good, ref: refOf('conversation', 'other') }],
    ['a record of another account', { ...good, ref: 'acme:other/conversation/bad', account: 'other' }],
    ['a record without a needed field', { ...good, status: undefined }],
    ['a record with an unknown status', { ...good, status: { value: 'asleep', native: null } }],
    ['a record with a field that no contract has', { ...good, mood: 'fine' }],
    ['a record with a time in microseconds', { ...good, lastActivityAt: '2026-01-15T10:00:00.123456Z' }],
    ['a record with a time that does not exist', { ...good, lastActivityAt: '2026-99-99T10:00:00.000Z' }],
    [
      'a record that cannot be read',
      new Proxy(good, {
        get: () => {
          throw new Error('a text of a customer')
        },
      }),
    ],
  ]

  it.each(others.map(([name]) => name))('is kept aside, and the rest of its page is stored: %s', async (name) => {
    const item = new Map(others).get(name)
    const { sync, vendor } = await started()
    const list = vendor.adapter.conversations as object
    const page = { items: [aConversation('c1'), item, aConversation('c2')], next: null, warnings: [] }
    Object.assign(list, {
      list: () => ({
        async *pages() {
          yield page
        },
      }),
    })
    const { accounts } = await sync.runOnce({ streams: ['conversations', 'messages'] })
    expect(accounts[0]).toMatchObject({ quarantined: 1, state: 'active', records: { conversations: 2 } })
    expect(accounts[0]?.streams.filter(({ error, state }) => error && state !== 'unsupported')).toEqual([])
    const lines: string[] = []
    for await (const line of store.export()) lines.push(line)
    await empty(store)
    expect(await store.import(lines)).toMatchObject({ added: 2 })
  })

  it('does not count as missing, so the record that it was is not deleted', async () => {
    const { sync, vendor } = await started()
    vendor.conversations = [aConversation('c1'), aConversation('c2')]
    vendor.messages = [aMessage('m1', 'c1'), aMessage('m2', 'c1')]
    await sync.runOnce({ full: true })
    vendor.messages = [aMessage('m1', 'c1'), { ...aMessage('m2', 'c1'), ref: undefined as never }]
    Object.assign(vendor.adapter.conversations as object, { get: undefined })
    const shown = [aConversation('c1'), { ...aConversation('c2'), ref: 'acme:other/conversation/c2' }]
    vendor.conversations = shown
    for (let run = 0; run < 3; run++) await sync.runOnce({ full: true })
    const { accounts } = await sync.status()
    expect(accounts[0]).toMatchObject({ records: { conversations: 2, messages: 2 } })
    expect(accounts[0]?.quarantined).toBeGreaterThan(1)
  })

  it('may have fields that are undefined', async () => {
    const { sync, vendor } = await started()
    vendor.conversations = [{ ...aConversation('c1'), title: undefined as never }]
    expect((await sync.runOnce()).accounts[0]).toMatchObject({ quarantined: 0, records: { conversations: 1 } })
  })

  it.each([
    ['nothing', undefined],
    ['a page without items', { next: null, warnings: [] }],
    ['a page whose end is not said', { items: [], warnings: [] }],
  ])('is an error of the stream: %s', async (_, page) => {
    const { sync, vendor } = await started()
    Object.assign(vendor.adapter.conversations as object, {
      list: () => ({
        async *pages() {
          yield page
        },
      }),
    })
    const { accounts } = await sync.runOnce({ streams: ['conversations'] })
    expect(accounts[0]?.streams[1]?.error).toMatchObject({
      code: 'response',
      message: 'The adapter of acme:shop is wrong: a page of a list is not as the contract says.',
    })
  })
})

describe('a list that never ends', () => {
  it.each([
    ['it always has another empty page', (number: number) => ({ items: [], next: `${number}` })],
    [
      'its cursors come again',
      (number: number) => ({ items: [aConversation(`c${number % 7}`)], next: `${number % 7}` }),
    ],
  ])('is an error of the stream: %s', async (_, make) => {
    const { sync, vendor } = await started()
    Object.assign(vendor.adapter.conversations as object, {
      list: () => ({
        async *pages() {
          for (let number = 0; ; number++) yield { ...make(number), warnings: [] }
        },
      }),
    })
    const { accounts } = await sync.runOnce({ streams: ['conversations'] })
    expect(accounts[0]?.streams[1]?.error).toMatchObject({
      code: 'response',
      message: expect.stringMatching(/never end/),
    })
  })
})

describe('an adapter that hangs', () => {
  const never = new Promise<never>(() => {})

  it.each([
    ['when it is asked for its traits', (adapter: object) => Object.assign(adapter, { traits: () => never })],
    [
      'when its list is ended early',
      (adapter: object) => {
        const page = { items: ['no record'], next: 'x', warnings: 7 }
        const pages = { next: async () => ({ done: false, value: page }), return: () => never }
        const list = () => ({ pages: () => ({ [Symbol.asyncIterator]: () => pages }) })
        Object.assign((adapter as { conversations: object }).conversations, { list })
      },
    ],
  ])('does not keep the sync from ending: %s', async (_, change) => {
    const { sync, vendor } = await started()
    vendor.conversations = [aConversation('c1')]
    vendor.messages = [aMessage('m1', 'c1')]
    change(vendor.adapter)
    const stop = new AbortController()
    const running = sync.runOnce({ signal: stop.signal })
    setTimeout(() => stop.abort(new Error('enough')), 500)
    await expect(running).rejects.toThrow('enough')
  })
})

describe('a stream that failed', () => {
  it('is read again in the same run when its pause is over before the others are done', async () => {
    const clock = testClock(defaultNow)
    const { sync, vendor } = await started({ clock })
    vendor.conversations = [aConversation('c1')]
    vendor.messages = [aMessage('m1', 'c1')]
    let asked = 0
    vendor.before = async (request) => {
      if (request === 'conversations.list' && asked++ === 0)
        throw new RateLimitError({ message: 'Too many.', retryAfterMs: 30_000, ...of })
    }
    vendor.adapter.contacts = {
      list: () => ({
        async *pages() {
          await clock.advance(60_000)
          yield { items: [], next: null, warnings: [] }
        },
      }),
    } as never
    const { accounts } = await sync.runOnce()
    expect(accounts[0]).toMatchObject({ records: { conversations: 1, messages: 1 } })
  })
})

describe('a record that the vendor fails to show by itself', () => {
  const fails = (failing: string) => (request: string) => {
    if (request === failing) throw new VendorFaultError({ message: 'It failed.', ...of })
  }
  const isOver = () => sql`update parley.postponed set due_at = clock_timestamp() - interval '1 minute'`.execute(db)

  it('holds up no other text that a list omits, and is tried again later', async () => {
    const { sync, vendor } = await started()
    const withText = (id: string, minute: number) => aMessage(id, 'c1', `2026-01-15T10:0${minute}:00.000Z`)
    const all = [withText('m3', 3), withText('m2', 2), withText('m1', 1)]
    vendor.conversations = [aConversation('c1')]
    vendor.messages = all.map(({ text: _, ...message }) => message as Message)
    Object.assign(vendor.adapter.messages as object, {
      get: async (id: string) => {
        vendor.asked.push(`messages.get ${id}`)
        await vendor.before(`messages.get ${id}`, {})
        return all.find((message) => message.id === id)
      },
    })
    vendor.before = fails('messages.get m3')
    const streams = ['conversations', 'messages'] as const
    const { accounts } = await sync.runOnce({ streams })
    expect(accounts[0]).toMatchObject({ postponed: 1, state: 'active' })
    const partial = async () =>
      await db.selectFrom('parley.messages').select('ref').where('is_partial', '=', true).execute()
    expect(await partial()).toEqual([{ ref: refOf('message', 'm3') }])
    await sync.runOnce({ streams })
    expect(vendor.asked.filter((request) => request.startsWith('messages.get')).toSorted()).toEqual([
      'messages.get m1',
      'messages.get m2',
      'messages.get m3',
    ])
    vendor.before = () => {}
    await isOver()
    expect((await sync.runOnce({ streams })).accounts[0]).toMatchObject({ postponed: 0 })
    expect(await partial()).toEqual([])
  })

  it('is not due, if it is a text for which the vendor has no operation', async () => {
    const { sync, vendor } = await started()
    vendor.conversations = [aConversation('c1')]
    const { text: _, ...message } = aMessage('m1', 'c1')
    vendor.messages = [message as Message]
    await sync.runOnce({ streams: ['conversations', 'messages'] })
    const every = { conversations: 1e6, contacts: 1e6, agents: 1e6, sweep: 1e6, scan: 1e6 }
    const engine = { db, clock: systemClock, setClock: async () => {}, every } as unknown as Engine
    const account = { no: 1, name: 'acme:shop', adapter: vendor.adapter }
    expect(await dueStreams(engine, account)).toEqual(['agents', 'live', 'contacts', 'sweep'])
  })

  it('holds up no other contact, and one that does not exist is not asked for in each run', async () => {
    const { sync, vendor } = await started({ every: { contacts: 1 } })
    vendor.conversations = ['k1', 'k2', 'k3'].map((id) => ({
      ...aConversation(`c-${id}`),
      contact: { id, ref: refOf('contact', id) },
    }))
    Object.assign(vendor.adapter, {
      contacts: {
        get: async (id: string) => {
          vendor.asked.push(`contacts.get ${id}`)
          await vendor.before(`contacts.get ${id}`, {})
          if (id === 'k2') throw new NotFoundError({ message: 'There is none.', ...of })
          return { ...of, id, ref: refOf('contact', id) }
        },
      },
    })
    vendor.before = fails('contacts.get k1')
    const { accounts } = await sync.runOnce({ streams: ['conversations', 'contacts'] })
    expect(accounts[0]).toMatchObject({ postponed: 1, records: { contacts: 1 } })
    vendor.asked = []
    await sync.runOnce({ streams: ['contacts'] })
    // What is stored is read again.
    expect(vendor.asked).toEqual(['contacts.get k3'])
    vendor.before = () => {}
    await isOver()
    expect((await sync.runOnce({ streams: ['contacts'] })).accounts[0]).toMatchObject({
      postponed: 0,
      records: { contacts: 2 },
    })
  })

  it('is not read in each sweep, if the vendor has a conversation and denies that it has its messages', async () => {
    const { sync, vendor } = await started({ every: { sweep: 1 } })
    vendor.conversations = [aConversation('c1')]
    vendor.before = (request) => {
      if (request === 'messages.list c1') throw new NotFoundError({ message: 'There is none.', ...of })
    }
    const streams = ['conversations', 'messages', 'sweep'] as const
    for (let run = 0; run < 5; run++) await sync.runOnce({ streams })
    expect(vendor.asked.filter((request) => request === 'messages.list c1').length).toBeLessThanOrEqual(2)
    await sql`update parley.threads set due_at = clock_timestamp() - interval '1 minute'`.execute(db)
    vendor.before = () => {}
    vendor.messages = [aMessage('m1', 'c1')]
    const { accounts } = await sync.runOnce({ streams })
    expect(accounts[0]?.records).toMatchObject({ conversations: 1, messages: 1 })
  })
})

it('no statement of a full run has more records than a page, however many the account has', async () => {
  const { sync, vendor } = await started({ pageSize: 10 })
  vendor.conversations = Array.from({ length: 35 }, (_, index) => aConversation(`c${index}`))
  // The only connection of a PGlite.
  const client = await poolOf(store).connect()
  const given: unknown[] = []
  const spy = vi.spyOn(client, 'query')
  client.release()
  for (let run = 0; run < 2; run++) await sync.runOnce({ full: true })
  for (const [, values] of spy.mock.calls as unknown[][]) given.push(...((values ?? []) as unknown[]))
  spy.mockRestore()
  expect(Math.max(...given.map((value) => (Array.isArray(value) ? value.length : 0)))).toBe(10)
  expect(await db.selectFrom('parley.seen').select('kind').execute()).toEqual([])
})

it('hints are kept for a week, so that an event that comes again is known', async () => {
  const { sync } = await started()
  const event = (dedupeKey: string) =>
    ({ ...of, kind: 'unknown', native: null, dedupeKey, name: 'x' }) as unknown as Parameters<typeof sync.receive>[0]
  for (const key of ['old', 'new']) await sync.receive(event(key))
  const day = (days: number, key: string) =>
    sql`update parley.hints set received_at = received_at - ${days} * interval '1 day' where key = ${key}`.execute(db)
  await day(8, 'old')
  await day(6, 'new')
  await sync.runOnce({ streams: ['sweep'], full: true })
  expect(await db.selectFrom('parley.hints').select('key').execute()).toEqual([{ key: 'new' }])
})

describe('times', () => {
  it('that a clock has set which was ahead by days hold up nothing', async () => {
    const { sync, vendor } = await started()
    vendor.conversations = [aConversation('c1')]
    await sync.runOnce()
    await sync.receive({
      ...{ kind: 'conversation.updated', ...of, native: null, dedupeKey: 'a' },
      conversation: refOf('conversation', 'c1'),
    })
    const later = sql`clock_timestamp() + interval '10 days'`
    await sql`update parley.accounts set state = 'paused', paused_until = ${later}`.execute(db)
    await sql`update parley.streams set next_at = ${later}, state = 'waiting'`.execute(db)
    await sql`update parley.threads set due_at = ${later}, verified_at = ${later}`.execute(db)
    await sql`update parley.hints set due_at = ${later}`.execute(db)
    await sql`update parley.checkpoints set position = to_jsonb(${later}) where part = 'scan'`.execute(db)
    vendor.asked = []
    await sync.runOnce({ streams: ['live'] })
    expect(vendor.asked).toEqual(['conversations.get c1', 'messages.list c1'])
    vendor.asked = []
    await sync.runOnce({ streams: ['sweep'] })
    expect(vendor.asked).toEqual(['conversations.list', 'messages.list c1'])
    const ahead = await db
      .selectFrom('parley.streams')
      .select('stream')
      .where('next_at', '>', sql<string>`${later} - interval '1 day'`)
      .execute()
    expect(ahead.map(({ stream }) => stream)).not.toContain('sweep')
  })

  it('of whole seconds have a thread read again when the second is over in which it was read', async () => {
    const { sync, vendor } = await started()
    const second = Math.floor(Date.now() / 1000) * 1000 + 5_000
    const time = (milliseconds: number) => new Date(second + milliseconds).toISOString()
    vendor.conversations = [aConversation('c1', time(0)), aConversation('c2', time(1))]
    await sync.runOnce({ streams: ['conversations', 'messages'] })
    // In the same second, so that the list of conversations says nothing of it.
    vendor.messages = [aMessage('m1', 'c1', time(0))]
    const due = await db
      .selectFrom('parley.threads')
      .select(['conversation', 'due_at'])
      .orderBy('conversation')
      .execute()
    expect(due).toEqual([
      { conversation: refOf('conversation', 'c1'), due_at: time(11_000) },
      { conversation: refOf('conversation', 'c2'), due_at: null },
    ])
    await sql`update parley.threads set due_at = '-infinity' where due_at is not null`.execute(db)
    await sync.runOnce({ streams: ['conversations', 'messages'] })
    const { items } = await createInbox({ store, accounts: [vendor.adapter] }).messages.list(
      refOf('conversation', 'c1'),
    )
    expect(items.map(({ id }) => id)).toEqual(['m1'])
  })

  it('are those of the database, and not of a machine whose clock is wrong', async () => {
    const { sync, vendor } = await started()
    vendor.conversations = [aConversation('c1')]
    const now = Date.now.bind(Date)
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() + 10 * 86_400_000)
    await sync.runOnce()
    clock.mockRestore()
    const next = await db.selectFrom('parley.streams').select('next_at').execute()
    const latest = Math.max(...next.map(({ next_at }) => Date.parse(next_at ?? '1970-01-01')))
    expect(latest).toBeGreaterThan(now())
    expect(latest).toBeLessThan(now() + 2 * 86_400_000)
  })

  it('to which a vendor puts off the next request are at most an hour away', async () => {
    const { sync, vendor } = await started()
    vendor.before = () => {
      throw new RateLimitError({ message: 'Too many requests.', ...of, retryAfterMs: 5 * 86_400_000 })
    }
    const { accounts } = await sync.runOnce({ streams: ['conversations'] })
    const next = Date.parse(accounts[0]?.streams[1]?.nextAt ?? '')
    expect(next).toBeGreaterThan(Date.now() + 3_000_000)
    expect(next).toBeLessThan(Date.now() + 4_000_000)
  })
})

it('after an export, the conversations are read one by one of which it lacks the last message', async () => {
  const { sync, vendor } = await started()
  const at = (hour: number) => `2026-01-15T${hour}:00:00.000Z`
  vendor.conversations = [aConversation('whole', at(11)), aConversation('lacking', at(12))]
  vendor.messages = [
    aMessage('m1', 'whole', at(11)),
    aMessage('m2', 'lacking', at(11)),
    aMessage('m3', 'lacking', at(12)),
  ]
  Object.assign(vendor.adapter.messages as object, {
    export: () =>
      paged(
        async () => ({ items: vendor.messages.filter(({ id }) => id !== 'm3'), next: null, warnings: [] }),
        {},
        { ...of, operation: 'messages.export' },
      ),
  })
  const { accounts } = await sync.runOnce({ streams: ['conversations', 'messages'] })
  expect(vendor.asked.filter((request) => request.startsWith('messages.list'))).toEqual(['messages.list lacking'])
  expect(accounts[0]?.records.messages).toBe(3)
})

it('a reset while a request fails is no error of the run', async () => {
  const { sync, vendor } = await started()
  vendor.conversations = [aConversation('c1')]
  let isFirst = true
  vendor.before = async (request) => {
    if (request !== 'conversations.list' || !isFirst) return
    isFirst = false
    await sync.reset('acme:shop')
    throw new NetworkError({ message: 'The connection failed.', ...of })
  }
  const { accounts } = await sync.runOnce({ streams: ['conversations'] })
  expect(accounts[0]?.records.conversations).toBe(1)
}, 30_000)

it('a transaction that the database ended because of another one is run again', async () => {
  let tries = 0
  const result = await inTransaction(db, async () => {
    if (++tries < 3) throw createError('vendor-fault', { message: 'They waited for each other.', vendorCode: '40P01' })
    return tries
  })
  expect(result).toBe(3)
})

describe('a webhook event', () => {
  const event = (fields: object) => ({ kind: 'conversation.updated', ...of, native: null, ...fields }) as never

  it.each([
    ['event', 'text'],
    ['event', null],
    ['event.kind', event({ dedupeKey: 'a', kind: undefined })],
    ['event.dedupeKey', event({})],
    ['event.vendor', event({ dedupeKey: 'a', vendor: 7 })],
    ['event.account', event({ dedupeKey: 'a', account: {} })],
    ['event.dedupeKey', event({ dedupeKey: '' })],
    ['event.conversation', event({ dedupeKey: 'a' })],
    ['event.conversation', event({ dedupeKey: 'a', conversation: 'no ref' })],
    ['event.conversation', event({ dedupeKey: 'a', conversation: 'acme:other/conversation/c1' })],
    ['event.conversation', event({ dedupeKey: 'a', conversation: refOf('message', 'm1') })],
    ['event.message', event({ dedupeKey: 'a', kind: 'message.created', conversation: refOf('conversation', 'c1') })],
    ['event.contact', event({ dedupeKey: 'a', kind: 'contact.deleted' })],
    ['event.raw', event({ dedupeKey: 'a', conversation: refOf('conversation', 'c1'), raw: 1n })],
  ])('that is none is refused with the name of the field: %s', async (path, given) => {
    const { sync } = await started()
    await expect(sync.receive(given as never)).rejects.toMatchObject({ code: 'invalid-request', fields: [{ path }] })
    expect(await db.selectFrom('parley.hints').select('key').execute()).toEqual([])
  })

  it.each(['constructor', '__proto__'])('is kept if its kind is unknown: %s', async (kind) => {
    const { sync } = await started()
    expect(await sync.receive(event({ dedupeKey: 'a', kind }))).toEqual({ isNew: true })
  })

  it('is stored once whatever its key is', async () => {
    const { sync } = await started()
    for (const dedupeKey of [randomBytes(5000).toString('hex'), 'a\0b', '\ud83d']) {
      const given = event({ dedupeKey, conversation: refOf('conversation', 'c1') })
      expect([await sync.receive(given), await sync.receive(given)]).toEqual([{ isNew: true }, { isNew: false }])
    }
  })

  it('of a new message has its text shown in the list, until the list of the vendor says what it shows', async () => {
    const { sync, vendor } = await started()
    const conversation = (minute: number, text?: string) => {
      const at = `2026-01-15T10:0${minute}:00.000Z`
      return { ...aConversation('c1', at), lastMessage: { at, ...(text && { text }) } }
    }
    vendor.conversations = [conversation(1, 'First')]
    vendor.messages = [{ ...aMessage('m1', 'c1', '2026-01-15T10:01:00.000Z'), text: 'First' }]
    await sync.runOnce({ streams: ['conversations', 'messages'] })
    vendor.messages.push({ ...aMessage('m2', 'c1', '2026-01-15T10:02:00.000Z'), text: 'Second' })
    // By itself, the vendor does not show the text.
    vendor.conversations = [conversation(2)]
    const refs = { conversation: refOf('conversation', 'c1'), message: refOf('message', 'm2') }
    await sync.receive(event({ kind: 'message.created', dedupeKey: 'a', ...refs }))
    await sync.runOnce({ streams: ['live'] })
    const shown = async () => {
      const { body } = await db.selectFrom('parley.conversations').select('body').executeTakeFirstOrThrow()
      return (body as Conversation).lastMessage?.text
    }
    expect(await shown()).toBe('Second')
    vendor.conversations = [conversation(2, 'Second, in short')]
    await sync.runOnce({ streams: ['conversations'] })
    expect(await shown()).toBe('Second, in short')
  })

  it('of a merger has the whole conversation read, because the messages of the other one can be old', async () => {
    const { sync, vendor } = await started({ lag: 0 })
    vendor.conversations = [aConversation('c1'), aConversation('c2')]
    const minutes = (id: string) =>
      Array.from({ length: 150 }, (_, index) => ({
        ...aMessage(
          `${id} ${index}`,
          id,
          new Date(Date.UTC(2026, 0, id === 'c1' ? 2 : 1) + index * 60_000).toISOString(),
        ),
      }))
    vendor.messages = [...minutes('c1'), ...minutes('c2')]
    await sync.runOnce({ streams: ['conversations', 'messages'] })
    vendor.messages = vendor.messages.map((message) => ({ ...message, conversationId: 'c1' }))
    vendor.conversations = [aConversation('c1')]
    await sync.receive(
      event({
        ...{ kind: 'conversation.merged', dedupeKey: 'a' },
        ...{ conversation: refOf('conversation', 'c1'), merged: refOf('conversation', 'c2') },
      }),
    )
    await sync.runOnce({ streams: ['live'] })
    const stored = db.selectFrom('parley.messages').select('ref').where('deleted_at', 'is', null)
    expect(await stored.where('conversation', '=', refOf('conversation', 'c1')).execute()).toHaveLength(300)
  })
})
