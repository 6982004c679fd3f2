import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@parley/testkit/postgres'
import { sql } from 'kysely'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { createStore, inspectStore, type StoreOptions } from '../../src/index.ts'
import { databaseOf } from '../../src/store/database.ts'

const started = await startPostgres()
const server = typeof started === 'string' ? undefined : started
if (typeof started === 'string') console.warn(`Skipped: looking at a real PostgreSQL: ${started}.`)
afterAll(() => server?.stop())

const kinds: [string, () => Promise<StoreOptions>][] = [
  [
    'in a folder',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'parley-inspect-'))
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
      return { folder }
    },
  ],
]
if (server) kinds.push(['in PostgreSQL', async () => ({ url: await server.createDatabase() })])

describe.each(kinds)('looking at a store %s', (_, create) => {
  test('shows that there is none yet, and creates none', async () => {
    const given = await create()
    const folder = given.folder && join(given.folder, 'none')
    const options = folder === undefined ? given : { folder }
    const report = await inspectStore(options)
    expect(report).toMatchObject({ tables: 'none', version: expect.stringMatching(/^\d+\.\d+/) as string })
    expect(report.size > 1_000_000).toBe(folder === undefined)
    expect(new Date(report.now).toISOString()).toBe(report.now)
    await expect(createStore({ ...options, create: false })).rejects.toMatchObject({
      ...{ code: 'configuration', message: 'createStore: the option "create" is false, and there is no store yet.' },
    })
    if (folder === undefined) expect((await inspectStore(options)).tables).toBe('none')
    else expect(existsSync(folder)).toBe(false)
  })

  test.each([
    ['current', 'select 1'],
    ['older', 'delete from parley.migrations'],
    ['newer', "insert into parley.migrations (name, timestamp) values ('9999-later', 'now')"],
  ])('shows tables that are %s', async (tables, statement) => {
    const options = await create()
    const store = await createStore(options)
    await sql.raw(statement).execute(databaseOf(store))
    await store.close()
    expect((await inspectStore(options)).tables).toBe(tables)
  })
})

test.skipIf(!server)(
  'a database that cannot hold every text is refused, and one that is not there is named',
  async () => {
    const url = (await server?.createDatabase("encoding 'LATIN1' locale 'C'")) as string
    await expect(inspectStore({ url })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('LATIN1') as string,
    })
    const nowhere = 'postgres://u:secret@127.0.0.1:9/none'
    await expect(inspectStore({ url: nowhere })).rejects.toMatchObject({ code: 'network' })
  },
)
