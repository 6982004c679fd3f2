import {
  ConfigurationError,
  checkFunctionOptions,
  numberOption,
  optional,
  patternOption,
  textOption,
} from '@parley/core'
import { type Connected, storeOf } from './database.ts'
import type { Store, StoreOptions } from './store.ts'

/**
 * Opens the store of a synced inbox, and brings its tables up to date. They are in the schema `parley`.
 *
 * With `url`, the store is a PostgreSQL 15 or later, for any number of processes. Its encoding must be UTF-8, and its
 * `LC_CTYPE` must know letters beyond ASCII. The role needs the right to create the schema `parley`, or must own it.
 *
 * Without `url`, the store is a PGlite, which is a PostgreSQL within this process: in `folder`, or in memory without it.
 * Install `@electric-sql/pglite` for that. It is meant for trying out, up to about 100,000 messages:
 *
 * - One process uses a folder at a time; a second one is refused. The folder must not be on a network drive.
 * - It survives a killed process, but may lose data when the machine loses its power, because it never calls `fsync`.
 * - It has one connection, so a long query delays all others, and it ignores `statement_timeout`.
 *
 * @throws ConfigurationError for an invalid option, a missing package, a folder in use, a PostgreSQL that is too old or has
 * another encoding, and a store that a newer version of Parley has changed. NetworkError if the database cannot be reached.
 */
export async function createStore(options: StoreOptions = {}): Promise<Store> {
  checkFunctionOptions('createStore', options, {
    url: optional(patternOption(/^postgres(ql)?:\/\/./, 'must begin with "postgres://"')),
    connections: optional(numberOption(1, true)),
    folder: optional(textOption),
  })
  const { url, folder, connections } = options
  if (url !== undefined && folder !== undefined) throw excluded('folder')
  if (url === undefined && connections !== undefined) throw excluded('connections')
  const connected: Connected =
    url === undefined
      ? await (await import('./pglite.ts')).openPglite(folder)
      : await (await import('./postgres.ts')).openPostgres(url, connections)
  try {
    await (await import('./migrate.ts')).migrate(connected.db)
  } catch (error) {
    await connected.close()
    throw error
  }
  return storeOf(connected)
}

function excluded(option: 'folder' | 'connections'): ConfigurationError {
  const problem = option === 'folder' ? 'must be omitted with "url"' : 'must be omitted without "url"'
  return new ConfigurationError({
    message: `createStore: the option "${option}" ${problem}.`,
    fields: [{ path: option, problem }],
  })
}
