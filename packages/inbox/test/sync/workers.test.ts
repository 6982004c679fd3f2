import { isParleyError } from '@parley/core'
import { createStore, createSync, type Store } from '@parley/inbox'
import { sandbox } from '@parley/sandbox'
import { type PostgresServer, startPostgres } from '@parley/testkit/postgres'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { loadVendors } from '../../../../test/vendors.ts'
import { databaseOf, poolOf } from '../../src/store/database.ts'
import { aConversation, aMessage, vendorInMemory } from './vendor-in-memory.ts'

const desk = await sandbox.start({ vendors: ['langGraph'], scale: 0.5 })
afterAll(() => desk.stop())
const [vendor] = (await loadVendors()).filter(({ name }) => name === 'langGraph')
const postgres = await startPostgres()
afterAll(() => (postgres as PostgresServer).stop?.())

const open = () => vendor?.create({ ...desk.langGraph.accountOptions }) as never

async function untilSynced(store: Store): Promise<void> {
  const db = databaseOf(store)
  await vi.waitFor(
    async () => {
      const due = await db.selectFrom('parley.threads').select('conversation').where('due_at', 'is not', null).execute()
      const all = await db.selectFrom('parley.threads').select('conversation').execute()
      expect(all.length).toBeGreaterThan(100)
      expect(due).toEqual([])
    },
    { timeout: 200_000, interval: 500 },
  )
}

describe.each(['PGlite', 'PostgreSQL'])('workers over %s', (kind) => {
  it.skipIf(kind === 'PostgreSQL' && typeof postgres === 'string')(
    'share an account, sync all of it, and end when they are told to',
    async () => {
      const url = kind === 'PGlite' ? undefined : await (postgres as PostgresServer).createDatabase()
      await using store = await createStore(url === undefined ? {} : { url })
      await using other = url === undefined ? undefined : await createStore({ url })
      const stop = new AbortController()
      const errors: unknown[] = []
      const running = [store, ...(other ? [other] : [])].map((each) =>
        createSync({ store: each, accounts: [open()], onError: (error) => errors.push(error) }).run({
          signal: stop.signal,
        }),
      )
      await untilSynced(store)
      const status = () => createSync({ store, accounts: [open()] }).status()
      expect((await status()).isSyncing).toBe(true)
      stop.abort()
      await Promise.all(running)
      expect((await status()).isSyncing).toBe(false)
      expect(errors).toEqual([])
      const db = databaseOf(store)
      const { rows } = await poolOf(store).query(
        'select count(*)::int as records, count(distinct ref)::int as refs from parley.changes',
      )
      expect(rows[0].records).toBe(rows[0].refs)
      const held = await db.selectFrom('parley.streams').select('stream').where('held_until', 'is not', null).execute()
      expect(held).toEqual([])
    },
    240_000,
  )
})

describe('a worker', () => {
  it('reads an account although forty others never answer', async () => {
    await using store = await createStore()
    const silent = Array.from({ length: 40 }, (_, index) => vendorInMemory({ account: `silent-${index}` }))
    for (const vendor of silent) vendor.before = () => new Promise(() => {})
    const good = vendorInMemory({ account: 'good' })
    const accounts = [...silent, good].map(({ adapter }) => adapter)
    const stop = new AbortController()
    const sync = createSync({ store, accounts })
    const running = sync.run({ signal: stop.signal })
    const lag = async () => {
      const own = (await sync.status()).accounts.find(({ account }) => account.endsWith(':good'))
      return own?.streams.find(({ stream }) => stream === 'conversations')?.lag
    }
    await vi.waitFor(async () => expect(await lag()).toBeTypeOf('number'), { timeout: 240_000, interval: 200 })
    stop.abort()
    await running
  })

  it.each(['starts', 'works'])(
    'ends when its store is closed while it %s, and says so',
    async (when) => {
      const store = await createStore()
      const errors: unknown[] = []
      const sync = createSync({ store, accounts: [vendorInMemory().adapter], onError: (error) => errors.push(error) })
      const running = sync.run()
      const isRunning = async () => expect((await sync.status()).isSyncing).toBe(true)
      if (when === 'works') await vi.waitFor(isRunning, { timeout: 60_000, interval: 100 })
      const closed = { code: 'configuration', message: 'The store is closed. Open it again with createStore.' }
      const ended = expect(running).rejects.toMatchObject(closed)
      await store.close()
      await ended
      await expect(sync.run()).rejects.toMatchObject(closed)
      expect(new Set(errors).size).toBeLessThan(5)
    },
    120_000,
  )
})

describe('workers over an empty PostgreSQL', () => {
  it.skipIf(typeof postgres === 'string')(
    'can start at the same time',
    async () => {
      const url = await (postgres as PostgresServer).createDatabase()
      await using store = await createStore({ url })
      // The other process, which is about to create the queue.
      const other = await poolOf(store).connect()
      await other.query('begin; create schema parley_jobs')
      const stop = new AbortController()
      const running = createSync({ store, accounts: [open()] }).run({ signal: stop.signal })
      await vi.waitFor(
        async () => {
          // Not by the other process, whose transaction keeps its first look at the activity.
          const { rows } = await poolOf(store).query(
            "select 1 from pg_stat_activity where query ilike '%parley_jobs%' and wait_event_type = 'Lock'",
          )
          expect(rows.length).toBeGreaterThan(0)
        },
        { timeout: 60_000, interval: 100 },
      )
      await other.query('commit')
      other.release()
      const isSynced = async () =>
        expect(await databaseOf(store).selectFrom('parley.agents').select('ref').execute()).not.toEqual([])
      await Promise.race([running, vi.waitFor(isSynced, { timeout: 100_000, interval: 200 })])
      stop.abort()
      await running
    },
    200_000,
  )
})

describe.skipIf(typeof postgres === 'string')(
  'a database that goes away in the middle of a sync, and comes back',
  () => {
    const server = postgres as PostgresServer
    const conversations = 60

    async function opened() {
      const store = await createStore({ url: await server.createDatabase() })
      const vendor = vendorInMemory({ pageSize: 10 })
      const ids = Array.from({ length: conversations }, (_, index) => `c${index}`)
      vendor.conversations = ids.map((id) => aConversation(id))
      vendor.messages = ids.map((id) => aMessage(`m-${id}`, id))
      let isAway: Promise<void> | undefined
      vendor.before = async () => {
        if (vendor.asked.length >= 20) isAway ??= server.crash()
        await isAway
      }
      const errors: unknown[] = []
      const sync = createSync({
        store,
        accounts: [vendor.adapter],
        sweepSize: 0,
        onError: (error) => errors.push(error),
      })
      /** Also lets the time of the leases and jobs pass that could not be given back. */
      const back = async () => {
        await server.start()
        await poolOf(store).query('update parley.streams set held_until = null')
      }
      const stored = async () => (await databaseOf(store).selectFrom('parley.messages').select('ref').execute()).length
      /** How many conversations were read twice: at most those whose pages could not be stored. */
      const twice = () => {
        const threads = vendor.asked.filter((request) => request.startsWith('messages.list'))
        return threads.length - new Set(threads).size
      }
      return { store, sync, errors, back, stored, twice, isAway: () => isAway !== undefined }
    }

    it('ends a single run with its error, and the next one goes on', async () => {
      const { store, sync, back, stored, twice } = await opened()
      await using _ = store
      await expect(sync.runOnce()).rejects.toMatchObject({ code: 'network', retryable: true })
      await back()
      expect(await stored()).toBeGreaterThan(0)
      const { accounts } = await sync.runOnce()
      expect(accounts[0]).toMatchObject({ state: 'active', records: { conversations, messages: conversations } })
      expect(twice()).toBeLessThanOrEqual(4)
    }, 60_000)

    it('does not end a worker, which goes on', async () => {
      const { store, sync, errors, back, stored, twice, isAway } = await opened()
      await using _ = store
      const stop = new AbortController()
      const running = sync.run({ signal: stop.signal })
      await vi.waitFor(() => expect(isAway() && errors.length > 0).toBe(true), { timeout: 30_000, interval: 50 })
      await back()
      await vi.waitFor(async () => expect(await stored()).toBe(conversations), { timeout: 60_000, interval: 100 })
      stop.abort()
      await running
      expect(twice()).toBeLessThanOrEqual(4)
      // None is the driver's, which can quote a value.
      expect(errors.filter((error) => !isParleyError(error))).toEqual([])
    }, 120_000)
  },
)
