import { execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startPostgres } from '@parley/testkit/postgres'
import { Pool, type PoolConfig } from 'pg'
import postgres from 'postgres'
import { afterAll, afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Clock } from '../../src/index.ts'
import { postgresStore } from '../../src/postgres.ts'
import { expectClean, failure, secret } from '../helpers/acme.ts'
import { describeStore } from './store-cases.ts'
import { hurriedClock } from './stores.ts'

const started = await startPostgres()
const server = typeof started === 'string' ? undefined : started
if (typeof started === 'string')
  console.warn(`Skipped: all tests of the state store with a real PostgreSQL: ${started}.`)
afterAll(() => server?.stop())

test('a real PostgreSQL runs on this machine', ({ skip }) => {
  if (typeof started === 'string') skip(started)
})

const connection = server?.connection ?? { host: '', user: '', database: '' }
const pools = new Set<Pool>()
function open(more: PoolConfig = {}): Pool {
  const pool = new Pool({ ...connection, max: 4, ...more })
  // A connection that breaks while it is idle.
  pool.on('error', () => {})
  pools.add(pool)
  return pool
}
const storeOn = (pool: Pool, clock: Clock = hurriedClock()) => postgresStore(pool, { clock })
const leases = async (pool: Pool) => (await pool.query('select * from parley_leases')).rows
const page = readFileSync(new URL('../../../../docs/credentials.md', import.meta.url), 'utf8')
/** The SQL on the page about stores: that of the tables, and that of the leases. */
const documented = [...page.matchAll(/```sql\n([\s\S]+?)```/g)].map(([, sql = '']) => sql)
const child = fileURLToPath(new URL('./counting-child.ts', import.meta.url))

test('the page about stores has the SQL of the leases', () => {
  const source = readFileSync(new URL('../../src/postgres.ts', import.meta.url), 'utf8').replace(/\s+/g, ' ')
  const statements = documented[1]?.trim().split(/;\s*/).filter(Boolean) ?? []
  expect(statements).toHaveLength(2)
  for (const sql of statements) expect(source).toContain(sql.replace(/\s+/g, ' '))
})

describe.skipIf(!server)('with a real PostgreSQL', () => {
  beforeEach(async () => {
    await open().query('drop table if exists parley_state, parley_leases')
  })
  afterEach(async () => {
    for (const pool of pools) await pool.end()
    pools.clear()
  })

  describeStore('in PostgreSQL', () => [storeOn(open()), storeOn(open())])

  describeStore('in PostgreSQL, through pools of one connection', () => [
    storeOn(open({ max: 1 })),
    storeOn(open({ max: 1 })),
  ])

  describeStore('in PostgreSQL, where transactions are serializable', () => {
    const options = '-c default_transaction_isolation=serializable'
    return [storeOn(open({ options })), storeOn(open({ options }))]
  })

  describeStore('in PostgreSQL, through postgres.js', () => {
    const sql = postgres({ ...connection, max: 2, onnotice: () => {} })
    onTestFinished(() => sql.end())
    const pool = { query: async (text: string, values: string[]) => ({ rows: await sql.unsafe(text, values) }) }
    return [postgresStore(pool, { clock: hurriedClock() }), postgresStore(pool, { clock: hurriedClock() })]
  })

  test('the tables are created once, whichever processes begin at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      await open().query('drop table if exists parley_state, parley_leases')
      const ready = Array.from({ length: 12 }, () => open({ max: 1 }))
      await Promise.all(ready.map((pool) => pool.query('select 1')))
      await Promise.all(ready.map((pool, index) => storeOn(pool).set(`key ${index}`, 'value')))
      expect((await open().query('select count(*)::int from parley_state')).rows).toEqual([{ count: 12 }])
      for (const pool of ready) {
        pools.delete(pool)
        await pool.end()
      }
    }
  })

  test('more locks than the pool has connections are held at once, with work that uses the store', async () => {
    const store = storeOn(open({ max: 1 }))
    let inside = 0
    let go = () => {}
    const everyone = new Promise<void>((resolve) => (go = resolve))
    const work = (index: number) =>
      store.lock(`outer ${index}`, () =>
        store.lock(`inner ${index}`, async () => {
          if (++inside === 8) go()
          await everyone
          await store.set(`key ${index}`, String(index))
          return store.get(`key ${index}`)
        }),
      )
    expect(await Promise.all([...Array(8).keys()].map(work))).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
    expect(await leases(open())).toEqual([])
  })

  test('processes that count in one database lose no step of each other', async () => {
    const store = postgresStore(open())
    await store.set('count', '0')
    const run = promisify(execFile)
    await Promise.all([1, 2, 3].map(() => run(process.execPath, [child, 'postgres', JSON.stringify(connection), '12'])))
    expect(await store.get('count')).toBe('36')
    expect(await leases(open())).toEqual([])
  })

  test('the lock of a process that was killed ends within ten seconds', async () => {
    const pool = open()
    const holder = spawn(process.execPath, [child, 'postgres', JSON.stringify(connection), 'forever'])
    onTestFinished(() => void holder.kill('SIGKILL'))
    await new Promise((resolve) => holder.stdout.once('data', resolve))
    let isIn = false
    const mine = storeOn(pool).lock('count', async () => {
      isIn = true
    })
    const ended = new Promise((resolve) => holder.once('exit', resolve))
    holder.kill('SIGKILL')
    await ended
    for (let turn = 0; turn < 20; turn++) await pool.query('select 1')
    expect(isIn).toBe(false)
    // Ten seconds pass.
    await pool.query(`update parley_leases set until = until - interval '10 seconds'`)
    await mine
    expect(await leases(pool)).toEqual([])
  })

  test('a lock is released although its connections broke during the work', async () => {
    const pool = open({ max: 2 })
    const breakAll = () =>
      open({ max: 1 }).query('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()')
    const broken = new Error('broken')
    const work = storeOn(pool).lock('key', async () => {
      await breakAll()
      throw broken
    })
    await expect(work).rejects.toBe(broken)
    expect(await storeOn(pool).lock('key', async () => 'free')).toBe('free')
  })

  test('a lock whose release cannot reach the database gives the result, and ends by itself', async () => {
    const pool = open()
    const released = storeOn(pool).lock('key', async () => {
      pools.delete(pool)
      await pool.end()
      return 'done'
    })
    expect(await released).toBe('done')
    const [left] = (await open().query(`select until < clock_timestamp() + interval '10 s' as ends from parley_leases`))
      .rows
    expect(left).toEqual({ ends: true })
  })

  test('a lease from a time when the clock of the database was ahead keeps nobody out', async () => {
    const pool = open()
    const store = storeOn(pool)
    await store.lock('key', async () => {
      await pool.query(`update parley_leases set owner = 'one that died', until = now() + interval '1 day'`)
    })
    expect(await store.lock('key', async () => 'mine')).toBe('mine')
  })

  test('a role that may not create tables uses those that a migration made', async () => {
    const admin = open()
    await admin.query(documented[0] ?? '')
    await admin.query(`do $$ begin create role app login; exception when duplicate_object then null; end $$`)
    await admin.query('grant select, insert, update, delete on parley_state, parley_leases to app')
    const app = storeOn(open({ user: 'app' }))
    await app.lock('key', () => app.set('key', 'value'))
    expect(await app.get('key')).toBe('value')
    await admin.query('drop table parley_state, parley_leases')
    await expect(app.get('key')).rejects.toThrow('permission denied')
  })

  test('a row that is not what was set causes an error without its content', async () => {
    const pool = open()
    const store = storeOn(pool)
    await store.set('key', secret)
    for (const entry of ['', secret, JSON.stringify({ key: 'other', value: secret }), '[]']) {
      await pool.query('update parley_state set entry = $1', [entry])
      const error = await failure(store.get('key'))
      expect(error).toMatchObject({ code: 'configuration', fields: [{ path: 'pool' }] })
      expectClean(error)
    }
  })

  test('a database that cannot be reached makes each method throw the error of the driver', async () => {
    const store = storeOn(open({ host: '/nowhere' }))
    for (const work of [() => store.get('key'), () => store.set('key', secret), () => store.delete('key')])
      await expect(work()).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(store.lock('key', async () => 1)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
