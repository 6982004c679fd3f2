import { createHash, randomUUID } from 'node:crypto'
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { platform } from 'node:process'
import { ConfigurationError } from './errors/kinds.ts'
import { isRecord } from './read/reading.ts'
import { lockByLease, type TokenStore } from './tokens.ts'
import { type Clock, sleep, systemClock } from './transport/clock.ts'

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
    throw fileError(folder, 'is not a folder that can be created or used', error)
  }
}

async function readValue(path: string, key: string): Promise<string | undefined> {
  let entry: unknown
  try {
    entry = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw fileError(path, error instanceof SyntaxError ? 'is damaged: it is not valid JSON' : 'cannot be read', error)
  }
  const value = isRecord(entry) && entry['key'] === key ? entry['value'] : undefined
  if (typeof value !== 'string') throw fileError(path, 'is damaged: it does not contain its token')
  return value
}

/** Older than this, a temporary file is what a process left behind that was killed while it wrote. */
const abandonedAfter = 60_000

/**
 * Replaces a file at once: readers find the old content or the new one, whole, also after a crash. Only the owner may
 * read it.
 */
export async function writeFile(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
  await removeAbandoned(path)
}

/** The new name is durable only with its folder. Not every platform can do that, or has to. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r')
    await folder.sync().finally(() => folder.close())
  } catch {}
}

/** They hold tokens as well. */
async function removeAbandoned(path: string): Promise<void> {
  try {
    for (const name of await readdir(dirname(path))) {
      if (!name.startsWith(`${basename(path)}.`) || !name.endsWith('.tmp')) continue
      const left = join(dirname(path), name)
      if (Date.now() - (await stat(left)).mtimeMs > abandonedAfter) await rm(left, { force: true })
    }
  } catch {}
}

/** Longer than any process is between making a guard and removing it, which it does without giving up its turn. */
const guardTime = 5_000

/** @returns whether `owner` has the lease now; `false` also when another process is just looking. */
export const takeLease = (path: string, owner: string, milliseconds: number, clock: Clock): boolean =>
  guarded(path, () => {
    const held = readLease(path)
    if (held && held.owner !== owner && held.until > clock.now()) return false
    writeFileSync(path, JSON.stringify({ owner, until: clock.now() + milliseconds }), { mode: 0o600 })
    return true
  }) === true

/** @returns `false`: another process is just looking; try again. */
export const releaseLease = (path: string, owner: string): boolean =>
  guarded(path, () => {
    if (readLease(path)?.owner === owner) rmSync(path, { force: true })
    return true
  }) === true

/** A lease that cannot be read was being written by a process that died at that: nobody has it. */
function readLease(path: string): { owner: string; until: number } | undefined {
  let lease: unknown
  try {
    lease = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError || isCode(error, 'ENOENT')) return undefined
    throw fileError(path, 'cannot be read', error)
  }
  const { owner, until } = isRecord(lease) ? lease : {}
  return typeof owner === 'string' && typeof until === 'number' ? { owner, until } : undefined
}

/**
 * Looking at a lease and changing it must be one step for all processes. What all file systems can do in one step is
 * making a file that was not there: that one guards the other for the moment it takes.
 *
 * @returns `undefined`: another process is at it.
 */
function guarded<T>(path: string, work: () => T): T | undefined {
  const guard = `${path}.guard`
  try {
    closeSync(openSync(guard, 'wx', 0o600))
  } catch (error) {
    // Windows refuses with EPERM for as long as a file of this name is being removed.
    const isBusy = isCode(error, 'EEXIST') || (platform === 'win32' && isCode(error, 'EPERM'))
    if (!isBusy) throw fileError(guard, 'cannot be made', error)
    removeAbandonedLease(guard)
    return undefined
  }
  try {
    return work()
  } finally {
    rmSync(guard, { force: true })
  }
}

/** Left behind by a process that died within that moment. */
function removeAbandonedLease(guard: string): void {
  const made = statSync(guard, { throwIfNoEntry: false })?.mtimeMs
  if (made !== undefined && Date.now() - made > guardTime) rmSync(guard, { force: true })
}

/** Whether a file is not there (`ENOENT`), or is there already (`EEXIST`). */
export const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === code

/** The error for a file of the store. Names it, and never says what is in it. */
export function fileError(path: string, problem: string, cause?: unknown): ConfigurationError {
  const code = cause instanceof Error ? (cause as { code?: unknown }).code : undefined
  const said = typeof code === 'string' ? ` (${code})` : ''
  return new ConfigurationError({
    message: `The token store's file ${path} ${problem}${said}.`,
    fields: [{ path: 'folder', problem: `${problem}${said}` }],
  })
}

/// <reference types="node" />
/** What needs Node.js, or a runtime with its modules. Kept apart so that everything else runs anywhere. */
