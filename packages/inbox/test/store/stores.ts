import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { onTestFinished } from 'vitest'
import { createStore, type Store, type StoreOptions } from '../../src/index.ts'
import { databaseOf } from '../../src/store/database.ts'

/** Opens a store for one test. */
export async function openStore(options?: StoreOptions): Promise<Store> {
  const store = await createStore(options)
  onTestFinished(() => store.close())
  return store
}

/** Empties a store, which is faster than to open another one. */
export async function empty(store: Store): Promise<void> {
  const db = databaseOf(store)
  const { rows } = await sql<{ tablename: string }>`
    select tablename from pg_tables where schemaname = 'parley' and tablename not like 'migration%'`.execute(db)
  const tables = sql.join(rows.map(({ tablename }) => sql.table(`parley.${tablename}`)))
  await sql`truncate ${tables} restart identity`.execute(db)
}

/** An empty folder, for one test unless `after` says otherwise. */
export function emptyFolder(after: (work: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-store-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Opens a store in a process of its own. @returns the process, and `open` or the message of the error. */
export async function openElsewhere(options: StoreOptions): Promise<{ child: ChildProcess; said: string }> {
  const sources = fileURLToPath(new URL('../../../testkit/src/sources.ts', import.meta.url))
  const program = fileURLToPath(new URL('./opening.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', sources, program, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const { value } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
  return { child, said: String(value) }
}
