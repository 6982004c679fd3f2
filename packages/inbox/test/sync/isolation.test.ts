import {
  AuthenticationError,
  type Contact,
  type Conversation,
  type ConversationQuery,
  createError,
  NotFoundError,
  type Page,
  paged,
  type Warning,
} from '@parley/core'
import { createInbox, createStore, createSync, type SyncOptions } from '@parley/inbox'
import { testClock } from '@parley/sandbox'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { databaseOf } from '../../src/store/database.ts'
import { empty } from '../store/stores.ts'
import { aConversation, aMessage, refOf, type VendorInMemory, vendorInMemory } from './vendor-in-memory.ts'

/*
 * What one record, one webhook or one worker does to the others, and what is said of what could not be read.
 */

const of = { vendor: 'acme', account: 'shop' }
const store = await createStore()
const db = databaseOf(store)
beforeEach(() => empty(store))
afterAll(() => store.close())

const syncOf = (vendor: VendorInMemory, options: Partial<SyncOptions> = {}) =>
  createSync({ store, accounts: [vendor.adapter], onError: () => {}, ...options })
const statusOf = async (sync: ReturnType<typeof syncOf>) => (await sync.status()).accounts[0]

const event = (fields: object) => ({ ...of, native: null, ...fields }) as never
const contactOf = (id: string): Contact => ({ ref: refOf('contact', id), ...of, id }) as Contact

/** Lists with a warning that one item is missing, of the kind that the vendor or the adapter gives. */
function lacking(vendor: VendorInMemory, warning: Partial<Warning>): void {
  const { list } = vendor.adapter.messages as NonNullable<typeof vendor.adapter.messages>
  const warned = { code: 'bad-item', message: 'A message cannot be read.', ...warning } as Warning
  Object.assign(vendor.adapter.messages as object, {
    list: (target: string, query: object = {}, options: object = {}) =>
      paged(
        async (cursor): Promise<Page<never>> => ({
          ...((await list?.(target, { ...query, cursor } as never, options)) as Page<never>),
          warnings: [warned],
        }),
        query,
        { ...of, operation: 'messages.list' },
      ),
  })
}

describe('a message with a time that no database has', () => {
  it('is stored without it, and holds up no other', async () => {
    const vendor = vendorInMemory()
    vendor.conversations = [aConversation('c1', '2026-01-15T11:00:00.000Z'), aConversation('c2')]
    vendor.messages = [aMessage('m1', 'c1', '0000-01-01T00:00:00.000Z'), aMessage('m2', 'c2')]
    await syncOf(vendor).runOnce()
    const { rows } = await sql<{ ref: string }>`select ref from parley.messages order by ref`.execute(db)
    expect(rows.map(({ ref }) => ref)).toEqual([refOf('message', 'm1'), refOf('message', 'm2')])
  })
})

describe('a conversation whose place the database refuses', () => {
  it('waits alone, and the status says so', async () => {
    const vendor = vendorInMemory()
    vendor.conversations = [aConversation('c1'), aConversation('c2')]
    vendor.messages = [aMessage('m1', 'c1'), aMessage('m2', 'c2')]
    const sync = syncOf(vendor, { concurrency: 1 })
    await sql`alter table parley.threads add constraint refused check (read_from is null or conversation <> ${sql.lit(refOf('conversation', 'c1'))})`.execute(
      db,
    )
    try {
      await sync.runOnce()
      expect(await statusOf(sync)).toMatchObject({ postponed: 1, records: { messages: 2 } })
    } finally {
      await sql`alter table parley.threads drop constraint refused`.execute(db)
    }
  })
})

describe('a webhook', () => {
  it('with an id that no index takes holds up no other', async () => {
    const vendor = vendorInMemory()
    vendor.conversations = [aConversation('c1')]
    const sync = syncOf(vendor)
    const kind = 'conversation.updated'
    await sync.receive(event({ kind, dedupeKey: 'a', conversation: refOf('conversation', 'x'.repeat(10_000)) }))
    await sync.receive(event({ kind, dedupeKey: 'b', conversation: refOf('conversation', 'c1') }))
    await sync.runOnce({ streams: ['live'] })
    expect(vendor.asked).toContain('conversations.get c1')
    expect((await statusOf(sync))?.streams.find(({ stream }) => stream === 'live')).toMatchObject({ left: 0 })
  })

  it('about a contact that cannot be read holds up none about another', async () => {
    const vendor = vendorInMemory()
    const asked: string[] = []
    Object.assign(vendor.adapter, {
      contacts: {
        get: async (id: string) => {
          asked.push(id)
          if (id === 'bad') throw createError('vendor-fault', { message: 'It is down.', ...of })
          return contactOf(id)
        },
      },
    })
    const sync = syncOf(vendor)
    for (const id of ['bad', 'good', 'fine'])
      await sync.receive(event({ kind: 'contact.updated', dedupeKey: id, contact: refOf('contact', id) }))
    await sync.runOnce({ streams: ['live'] })
    expect(asked.toSorted()).toEqual(['bad', 'fine', 'good'])
    expect((await statusOf(sync))?.records.contacts).toBe(2)
  })

  it('whose payload is nested too deeply is stored without it', async () => {
    const vendor = vendorInMemory()
    const sync = syncOf(vendor, { payloads: true })
    expect(
      await sync.receive(
        event({ kind: 'contact.updated', dedupeKey: 'a', contact: refOf('contact', 'p1'), raw: nested(20_000) }),
      ),
    ).toEqual({
      isNew: true,
    })
  })
})

function nested(depth: number): unknown {
  let value: unknown = 'end'
  for (let level = 0; level < depth; level += 1) value = [value]
  return value
}

describe('records that cannot be read', () => {
  it('are kept aside also if they are nested too deeply, and each counts', async () => {
    const vendor = vendorInMemory()
    vendor.conversations = [aConversation('c1')]
    vendor.messages = [aMessage('m1', 'c1')]
    lacking(vendor, { path: 'items[0]', raw: nested(20_000) as never })
    const sync = syncOf(vendor)
    await sync.runOnce()
    expect(await statusOf(sync)).toMatchObject({ quarantined: 1, records: { messages: 1 } })
  })

  it.each([
    ['bad-item', false],
    // The vendor need not lack anything, and will not show more.
    ['degraded', true],
  ] as const)(
    'have the conversation asked for at the vendor, and the account is incomplete if they are known: %s',
    async (code, isComplete) => {
      const vendor = vendorInMemory()
      vendor.conversations = [aConversation('c1')]
      vendor.messages = [aMessage('m1', 'c1')]
      const sync = syncOf(vendor)
      const inbox = createInbox({ store, accounts: [vendor.adapter] })
      const read = async () => {
        vendor.asked.length = 0
        const [coverage] = (await inbox.search({ text: 'hello' })).coverage
        await inbox.messages.list(refOf('conversation', 'c1'))
        return { isComplete: coverage?.isComplete, asked: vendor.asked }
      }
      await sync.runOnce()
      expect(await read()).toEqual({ isComplete: true, asked: [] })
      const { list } = vendor.adapter.messages as { list: unknown }
      lacking(vendor, { code })
      await sync.runOnce({ full: true })
      expect(await read()).toEqual({ isComplete, asked: ['messages.list c1'] })
      Object.assign(vendor.adapter.messages as object, { list })
      await sync.runOnce({ full: true })
      expect(await read()).toEqual({ isComplete: true, asked: [] })
    },
  )

  it('are forgotten when their conversation is deleted', async () => {
    const vendor = vendorInMemory()
    vendor.conversations = [aConversation('c1')]
    lacking(vendor, { path: 'messages[0]', raw: { id: 7 } })
    const sync = syncOf(vendor)
    await sync.runOnce()
    expect((await statusOf(sync))?.quarantined).toBe(1)
    vendor.conversations = []
    await sync.runOnce({ full: true })
    await sync.runOnce({ full: true })
    expect(await statusOf(sync)).toMatchObject({ quarantined: 0, records: { conversations: 0 } })
  })

  it('are forgotten when they can be read, also if a webhook had them read', async () => {
    const vendor = vendorInMemory()
    vendor.conversations = [aConversation('c1')]
    const { get } = vendor.adapter.conversations as { get: unknown }
    Object.assign(vendor.adapter.conversations as object, { get: async () => ({ ref: refOf('conversation', 'c1') }) })
    const sync = syncOf(vendor)
    await sync.receive(
      event({ kind: 'conversation.updated', dedupeKey: 'a', conversation: refOf('conversation', 'c1') }),
    )
    await sync.runOnce({ streams: ['live'] })
    expect((await statusOf(sync))?.quarantined).toBe(1)
    Object.assign(vendor.adapter.conversations as object, { get })
    await sync.runOnce({ full: true })
    expect((await statusOf(sync))?.quarantined).toBe(0)
  })
})

describe('a conversation that was deleted before it was ever read to its end', () => {
  it('does not keep the account from being complete', async () => {
    const vendor = vendorInMemory()
    vendor.conversations = [aConversation('c1'), aConversation('c2')]
    const sync = syncOf(vendor)
    await sync.runOnce()
    await sql`update parley.threads set verified_at = null where conversation = ${refOf('conversation', 'c1')}`.execute(
      db,
    )
    const isComplete = async () =>
      (await createInbox({ store, accounts: [vendor.adapter] }).search({ text: 'x' })).coverage[0]?.isComplete
    expect(await isComplete()).toBe(false)
    expect(await statusOf(sync)).toMatchObject({ oldestVerified: null })
    await sql`update parley.conversations set deleted_at = now() where ref = ${refOf('conversation', 'c1')}`.execute(db)
    expect(await isComplete()).toBe(true)
    expect(await statusOf(sync)).toMatchObject({ oldestVerified: expect.any(String) })
  })
})

describe('a text that is still to be read', () => {
  it('makes the account incomplete', async () => {
    const vendor = vendorInMemory()
    vendor.conversations = [aConversation('c1')]
    const { text: _, ...message } = aMessage('m1', 'c1')
    vendor.messages = [message as never]
    Object.assign(vendor.adapter.messages as object, {
      get: async () => {
        throw createError('vendor-fault', { message: 'It is down.', ...of })
      },
    })
    const sync = syncOf(vendor)
    await sync.runOnce()
    const [coverage] = (await createInbox({ store, accounts: [vendor.adapter] }).search({ text: 'x' })).coverage
    expect(coverage?.isComplete).toBe(false)
    expect((await statusOf(sync))?.postponed).toBe(1)
  })
})

describe('a first list of which the vendor says that it lacks something', () => {
  it('is not taken for the whole account', async () => {
    const vendor = vendorInMemory()
    const conversations = vendor.adapter.conversations as { list: unknown }
    const { list } = conversations
    conversations.list = (query: object = {}) =>
      paged(
        async (): Promise<Page<Conversation>> => ({
          items: [],
          next: null,
          warnings: [{ code: 'degraded', message: 'Not all shards answered.' } as Warning],
        }),
        query,
        { ...of, operation: 'conversations.list' },
      )
    const sync = syncOf(vendor)
    const inbox = createInbox({ store, accounts: [vendor.adapter] })
    await sync.runOnce()
    expect((await inbox.conversations.list()).accounts).toMatchObject([{ state: 'unsynced' }])
    conversations.list = list
    vendor.conversations = [aConversation('c1')]
    await sync.runOnce()
    expect(await inbox.conversations.list()).toMatchObject({
      items: [{ id: 'c1' }],
      accounts: [{ state: 'ok' }],
    })
  })
})

describe('the first read of many conversations of one time', () => {
  it('ends, although a turn ends in the middle of them', async () => {
    const vendor = vendorInMemory()
    const all = Array.from({ length: 40 }, (_, index) => aConversation(`c${index}`))
    all.push(aConversation('older', '2026-01-01T00:00:00.000Z'))
    const clock = testClock(Date.parse('2026-02-01T00:00:00.000Z'))
    Object.assign(vendor.adapter, { limits: { ...vendor.adapter.limits, filters: { until: 'vendor' } } })
    let pages = 0
    const list = (query: ConversationQuery = {}) =>
      paged(
        async (cursor): Promise<Page<Conversation>> => {
          if (++pages > 100) throw createError('network', { message: 'It goes round.', ...of })
          // The turn of a stream ends after a minute.
          await clock.advance(10_000)
          const items = all.filter(({ lastActivityAt }) => !query.until || (lastActivityAt as string) <= query.until)
          const from = Number(cursor ?? 0)
          const next = from + 2 < items.length ? String(from + 2) : null
          return { items: items.slice(from, from + 2), next, warnings: [] }
        },
        query,
        { ...of, operation: 'conversations.list' },
      )
    Object.assign(vendor.adapter.conversations as object, { list })
    const sync = syncOf(vendor, { clock })
    await sync.runOnce({ streams: ['conversations'] })
    expect((await statusOf(sync))?.records.conversations).toBe(41)
  })
})

describe('a vendor that once says that it does not have the messages of a conversation', () => {
  it('has to omit it from two complete lists before it counts as deleted', async () => {
    const vendor = vendorInMemory()
    Object.assign(vendor.adapter.conversations as object, { get: undefined })
    const all = ['c1', 'c2'].map((id) => aConversation(id))
    vendor.conversations = all
    const sync = syncOf(vendor)
    await sync.runOnce()
    vendor.before = (request) => {
      if (request === 'messages.list c1')
        throw new NotFoundError({ message: 'There is none.', ...of, status: 404 } as never)
    }
    vendor.conversations = all.slice(1)
    const left: number[] = []
    for (let run = 0; run < 2; run++) {
      await sync.runOnce({ full: true })
      left.push((await statusOf(sync))?.records.conversations ?? 0)
    }
    expect(left).toEqual([2, 1])
  })
})

describe('a worker that was superseded', () => {
  const takeOver = () => sql`update parley.streams set fence = fence + 1, held_until = null, state = 'idle'`.execute(db)

  it.each(['authentication', 'network'] as const)('neither stops nor pauses the account: %s', async (code) => {
    const vendor = vendorInMemory()
    const sync = syncOf(vendor)
    await sync.runOnce()
    vendor.before = async (request) => {
      if (request !== 'conversations.list') return
      vendor.before = () => {}
      await takeOver()
      throw code === 'authentication'
        ? new AuthenticationError({ message: 'The old key was refused.', ...of })
        : createError('network', { message: 'It is away.', ...of })
    }
    await sync.runOnce({ streams: ['conversations'] })
    const { rows } = await sql`select state, failures, error from parley.accounts`.execute(db)
    expect(rows).toEqual([{ state: 'active', failures: 0, error: null }])
  })
})

describe('a conversation that the sweep fails to read', () => {
  it('does not count as verified', async () => {
    const vendor = vendorInMemory()
    vendor.conversations = [aConversation('c1'), aConversation('c2')]
    const clock = testClock(Date.now())
    const sync = syncOf(vendor, { clock })
    await sync.runOnce()
    const verified = (await statusOf(sync))?.oldestVerified
    expect(verified).toBeTypeOf('string')
    vendor.before = (request) => {
      if (request === 'messages.list c1') throw createError('vendor-fault', { message: 'It is down.', ...of })
    }
    await clock.advance(86_400_000)
    await sync.runOnce({ full: true })
    expect(await statusOf(sync)).toMatchObject({ oldestVerified: verified, postponed: 1 })
  })
})

describe('contacts that are those of the conversations', () => {
  it('are looked for as soon as a conversation has come, and count as read only after the list', async () => {
    const vendor = vendorInMemory()
    Object.assign(vendor.adapter, { contacts: { get: async (id: string) => contactOf(id) } })
    const sync = syncOf(vendor)
    const contacts = async () => (await statusOf(sync))?.streams.find(({ stream }) => stream === 'contacts')
    await sync.runOnce({ streams: ['contacts'] })
    expect(await contacts()).toMatchObject({ lag: null })
    vendor.conversations = [
      { ...aConversation('c1'), contact: { id: 'p1', ref: refOf('contact', 'p1') } } as Conversation,
    ]
    await sync.runOnce({ streams: ['conversations'] })
    expect(await contacts()).toMatchObject({ nextAt: null })
    await sync.runOnce({ streams: ['contacts'] })
    expect(await contacts()).toMatchObject({ lag: expect.any(Number), counts: { added: 1 } })
  })
})

describe('a contact of a conversation that only the sweep finds', () => {
  it('is read in the same run', async () => {
    const vendor = vendorInMemory({ pageSize: 1 })
    Object.assign(vendor.adapter, { contacts: { get: async (id: string) => contactOf(id) } })
    const chatWith = (id: string, at: string) =>
      ({ ...aConversation(id, at), contact: { id: `of-${id}`, ref: refOf('contact', `of-${id}`) } }) as Conversation
    vendor.conversations = [chatWith('c1', '2026-01-15T10:00:00.000Z')]
    const sync = syncOf(vendor)
    await sync.runOnce()
    vendor.conversations.push(chatWith('c2', '2025-01-15T10:00:00.000Z'))
    const { accounts } = await sync.runOnce({ full: true })
    expect(accounts[0]?.records).toMatchObject({ conversations: 2, contacts: 2 })
  })
})

describe('a contact that the vendor forgot for a while', () => {
  it('is asked for again while a conversation has it, also after it counts as deleted', async () => {
    const vendor = vendorInMemory()
    let isForgotten = false
    const get = async (id: string) => {
      if (isForgotten) throw new NotFoundError({ message: 'There is none.', status: 404, ...of } as never)
      return contactOf(id)
    }
    Object.assign(vendor.adapter, { contacts: { get } })
    vendor.conversations = [
      { ...aConversation('c1'), contact: { id: 'p1', ref: refOf('contact', 'p1') } } as Conversation,
    ]
    const clock = testClock(Date.now())
    const sync = syncOf(vendor, { clock })
    const contacts = async () => {
      await clock.advance(86_400_000)
      return (await sync.runOnce({ full: true })).accounts[0]?.records.contacts
    }
    expect(await contacts()).toBe(1)
    isForgotten = true
    await contacts()
    expect(await contacts()).toBe(0)
    isForgotten = false
    expect(await contacts()).toBe(1)
  })
})

describe('what a vendor says only of a conversation by itself', () => {
  it('stays when the list is read again', async () => {
    const vendor = vendorInMemory()
    vendor.conversations = [aConversation('c1')]
    Object.assign(vendor.adapter.conversations as object, {
      get: async () => ({ ...aConversation('c1'), isStarred: true }),
    })
    const sync = syncOf(vendor)
    await sync.runOnce()
    await sync.receive(
      event({ kind: 'conversation.updated', dedupeKey: 'a', conversation: refOf('conversation', 'c1') }),
    )
    await sync.runOnce()
    await sync.runOnce({ full: true })
    const inbox = createInbox({ store, accounts: [vendor.adapter] })
    expect((await inbox.conversations.list()).items).toMatchObject([{ isStarred: true }])
    const { items } = await inbox.changes()
    expect(items.map(({ kind, change }) => `${kind} ${change}`)).toEqual(['conversation added', 'conversation updated'])
  })

  it('is found by the sweep when it has changed without a webhook', async () => {
    const vendor = vendorInMemory()
    vendor.conversations = [aConversation('c1')]
    let isStarred = true
    Object.assign(vendor.adapter.conversations as object, {
      get: async () => ({ ...aConversation('c1'), isStarred }),
    })
    const sync = syncOf(vendor)
    await sync.receive(
      event({ kind: 'conversation.updated', dedupeKey: 'a', conversation: refOf('conversation', 'c1') }),
    )
    await sync.runOnce()
    isStarred = false
    await sync.runOnce({ streams: ['sweep'], full: true })
    const inbox = createInbox({ store, accounts: [vendor.adapter] })
    expect((await inbox.conversations.list()).items).toMatchObject([{ isStarred: false }])
  })
})

describe('an adapter that neither answers nor follows its signal', () => {
  it.each([
    ['conversations.list', 'conversations'],
    ['conversations.get c1', 'live'],
  ] as const)('ends with the sync: %s', async (request, stream) => {
    const vendor = vendorInMemory()
    vendor.conversations = [aConversation('c1')]
    const sync = syncOf(vendor)
    const controller = new AbortController()
    const asked = new Promise<void>((resolve) => {
      vendor.before = (now) => {
        if (now !== request) return
        resolve()
        return new Promise(() => {})
      }
    })
    await sync.receive(
      event({ kind: 'conversation.updated', dedupeKey: 'a', conversation: refOf('conversation', 'c1') }),
    )
    const run = sync.runOnce({ streams: [stream], signal: controller.signal })
    await asked
    controller.abort()
    await expect(run).rejects.toThrow('aborted')
    vendor.before = () => {}
    expect((await sync.runOnce({ streams: [stream] })).accounts[0]?.records.conversations).toBe(1)
  })

  it('fails after ten minutes, and holds up no other account', async () => {
    const [silent, other] = [vendorInMemory(), vendorInMemory({ account: 'other' })]
    silent.before = () => new Promise(() => {})
    const deadlines: (() => void)[] = []
    const { setTimeout: real } = globalThis
    const timers = vi.spyOn(globalThis, 'setTimeout')
    timers.mockImplementation(((work: () => void, milliseconds?: number) => {
      if (milliseconds === 600_000) deadlines.push(work)
      return real(work, milliseconds)
    }) as typeof setTimeout)
    const sync = createSync({ store, accounts: [silent.adapter, other.adapter], onError: () => {} })
    const listed = async () =>
      (await sync.status()).accounts.map(({ streams }) => streams.find(({ stream }) => stream === 'conversations'))
    const run = sync.runOnce({ streams: ['conversations'] }).finally(() => timers.mockRestore())
    await expect
      .poll(listed, { timeout: 60_000 })
      .toMatchObject([{ state: 'running' }, { state: 'idle', lag: expect.any(Number) }])
    for (const pass of deadlines) pass()
    await run
    const states = await listed()
    expect(states).toMatchObject([{ state: 'waiting', error: { code: 'timeout' } }, { state: 'idle' }])
  })
})
