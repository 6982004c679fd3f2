import { failure } from '@parley/testkit'
import { startPostgres } from '@parley/testkit/postgres'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createStore, type Store, type StoreOptions } from '../../src/index.ts'
import { databaseOf, poolOf } from '../../src/store/database.ts'
import { emptyFolder } from './stores.ts'

// An embedded database takes seconds to start where the processors are busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const started = await startPostgres()
const server = typeof started === 'string' ? undefined : started
if (typeof started === 'string') console.warn(`Skipped: the store with a real PostgreSQL: ${started}.`)
afterAll(() => server?.stop())

const kinds: [string, () => Promise<StoreOptions>, string | null][] = [
  ['in memory', async () => ({}), 'in memory'],
  ['in a folder', async () => ({ folder: emptyFolder(afterAll) }), 'a power failure may lose data'],
]
if (server) kinds.push(['in PostgreSQL', async () => ({ url: await server.createDatabase() }), null])

test.each(['url', 'folder'])(
  'an option %s that is undefined is refused, because the store would be in memory',
  async (option) => {
    const error = await failure(createStore({ [option]: undefined } as never))
    expect(error).toMatchObject({ code: 'configuration', fields: [{ path: option }] })
  },
)

describe.each(kinds)('a store %s', (_, options, notice) => {
  let store: Store
  beforeAll(async () => {
    store = await createStore(await options())
  })
  afterAll(() => store?.close())

  test('returns the types that the schema states', async () => {
    const db = databaseOf(store)
    const { rows } = await sql`
      select '2026-01-02 03:04:05.678901+02'::timestamptz as time, '2026-01-02 00:00:00Z'::timestamptz as whole,
        '-infinity'::timestamptz as never, array['2026-01-02 00:00:00Z'::timestamptz, null] as times,
        9007199254740993::int8 as long, '18446744073709551615'::xid8 as xid, 1.50::numeric as exact, 5::int4 as short,
        0.5::float8 as half, '{"a":[1,null]}'::jsonb as jsonb, '{"b":"\\u0000"}'::json as json,
        '\\x00ff'::bytea as bytes, true as yes, null as none, 'ж'::text as text`.execute(db)
    expect(rows).toEqual([
      {
        time: '2026-01-02T01:04:05.678Z',
        whole: '2026-01-02T00:00:00.000Z',
        never: '-infinity',
        times: ['2026-01-02T00:00:00.000Z', null],
        long: '9007199254740993',
        xid: '18446744073709551615',
        exact: '1.50',
        short: 5,
        half: 0.5,
        jsonb: { a: [1, null] },
        json: { b: '\0' },
        bytes: new Uint8Array([0, 255]),
        yes: true,
        none: null,
        text: 'ж',
      },
    ])
    expect((rows[0] as { bytes: unknown }).bytes?.constructor).toBe(Uint8Array)
    expect(await db.selectFrom('parley.conversations').selectAll().execute()).toEqual([])
  })

  test('keeps a transaction apart from other queries, and undoes it when it fails', async () => {
    const db = databaseOf(store)
    const add = (name: string) => ({ name, value: JSON.stringify(name) })
    let others: Promise<unknown> = Promise.resolve()
    const failed = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('parley.facts').values(add('undone')).execute()
      others = db.insertInto('parley.facts').values(add('kept')).execute()
      await transaction.selectFrom('parley.facts').selectAll().execute()
      throw new Error('on purpose')
    })
    await expect(failed).rejects.toThrow('on purpose')
    await others
    expect(await db.selectFrom('parley.facts').selectAll().execute()).toEqual([{ name: 'kept', value: 'kept' }])
  })

  test('undoes a transaction whose connection broke', async () => {
    const client = await poolOf(store).connect()
    await client.query("begin; insert into parley.facts values ('broken', 'true')")
    client.release(true)
    await databaseOf(store).insertInto('parley.facts').values({ name: 'later', value: 'true' }).execute()
    const { rows } = await sql`select name from parley.facts where name in ('broken', 'later')`.execute(
      databaseOf(store),
    )
    expect(rows).toEqual([{ name: 'later' }])
  })

  test('states for the start of a program what it does not do', () => {
    if (notice === null) expect(store.notice).toBeNull()
    else expect(store.notice).toContain(notice)
  })

  test('is closed once, and says so when it is used later', async () => {
    const closed = { code: 'configuration', message: 'The store is closed. Open it again with createStore.' }
    const read = () => failure(databaseOf(store).selectFrom('parley.facts').selectAll().execute())
    // As many as there are connections, so that a statement has to wait.
    const pool = poolOf(store)
    const clients = await Promise.all(Array.from({ length: pool.options.max ?? 0 }, () => pool.connect()))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const waiting = read()
    const closing = [store.close(), store.close()]
    expect(await waiting).toMatchObject(closed)
    // The pool gives up waiting later, and must find nobody.
    vi.advanceTimersByTime(60_000)
    vi.useRealTimers()
    for (const client of clients) client.release()
    await Promise.all(closing)
    await store[Symbol.asyncDispose]()
    expect(await read()).toMatchObject(closed)
  })
})

test.each<[unknown, string]>([
  [{ url: 'mysql://user:planted@host/inbox' }, 'option "url" must begin with "postgres://"'],
  [{ url: 'postgres://host/inbox', folder: 'inbox' }, 'the option "folder" must be omitted with "url"'],
  [{ connections: 2 }, 'the option "connections" must be omitted without "url"'],
  [{ folder: '' }, 'option "folder" must be a non-empty string'],
  [{ url: 'postgres://host/inbox', connections: 0.5 }, 'option "connections" must be a whole number of at least 1'],
  [{ path: 'inbox' }, 'there is no option "path"'],
])('wrong options are refused: %#', async (options, problem) => {
  const error = await failure(createStore(options as StoreOptions))
  expect(error).toMatchObject({ code: 'configuration', message: `createStore: ${problem}.` })
})

test('an object that createStore has not made is refused as a store', () => {
  expect(() => databaseOf({ notice: null } as never)).toThrow('The option "store" must be a store made by createStore.')
})
