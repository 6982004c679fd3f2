import {
  ConfigurationError,
  checkFunctionOptions,
  flagOption,
  numberOption,
  optional,
  patternOption,
  textOption,
} from '@parley/core'
import type { Connected } from './connected.ts'
import { storeOf } from './database.ts'
import type { Store, StoreOptions, StoreReport } from './store.ts'

/**
 * Opens the store of a synced inbox, and brings its tables up to date. They are in the schema `parley`.
 *
 * With `url`, the store is a PostgreSQL 15 or later, for any number of processes. Its encoding must be UTF-8, and its
 * `LC_CTYPE` must know letters beyond ASCII. The role needs the right to create the schema `parley`, or must own it.
 *
 * Without `url`, the store is a PGlite, which is a PostgreSQL within this process: in `folder`, or in memory without it.
 * Install `@electric-sql/pglite` for that. It is meant for trying out, up to about 100,000 messages. Close it, or the process does
 * not end:
 *
 * - One process uses a folder at a time; a second one is refused. The folder must not be on a network drive.
 * - A folder that has other files and no store is refused. Else only its owner may read it from then on.
 * - It survives a killed process, but may lose data when the machine loses its power, because it never calls `fsync`.
 * - It has one connection, so a long query delays all others, and it ignores `statement_timeout`.
 *
 * @throws ConfigurationError for an invalid option, a missing package, a folder that is in use, has other files or cannot be
 * opened, a PostgreSQL that is too old or has another encoding, a store that a newer version of Parley has changed, and with
 * `create: false` for one that is missing. NetworkError if the database cannot be reached.
 */
export async function createStore(options: StoreOptions = {}): Promise<Store> {
  check('createStore', options)
  const { url, folder, create = true } = options
  if (!create && url === undefined && !(await hasDatabase(folder))) throw missing()
  const connected = await connect(options)
  try {
    if (!create && (await inspect(connected)).tables === 'none') throw missing()
    await (await import('./migrate.ts')).migrate(connected.db)
    // Only this process can have the database, so a lease in it belongs to a process that died.
    if (url === undefined)
      await connected.pool.query('update parley.streams set held_until = null; delete from parley.workers')
  } catch (error) {
    await connected.close()
    throw error
  }
  return storeOf(connected)
}

/**
 * Looks at the database of a store without changing it, for a program that shows what state it is in. A missing folder is not
 * created.
 *
 * @throws ConfigurationError and NetworkError as `createStore`, but not for tables that are older or newer than this program.
 */
export async function inspectStore(options: StoreOptions): Promise<StoreReport> {
  check('inspectStore', options)
  const isThere = options.url !== undefined || (await hasDatabase(options.folder))
  const connected = await connect(isThere ? options : {})
  try {
    const report = await inspect(connected)
    return isThere ? report : { ...report, size: 0 }
  } finally {
    await connected.close()
  }
}

const inspect = async ({ db }: Connected): Promise<StoreReport> => (await import('./inspect.ts')).inspect(db)

async function hasDatabase(folder: string | undefined): Promise<boolean> {
  return folder !== undefined && (await import('./pglite.ts')).hasDatabase(folder)
}

function missing(): ConfigurationError {
  const problem = 'is false, and there is no store yet'
  return new ConfigurationError({
    message: `createStore: the option "create" ${problem}.`,
    fields: [{ path: 'create', problem }],
  })
}

function check(name: string, options: StoreOptions): void {
  checkFunctionOptions(name, options, {
    url: optional(patternOption(/^postgres(ql)?:\/\/./, 'must begin with "postgres://"')),
    connections: optional(numberOption(1, true)),
    folder: optional(textOption),
    create: optional(flagOption),
  })
  const { url, folder, connections } = options
  // With a variable that is not set, a program would lose all that it stores.
  for (const path of ['url', 'folder'] as const)
    if (Object.hasOwn(options, path) && options[path] === undefined) {
      const problem = 'is undefined. Omit it for a store in memory'
      throw new ConfigurationError({
        message: `${name}: the option "${path}" ${problem}.`,
        fields: [{ path, problem }],
      })
    }
  if (url !== undefined && folder !== undefined) throw excluded(name, 'folder')
  if (url === undefined && connections !== undefined) throw excluded(name, 'connections')
}

async function connect({ url, folder, connections }: StoreOptions): Promise<Connected> {
  return url === undefined
    ? (await import('./pglite.ts')).openPglite(folder)
    : (await import('./postgres.ts')).openPostgres(url, connections)
}

function excluded(name: string, option: 'folder' | 'connections'): ConfigurationError {
  const problem = option === 'folder' ? 'must be omitted with "url"' : 'must be omitted without "url"'
  return new ConfigurationError({
    message: `${name}: the option "${option}" ${problem}.`,
    fields: [{ path: option, problem }],
  })
}
