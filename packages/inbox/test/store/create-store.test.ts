import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@parley/testkit/postgres'
import { sql } from 'kysely'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { createStore, type Store, type StoreOptions } from '../../src/index.ts'
import { databaseOf } from '../../src/store/database.ts'

const started = await startPostgres()
const server = typeof started === 'string' ? undefined : started
if (typeof started === 'string') console.warn(`Skipped: the store with a real PostgreSQL: ${started}.`)
afterAll(() => server?.stop())

const open = async (options: StoreOptions): Promise<Store> => {
  const store = await createStore(options)
  onTestFinished(() => store.close())
  return store
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'parley-store-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const kinds: [string, () => Promise<StoreOptions>][] = [
  ['in memory', async () => ({})],
  ['in a folder', async () => ({ folder: folder() })],
]
if (server) kinds.push(['in PostgreSQL', async () => ({ url: await server.createDatabase() })])

describe.each(kinds)('a store %s', (_, options) => {
  test('opens with its tables, and returns the types that the schema states', async () => {
    const db = databaseOf(await open(await options()))
    const { rows } = await sql`
      select '2026-01-02 03:04:05.678901+02'::timestamptz as time, '2026-01-02 00:00:00Z'::timestamptz as whole,
        '-infinity'::timestamptz as never, array['2026-01-02 00:00:00Z'::timestamptz] as times,
        9007199254740993::int8 as long, '18446744073709551615'::xid8 as xid, 1.50::numeric as exact, 5::int4 as short,
        0.5::float8 as half, '{"a":[1,null]}'::jsonb as jsonb, '{"b":"\\u0000"}'::json as json,
        '\\x00ff'::bytea as bytes, true as yes, null as none, 'ж'::text as text`.execute(db)
    expect(rows).toEqual([
      {
        time: '2026-01-02T01:04:05.678Z',
        whole: '2026-01-02T00:00:00.000Z',
        never: '-infinity',
        times: ['2026-01-02T00:00:00.000Z'],
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
    const db = databaseOf(await open(await options()))
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
})

test('a folder is opened again with what was written, and only its owner may read it', async () => {
  const path = join(folder(), 'inbox')
  const first = await createStore({ folder: path })
  await databaseOf(first).insertInto('parley.facts').values({ name: 'a', value: '1' }).execute()
  await first.close()
  const second = await open({ folder: path })
  expect(await databaseOf(second).selectFrom('parley.facts').selectAll().execute()).toEqual([{ name: 'a', value: 1 }])
  expect(statSync(path).mode & 0o777).toBe(0o700)
})
