import { lstatSync, readdirSync, type Stats, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigurationError } from '@parley/core'

/** What a store writes into its folder. The worker makes them in this order, and removes `unfinished` at the end. */
const ownNames = ['lock', 'lock-journal', 'unfinished', 'database']

/**
 * What is in a folder. `missing`: the folder does not exist. `empty`, `unfinished`: a store may be made in it. `complete`: it
 * has a store.
 *
 * @throws ConfigurationError if the folder cannot be read, or has other files and no store: they belong to somebody else.
 */
export function stateOf(folder: string): 'missing' | 'empty' | 'unfinished' | 'complete' {
  const names = namesIn(folder)
  if (names === undefined) return 'missing'
  if (names.length === 0) return 'empty'
  if (isEmptyFile(join(folder, 'lock'))) {
    // Looked at before the database, because another process may just have completed it.
    if (isEmptyFile(join(folder, 'unfinished'))) {
      // The database is deleted then, so nothing may be in doubt.
      if (names.every((name) => ownNames.includes(name))) return 'unfinished'
    } else if (statsOf(join(folder, 'database', 'PG_VERSION'))?.isFile()) return 'complete'
    else if (names.every((name) => name.startsWith('lock'))) return 'unfinished'
  }
  throw folderError('has other files and no store. Pass an empty folder, or one that does not exist yet')
}

function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw folderError(code === 'ENOTDIR' ? 'is a file, or is below a file' : `cannot be read (${code})`)
  }
}

const isEmptyFile = (path: string): boolean => {
  const stats = statsOf(path)
  return stats?.isFile() === true && stats.size === 0
}

/** Of the file itself: a link belongs to somebody else. */
function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path)
  } catch {
    return undefined
  }
}

export function folderError(problem: string): ConfigurationError {
  return new ConfigurationError({
    message: `createStore: the folder ${problem}.`,
    fields: [{ path: 'folder', problem }],
  })
}

/** PostgreSQL grows its log by 16 MB at once, and removes what it could not complete. In bytes. */
const leastSpace = 20_000_000

/** Why a database could not be opened, from what the worker said and from the space that is left. */
export function reasonOf(folder: string | undefined, reason: string): string {
  if (reason === 'ENOSPC' || (folder !== undefined && spaceOf(folder) < leastSpace))
    return 'cannot be opened: its disk is full. A new store takes about 50 MB'
  if (/^E[A-Z]+$/.test(reason)) return `cannot be opened (${reason})`
  return `cannot be opened: its files are damaged, or belong to another version of PGlite (${reason})`
}

function spaceOf(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
