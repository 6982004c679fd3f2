import { createStore, createSync, type Store } from '@parley/inbox'
import { sandbox } from '@parley/sandbox'
import { type PostgresServer, startPostgres } from '@parley/testkit/postgres'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { loadVendors } from '../../../../test/vendors.ts'
import { databaseOf, poolOf } from '../../src/store/database.ts'

const desk = await sandbox.start({ vendors: ['langGraph'] })
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
