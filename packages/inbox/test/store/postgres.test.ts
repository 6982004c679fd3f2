import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { failure } from '@parley/testkit'
import { type PostgresServer, startPostgres } from '@parley/testkit/postgres'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { createStore } from '../../src/index.ts'
import { databaseOf, poolOf } from '../../src/store/database.ts'
import { openElsewhere, openStore } from './stores.ts'

const started = await startPostgres()
if (typeof started === 'string') console.warn(`Skipped: the store in PostgreSQL: ${started}.`)
const server = (typeof started === 'string' ? undefined : started) as PostgresServer
afterAll(() => server?.stop())

async function runIn(url: string, ...statements: string[]) {
  const client = new Client(url)
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

test('a real PostgreSQL runs on this machine', ({ skip }) => {
  if (typeof started === 'string') skip(started)
})

test('PostgreSQL 15 is new enough', async ({ skip }) => {
  const oldest = await startPostgres({ version: 15 })
  if (typeof oldest === 'string') return skip(oldest)
  try {
    const store = await createStore({ url: await oldest.createDatabase() })
    await store.close()
  } finally {
    await oldest.stop()
  }
})

describe.skipIf(!server)('opening a database', () => {
  test('succeeds in eight processes that find it empty at the same time', async () => {
    const url = await server.createDatabase()
    const processes = await Promise.all(Array.from({ length: 8 }, () => openElsewhere({ url })))
    expect(processes.map(({ said }) => said)).toEqual(Array.from({ length: 8 }, () => 'open'))
    const ended = processes.map(({ child }) => new Promise((resolve) => child.once('exit', resolve)))
    for (const { child } of processes) child.stdin?.end()
    expect(await Promise.all(ended)).toEqual(Array.from({ length: 8 }, () => 0))
  })

  test('a second time changes nothing', async () => {
    const url = await server.createDatabase()
    await (await createStore({ url })).close()
    const store = await openStore({ url })
    expect(await sql`select name from parley.migrations`.execute(databaseOf(store))).toMatchObject({
      rows: [{ name: '0001-tables' }, { name: '0002-desk' }, { name: '0003-quality' }, { name: '0004-dismissed' }],
    })
  })

  test('is refused if a newer program has changed it', async () => {
    const url = await server.createDatabase()
    await (await createStore({ url })).close()
    await runIn(url, "insert into parley.migrations values ('9999-later', '')")
    const error = await failure(createStore({ url }))
    expect(error.code).toBe('configuration')
    expect(error.message).toBe(
      'The store was changed by a newer version of Parley (migration 9999-later). Update @parley/inbox in this program.',
    )
  })

  test.each([
    ["encoding 'LATIN1' locale 'C'", 'has the encoding LATIN1'],
    ["encoding 'SQL_ASCII' locale 'C'", 'has the encoding SQL_ASCII'],
    ["encoding 'UTF8' locale 'C'", 'has an LC_CTYPE that knows only the letters of ASCII'],
    ["encoding 'UTF8' locale 'POSIX'", 'has an LC_CTYPE that knows only the letters of ASCII'],
  ])('with the settings %s is refused, because a search would miss words', async (settings, problem) => {
    const url = await server.createDatabase(settings)
    const error = await failure(createStore({ url }))
    expect(error.code).toBe('configuration')
    expect(error.message).toContain(problem)
    expect(error.message).toContain('create database parley')
    const client = new Client(url)
    await client.connect()
    const { rows } = await client.query("select 1 from pg_namespace where nspname = 'parley'")
    await client.end()
    expect(rows).toEqual([])
  })

  test('is refused by a server older than PostgreSQL 15', async () => {
    const url = await server.createDatabase()
    // No such server is needed: this database answers as one would.
    await runIn(
      url,
      `create function public.current_setting(asked text) returns text language sql as
        $$ select case asked when 'server_version_num' then '140011' else pg_catalog.current_setting(asked) end $$`,
      `alter database ${new URL(url).pathname.slice(1)} set search_path = public, pg_catalog`,
    )
    const error = await failure(createStore({ url }))
    expect(error.code).toBe('configuration')
    expect(error.message).toBe('The PostgreSQL database is version 14. Use PostgreSQL 15 or later.')
  })

  test('works with other defaults for dates and times, and returns the same types', async () => {
    const url = await server.createDatabase()
    const name = new URL(url).pathname.slice(1)
    await runIn(
      url,
      `alter database ${name} set datestyle = 'German'`,
      `alter database ${name} set timezone = 'Asia/Kolkata'`,
      `alter database ${name} set bytea_output = 'escape'`,
    )
    const { rows } = await sql`select '2026-01-02 00:00:00Z'::timestamptz as time, '\\x00ff'::bytea as bytes`.execute(
      databaseOf(await openStore({ url })),
    )
    expect(rows).toEqual([{ time: '2026-01-02T00:00:00.000Z', bytes: new Uint8Array([0, 255]) }])
  })

  test('fails without the password if it does not exist, cannot be reached or cannot be read', async () => {
    const missing = new URL(await server.createDatabase())
    missing.pathname = '/missing'
    missing.password = 'planted'
    expect(await failure(createStore({ url: missing.href }))).toMatchObject({
      code: 'configuration',
      message: 'The database does not exist (3D000).',
    })
    expect(await failure(createStore({ url: 'postgres://user:planted@127.0.0.1:1/inbox' }))).toMatchObject({
      code: 'network',
      retryable: true,
      message: expect.stringMatching(
        /^The database at \S+ port \d+ cannot be reached, or the connection broke \(ECONNREFUSED\)\.$/,
      ),
    })
    // A server that answers the request for TLS with "no".
    const plain = createServer((socket) => socket.once('data', () => socket.end('N'))).listen(0, '127.0.0.1')
    await once(plain, 'listening')
    const { port } = plain.address() as AddressInfo
    for (const [parameter, problem] of [
      ['sslmode=require', 'asks for TLS, which the database does not offer'],
      ['sslmode=verify-full&sslrootcert=/nowhere/root.pem', 'names a file that cannot be read (ENOENT)'],
    ])
      expect(
        await failure(createStore({ url: `postgres://u:planted@127.0.0.1:${port}/x?${parameter}` })),
      ).toMatchObject({
        code: 'configuration',
        message: `The URL of the database ${problem}.`,
        fields: [{ path: 'url', problem }],
      })
    plain.close()
    expect(await failure(createStore({ url: 'postgres://user:planted@host:port/inbox' }))).toMatchObject({
      code: 'configuration',
      message: 'The URL of the database cannot be read.',
    })
  })
})

describe.skipIf(!server)('a process that is suspended within a transaction', () => {
  test('holds up the others for no longer than a lease', async () => {
    const url = await server.createDatabase()
    const store = await openStore({ url })
    const db = databaseOf(store)
    const { rows } = await sql`select current_setting('idle_in_transaction_session_timeout') as time`.execute(db)
    expect(rows).toEqual([{ time: '15s' }])
    const ended = db.transaction().execute(async (tx) => {
      await sql`set local idle_in_transaction_session_timeout = '50ms'`.execute(tx)
      await sql`lock table parley.accounts`.execute(tx)
      // Nobody else gets the lock before the database has ended this transaction.
      await runIn(url, 'begin; lock table parley.accounts')
      await sql`select 1`.execute(tx)
    })
    expect(await failure(ended)).toMatchObject({ code: 'network', retryable: true })
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
  })
})

describe.skipIf(!server)('a statement that fails', () => {
  const cases: [string, string, string, string][] = [
    [
      'a row that exists',
      "insert into parley.accounts (name) values ('planted'), ('planted')",
      'conflict',
      'The row exists already (23505, table accounts, constraint accounts_name_key).',
    ],
    ['a value of another type', "select 'planted'::int", 'invalid-request', 'The database refused a value (22P02).'],
    ['a missing table', 'select * from planted', 'invalid-request', 'The database refused a statement (42P01).'],
    [
      'a statement that takes too long',
      "set local statement_timeout = 20; select pg_sleep(60), 'planted'",
      'timeout',
      'The database canceled a statement that took too long (57014).',
    ],
  ]

  test.each(cases)('by %s has a code, and no value in its message', async (_, text, code, message) => {
    const store = await openStore({ url: await server.createDatabase() })
    const error = await failure(
      databaseOf(store)
        .transaction()
        .execute(async (transaction) => {
          for (const statement of text.split('; ')) await sql.raw(statement).execute(transaction)
        }),
    )
    expect(error).toMatchObject({ code, message })
    // The connection is usable again.
    expect((await sql`select 1 as one`.execute(databaseOf(store))).rows).toEqual([{ one: 1 }])
  })

  test('by a value that cannot be sent is not taken for a broken connection', async () => {
    const store = await openStore({ url: await server.createDatabase() })
    const planted: { self?: unknown } = {}
    planted.self = planted
    const error = await failure(sql`select ${planted}::json`.execute(databaseOf(store)))
    expect(error).toMatchObject({ code: 'invalid-request', message: 'The statement could not be sent (TypeError).' })
  })
})

describe.skipIf(!server)('a database that goes away', () => {
  test('fails the statements of the outage as retryable, and is used again when it is back', async () => {
    const store = await openStore({ url: await server.createDatabase() })
    const db = databaseOf(store)
    let ended = () => {}
    const between = new Promise<void>((resolve) => {
      ended = resolve
    })
    const running = failure(sql`select pg_sleep(60)`.execute(db))
    const open = failure(
      db.transaction().execute(async (transaction) => {
        await sql`select 1`.execute(transaction)
        await between
        await sql`select 1`.execute(transaction)
      }),
    )
    await expect.poll(() => poolOf(store).totalCount - poolOf(store).idleCount).toBe(2)
    await server.crash()
    ended()
    for (const error of [await running, await open, await failure(sql`select 1`.execute(db))])
      expect(error).toMatchObject({ code: 'network', retryable: true })
    await server.start()
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
  })
})
