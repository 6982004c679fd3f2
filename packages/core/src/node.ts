import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { platform } from 'node:process'
import { checkFunctionOptions, clockOption, optional, textOption } from './config/option-schema.ts'
import { ConfigurationError } from './errors/kinds.ts'
import { isRecord } from './read/reading.ts'
import { entryName, entryOf, valueIn } from './state-entry.ts'
import { lockByLease, type StateStore } from './state-store.ts'
import { type Clock, sleep, systemClock } from './transport/clock.ts'

export interface FileStoreOptions {
  /**
   * The folder is created if it does not exist, readable by its owner only. Processes that share it share the tokens.
   */
  folder: string
  clock?: Clock
}

/**
 * Stores each token in a file of its own, which only its owner can read. Use it on one machine, or on a volume shared
 * by machines whose clocks agree to the second.
 *
 * A file that is unreadable or does not belong to this store causes a `ConfigurationError` that names it. It never
 * counts as "no token", and a refresh never overwrites it.
 *
 * @throws ConfigurationError for an invalid option. Creating the store does no I/O.
 */
export function fileStore(options: FileStoreOptions): StateStore {
  checkFunctionOptions('fileStore', options, { folder: textOption, clock: optional(clockOption) })
  const { clock = systemClock } = options
  const folder = resolve(options.folder)
  const fileOf = async (key: string) => join(folder, `${await entryName(key)}.json`)
  const leaseOf = async (key: string) => join(folder, `${await entryName(key)}.lock`)
  let cleanAt = Number.NEGATIVE_INFINITY

  /** Removes what killed processes left behind: at the first change, and then once a minute, because a folder can be large. */
  async function clean(): Promise<void> {
    if (Math.abs(clock.now() - cleanAt) < abandonedAfter) return
    cleanAt = clock.now()
    await removeAbandoned(folder)
  }

  return {
    async get(key) {
      return readValue(await fileOf(key), key)
    },
    async set(key, value) {
      await makeFolder(folder)
      const path = await fileOf(key)
      try {
        await writeFile(path, `${entryOf(key, value)}\n`)
      } catch (error) {
        throw fileError(path, 'cannot be written', error)
      }
      await clean()
    },
    async delete(key) {
      const path = await fileOf(key)
      try {
        await rm(path, { force: true })
      } catch (error) {
        throw fileError(path, 'cannot be deleted', error)
      }
      await syncFolder(folder)
      await clean()
    },
    lock: lockByLease(
      {
        async take(key, owner, milliseconds) {
          await makeFolder(folder)
          return takeLease(await leaseOf(key), owner, milliseconds, clock)
        },
        async release(key, owner) {
          const path = await leaseOf(key)
          while (!releaseLease(path, owner)) await sleep(clock, 5)
        },
      },
      { clock },
    ),
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw fileError(folder, 'is not a folder that can be created or used', error)
  }
}

async function readValue(path: string, key: string): Promise<string | undefined> {
  let entry: string
  try {
    entry = await readFile(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw fileError(path, 'cannot be read', error)
  }
  const value = valueIn(entry, key)
  if (value === undefined) throw fileError(path, 'is damaged: it does not contain its value')
  return value
}

/** An older temporary file was left behind by a process that was killed while it wrote. */
const abandonedAfter = 60_000

/**
 * Replaces a file atomically: even after a crash, readers find either the old or the new content, complete. Only the
 * owner can read it.
 */
async function writeFile(path: string, content: string): Promise<void> {
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
}

/** A rename or a removal is durable only after its folder is synced. Not every platform can do that or needs it. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r')
    await folder.sync().finally(() => folder.close())
  } catch {}
}

/** Temporary files also contain tokens. */
async function removeAbandoned(folder: string): Promise<void> {
  try {
    for (const name of await readdir(folder)) {
      if (!/^[0-9a-f]{64}\.json\..+\.tmp$/.test(name)) continue
      const left = join(folder, name)
      if (age(await stat(left)) > abandonedAfter) await rm(left, { force: true })
    }
  } catch {}
}

/** Also of a file from a time when the clock of the machine was wrong. */
const age = ({ mtimeMs }: { mtimeMs: number }): number => Math.abs(Date.now() - mtimeMs)

/** Longer than any process takes between creating a guard and removing it, which it does synchronously. */
const guardTime = 5_000

/** @returns whether `owner` now has the lease; also `false` while another process examines it. */
const takeLease = (path: string, owner: string, milliseconds: number, clock: Clock): boolean =>
  guarded(path, () => {
    const held = readLease(path)
    const left = held && held.owner !== owner ? held.until - clock.now() : 0
    // Nobody takes a lease for longer. The clock was wrong when that one was taken, and would keep it for as long.
    if (left > 0 && left < 2 * milliseconds) return false
    try {
      writeFileSync(path, JSON.stringify({ owner, until: clock.now() + milliseconds }), { mode: 0o600 })
    } catch (error) {
      throw fileError(path, 'cannot be written', error)
    }
    return true
  }) === true

/** @returns `false`: another process is examining the lease; try again. */
const releaseLease = (path: string, owner: string): boolean =>
  guarded(path, () => {
    if (readLease(path)?.owner === owner) rmSync(path, { force: true })
    return true
  }) === true

/** An unreadable lease comes from a process that died while writing it, so nobody holds it. */
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
 * Reading and changing a lease must be one atomic step for all processes. All file systems can atomically create a file
 * that does not exist. That file guards the lease in the meantime.
 *
 * @returns `undefined`: another process holds the guard.
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

/** Removes a guard that a dead process left behind. */
function removeAbandonedLease(guard: string): void {
  const made = statSync(guard, { throwIfNoEntry: false })
  if (made && age(made) > guardTime) rmSync(guard, { force: true })
}

/** Whether a file does not exist (`ENOENT`), or already exists (`EEXIST`). */
const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === code

/** The error for a file of the store. It names the file but never its content. */
function fileError(path: string, problem: string, cause?: unknown): ConfigurationError {
  const code = cause instanceof Error ? (cause as { code?: unknown }).code : undefined
  const said = typeof code === 'string' ? ` (${code})` : ''
  return new ConfigurationError({
    message: `The state store's file ${path} ${problem}${said}.`,
    fields: [{ path: 'folder', problem: `${problem}${said}` }],
  })
}

/// <reference types="node" />
/** Code that needs Node.js, or a runtime with its modules. Kept separate so that everything else runs anywhere. */
