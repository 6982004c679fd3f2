import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statfsSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { failure } from '@parley/testkit'
import { sql } from 'kysely'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createStore, inspectStore, type Store } from '../../src/index.ts'
import { databaseOf } from '../../src/store/database.ts'
import { openPglite } from '../../src/store/pglite.ts'
import { reasonOf } from '../../src/store/pglite-folder.ts'
import { emptyFolder, openElsewhere, openStore } from './stores.ts'

const add = (store: Store, name: string) =>
  databaseOf(store).insertInto('parley.facts').values({ name, value: 'true' }).execute()

const namesIn = async (store: Store) => {
  const rows = await databaseOf(store).selectFrom('parley.facts').select('name').orderBy('name').execute()
  return rows.map(({ name }) => name)
}

// An embedded database takes seconds to start where the processors are busy.
vi.setConfig({ testTimeout: 240_000 })

const inUse = 'createStore: the folder is in use by another store, in this process or in another one.'

test('a folder is for its owner only, and is opened again with what was written', async () => {
  const folder = join(emptyFolder(), 'inbox')
  const first = await createStore({ folder })
  await add(first, 'a')
  expect(await failure(createStore({ folder }))).toMatchObject({ code: 'configuration', message: inUse })
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect((await openElsewhere({ folder })).said).toBe(inUse)
  await first.close()
  expect(await namesIn(await openStore({ folder }))).toEqual(['a'])
})

test('a path that cannot be a folder is refused with the reason', async () => {
  const folder = join(emptyFolder(), 'file')
  writeFileSync(folder, '')
  expect(await failure(createStore({ folder }))).toMatchObject({
    code: 'configuration',
    message: 'createStore: the folder is a file, or is below a file.',
  })
})

test('a folder that belongs to somebody else is refused by every function, and is not changed', async () => {
  for (const files of [
    { 'mine.txt': 'x' },
    { 'database/users.sql': 'x' },
    { 'database/users.sql': 'x', unfinished: '' },
    { 'database/users.sql': 'x', unfinished: 'my notes', lock: '' },
    { 'database/users.sql': 'x', unfinished: '', lock: 'my lock' },
    { 'database/users.sql': 'x', 'mine.txt': 'x', unfinished: '', lock: '' },
    { 'database/users.sql': 'x', lock: '' },
    { 'mine.txt': 'x', lock: '' },
  ]) {
    const folder = emptyFolder()
    mkdirSync(join(folder, 'database'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    chmodSync(folder, 0o777)
    const link = join(emptyFolder(), 'link')
    symlinkSync(folder, link)
    for (const open of [
      () => createStore({ folder }),
      () => createStore({ folder, create: false }),
      () => createStore({ folder: link }),
      () => inspectStore({ folder }),
    ])
      expect(await failure(open())).toMatchObject({
        code: 'configuration',
        message: expect.stringContaining('has other files and no store. Pass an empty folder') as string,
      })
    expect(statSync(folder).mode & 0o777).toBe(0o777)
    expect(readdirSync(folder).toSorted()).toEqual(
      [...new Set(['database', ...Object.keys(files).map((name) => name.split('/')[0])])].toSorted(),
    )
    for (const [name, text] of Object.entries(files)) expect(readFileSync(join(folder, name), 'utf8')).toBe(text)
  }
})

test('a folder whose process was killed is opened by another one', async () => {
  const folder = emptyFolder()
  const { child, said } = await openElsewhere({ folder })
  expect(said).toBe('open')
  expect((await openElsewhere({ folder })).said).toBe(inUse)
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  await add(await openStore({ folder }), 'a')
})

test('a folder whose process was killed before its first database was complete is opened', async () => {
  const folder = emptyFolder()
  mkdirSync(join(folder, 'database'))
  writeFileSync(join(folder, 'database', 'PG_VERSION'), '18\n')
  writeFileSync(join(folder, 'lock'), '')
  writeFileSync(join(folder, 'unfinished'), '')
  expect(await failure(createStore({ folder, create: false }))).toMatchObject({ code: 'configuration' })
  await add(await openStore({ folder }), 'a')
})

test('a PGlite that does not fit the empty database of the package makes one itself', async () => {
  const folder = emptyFolder()
  const other = join(folder, 'other.tar.br')
  const files = brotliDecompressSync(readFileSync(new URL('../../dist/pglite.tar.br', import.meta.url)))
  const older = Buffer.from(files.toString('latin1').replaceAll('18\n', '17\n'), 'latin1')
  writeFileSync(other, brotliCompressSync(older, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }))
  const { db, close } = await openPglite(join(folder, 'store'), other)
  onTestFinished(close)
  const { rows } = await sql<{ server_version: string }>`show server_version`.execute(db)
  expect(rows[0]?.server_version).toMatch(/^18/)
})

test('the log of changes stays small, the planner knows the sizes of the tables, and the program is not blocked', async () => {
  const folder = emptyFolder()
  const store = await openStore({ folder })
  const db = databaseOf(store)
  await sql`insert into parley.facts select n, 'true' from generate_series(1, 1000) n`.execute(db)
  // 500 MB of changes.
  for (let round = 0; round < 500; round++)
    await sql`select pg_logical_emit_message(true, 'filler', repeat('x', 1000000))`.execute(db)
  const logs = join(folder, 'database', 'pg_wal')
  const sizes = readdirSync(logs).map((name) => statSync(join(logs, name)).size)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300e6)
  // The thread of the program goes on while a statement runs.
  let isRunning = true
  let turns = 0
  const turn = () => {
    turns++
    if (isRunning) setImmediate(turn)
  }
  turn()
  await sql`select count(*) from generate_series(1, 1000000)`.execute(db)
  isRunning = false
  expect(turns).toBeGreaterThan(100)

  const { rows } = await sql`
    select reltuples as known, current_setting('shared_buffers') as buffers, current_setting('jit') as jit
    from pg_class where oid = 'parley.facts'::regclass`.execute(db)
  expect(rows).toEqual([{ known: 1000, buffers: '16MB', jit: 'off' }])
})

test('a missing PGlite is reported with what to do', async () => {
  vi.doMock('node:module', () => ({
    createRequire: () => ({
      resolve() {
        throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' })
      },
    }),
  }))
  vi.resetModules()
  onTestFinished(() => {
    vi.doUnmock('node:module')
    vi.resetModules()
  })
  const { createStore } = await import('../../src/index.ts')
  expect(await failure(createStore())).toMatchObject({
    code: 'configuration',
    message: 'createStore: the package @electric-sql/pglite is missing. Install it, or pass the "url" of a PostgreSQL.',
  })
})

/** A small disk, which only root may make. */
function smallDisk(megabytes: number): string | undefined {
  const folder = emptyFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch {
    return undefined
  }
  onTestFinished(() => void execFileSync('umount', [folder]))
  return folder
}

/** Leaves this much space on the disk. @returns a function that frees the rest again. */
function fill(disk: string, left: number): () => void {
  const file = join(disk, 'fill')
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(file, Buffer.alloc(bavail * bsize - left))
  return () => unlinkSync(file)
}

test('a folder that cannot be opened because its disk is full is reported so', ({ skip }) => {
  const disk = smallDisk(5)
  if (disk === undefined) return skip('only root can make a small disk')
  const full = 'cannot be opened: its disk is full. A new store takes about 50 MB'
  expect(reasonOf(disk, 'ErrnoError')).toBe(full)
  expect(reasonOf(tmpdir(), 'ENOSPC')).toBe(full)
  expect(reasonOf(tmpdir(), 'ErrnoError')).not.toBe(full)
})

test('a full disk is reported, and nothing is lost when there is space again', async ({ skip }) => {
  const disk = smallDisk(150)
  if (disk === undefined) return skip('only root can make a small disk')
  const folder = join(disk, 'inbox')
  const store = await createStore({ folder })
  const db = databaseOf(store)
  const full = { code: 'vendor-fault', vendorCode: '53100', retryable: true }
  // The log begins a new file, so that it has room, however much the migrations wrote.
  await sql`select pg_switch_wal()`.execute(db)
  await add(store, 'a')

  let free = fill(disk, 2_000_000)
  // A temporary table grows without the log.
  const rows = sql`create temp table filler as select repeat(md5(n::text), 9) from generate_series(1, 99999) n`
  expect(await failure(rows.execute(db))).toMatchObject(full)
  expect(await namesIn(store)).toEqual(['a'])
  free()
  await add(store, 'b')

  // A log that cannot grow ends the embedded database. It is started again.
  free = fill(disk, 2_000_000)
  const log = sql`select pg_logical_emit_message(true, 'filler', repeat('x', 1000000))`
  const filling = async () => {
    for (let round = 0; round < 60; round++) await log.execute(db)
  }
  expect(await failure(filling())).toMatchObject(full)
  expect(await failure(add(store, 'lost'))).toMatchObject({ code: 'network', retryable: true })
  free()
  await add(store, 'c')
  await store.close()
  const again = await createStore({ folder })
  expect(await namesIn(again)).toEqual(['a', 'b', 'c'])
  await again.close()
})
