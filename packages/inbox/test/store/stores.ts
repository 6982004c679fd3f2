import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { createStore, type Store, type StoreOptions } from '../../src/index.ts'

/** Opens a store for one test. */
export async function openStore(options?: StoreOptions): Promise<Store> {
  const store = await createStore(options)
  onTestFinished(() => store.close())
  return store
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
