import { createHash } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { ConfigurationError } from '../errors/kinds.ts'
import { isRaw } from '../read/reading.ts'
import { lockByLease } from '../tokens/lock-by-lease.ts'
import type { TokenStore } from '../tokens/token-store.ts'
import { type Clock, sleep, systemClock } from '../transport/clock.ts'
import { fileError, isCode } from './file-error.ts'
import { releaseLease, takeLease } from './file-lease.ts'
import { writeFile } from './write-file.ts'

export interface FileTokenStoreOptions {
  /** Made when it is not there, readable by its owner only. Processes that share it share the tokens. */
  folder: string
  clock?: Clock
}

/**
 * Keeps each token in a file of its own, which only its owner may read: for one machine, or a volume that several share
 * whose clocks agree to the second.
 *
 * A file that cannot be read, or is none of this store, ends in a `ConfigurationError` that names it; it is never taken
 * for "no token" and never overwritten by a refresh.
 *
 * @throws ConfigurationError when `folder` is no path. Does no I/O before it is used.
 */
export function fileTokenStore({ folder: given, clock = systemClock }: FileTokenStoreOptions): TokenStore {
  if (typeof given !== 'string' || given.trim() === '') {
    const problem = 'must be the path of a folder'
    throw new ConfigurationError({
      message: `Option "folder" of the token store ${problem}.`,
      fields: [{ path: 'folder', problem }],
    })
  }
  const folder = resolve(given)
  const fileOf = (key: string) => join(folder, `${nameOf(key)}.json`)
  const leaseOf = (key: string) => join(folder, `${nameOf(key)}.lock`)

  return {
    get: (key) => readValue(fileOf(key), key),
    async set(key, value) {
      await makeFolder(folder)
      const path = fileOf(key)
      try {
        await writeFile(path, `${JSON.stringify({ key, value })}\n`)
      } catch (error) {
        throw fileError(path, 'cannot be written', error)
      }
    },
    async delete(key) {
      const path = fileOf(key)
      try {
        await rm(path, { force: true })
      } catch (error) {
        throw fileError(path, 'cannot be deleted', error)
      }
    },
    lock: lockByLease(
      {
        async take(key, owner, milliseconds) {
          await makeFolder(folder)
          return takeLease(leaseOf(key), owner, milliseconds, clock)
        },
        async release(key, owner) {
          while (!releaseLease(leaseOf(key), owner)) await sleep(clock, 5)
        },
      },
      { clock },
    ),
  }
}

/** Keys are long, have any characters and differ in upper and lower case, which file names may not. */
const nameOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 40)

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw fileError(folder, 'is no folder that can be made or used', error)
  }
}

async function readValue(path: string, key: string): Promise<string | undefined> {
  let entry: unknown
  try {
    entry = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw fileError(path, error instanceof SyntaxError ? 'is damaged: it holds no JSON' : 'cannot be read', error)
  }
  const value = isRaw(entry) && entry['key'] === key ? entry['value'] : undefined
  if (typeof value !== 'string') throw fileError(path, 'is damaged: it holds something else than its token')
  return value
}
