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
      stop.abort()
      await Promise.all(running)
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
