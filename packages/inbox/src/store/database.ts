import {
  ConfigurationError,
  createError,
  type ErrorCode,
  isParleyError,
  type ParleyError,
  type SharedLimiter,
} from '@parley/core'
import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import { type Connected, connect, connectedTo } from './connected.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

/** The public form of an open database. */
export function storeOf(connected: Connected): Store {
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= connected.close()
    return closed
  }
  const { db, pool, notice } = connected
  const limiter: SharedLimiter = {
    reserve: async (wanted) => (await import('./limiter.ts')).reserve(db, wanted),
  }
  let imports = 0
  const store: Store = {
    notice,
    limiter,
    async accounts() {
      const rows = await db.selectFrom('parley.accounts').select('name').orderBy('no').execute()
      return rows.map(({ name }) => name)
    },
    erase: async (contact, options) => (await import('./erase.ts')).erase(db, contact, options),
    async *export(options) {
      const { exportLines } = await import('./export.ts')
      // An import has the only connection until its lines end, and they can be those of this export.
      const isBlocked = () => imports > 0 && pool.options.max === 1
      yield* exportLines(db, isBlocked, options)
    },
    async import(lines) {
      const { importLines } = await import('./import.ts')
      imports += 1
      return importLines(db, lines).finally(() => {
        imports -= 1
      })
    },
    close,
    [Symbol.asyncDispose]: close,
  }
  connect(store, connected)
  return store
}

/** The database of a store. Every part of the package reads and writes through it. */
export const databaseOf = (store: Store): Kysely<Schema> => connectedTo(store).db

/** The connections of a store, for code that brings its own SQL. The errors are the driver's: see `databaseError`. */
export const poolOf = (store: Store): Pool => connectedTo(store).pool

/**
 * The library's error for an error of the driver. It names the SQLSTATE, the table and the constraint. It contains neither
 * the driver's message, which can quote a value or the URL with its password, nor the driver's error as its cause.
 */
export function databaseError(error: unknown): ParleyError {
  if (isParleyError(error)) return error
  const { code = '', table, column, constraint } = Object(error) as Partial<Record<string, string>>
  if (!/^(?=.*\d)[0-9A-Z]{5}$/.test(code)) return driverError(Object(error))
  const [, kind, problem] = problems.find(([states]) => states.test(code)) ?? other
  const places = Object.entries({ table, column, constraint })
  const named = places.flatMap(([what, name]) => (name === undefined ? [] : [`${what} ${name}`]))
  return createError(kind, { message: `${problem} (${[code, ...named].join(', ')}).`, vendorCode: code })
}

const other = [/./, 'invalid-request', 'The database refused a statement'] as const

/** By SQLSTATE. Their list is Appendix A of PostgreSQL's manual. */
const problems: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [/^08|^57P0[1-3]$|^25P0[34]$/, 'network', 'The database ended the connection, or is starting or stopping'],
  [/^53300$/, 'network', 'The database has no free connection'],
  [/^28/, 'authentication', 'The database refused the user or the password'],
  [/^3D000$/, 'configuration', 'The database does not exist'],
  [/^42501$/, 'permission', 'The user of the database lacks a permission'],
  [/^25006$/, 'configuration', 'The database can only be read: it is a replica, or set to read-only'],
  [/^57014$|^55P03$/, 'timeout', 'The database canceled a statement that took too long'],
  [/^40/, 'vendor-fault', 'The transaction conflicted with another one'],
  [/^53100$/, 'vendor-fault', 'The disk of the database is full. Free some space'],
  [/^5[348]|^XX/, 'vendor-fault', 'The database failed'],
  [/^23505$/, 'conflict', 'The row exists already'],
  [/^2[23]/, 'invalid-request', 'The database refused a value'],
]

export const closedError = (): ConfigurationError =>
  new ConfigurationError({ message: 'The store is closed. Open it again with createStore.' })

const urlError = (problem: string): ConfigurationError =>
  new ConfigurationError({ message: `The URL of the database ${problem}.`, fields: [{ path: 'url', problem }] })

/** An error without an SQLSTATE, which the server did not send. */
function driverError(error: {
  code?: string
  message?: string
  name?: string
  syscall?: string
  address?: string
  hostname?: string
  port?: number
  errors?: readonly { address?: string; port?: number }[]
}): ParleyError {
  const { code = '', message = '', name = '', syscall, hostname, errors } = error
  if (code === 'ERR_INVALID_URL') return urlError('cannot be read')
  if (/after calling end/.test(message)) return closedError()
  if (syscall === 'open') return urlError(`names a file that cannot be read (${code})`)
  if (/support SSL/.test(message)) return urlError('asks for TLS, which the database does not offer')
  if (/^(?:ERR_TLS|CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/.test(code))
    return urlError(`asks for TLS, and the certificate of the database is not accepted (${code})`)
  if (!/^E[A-Z0-9_]+$/.test(code) && !/connect|terminated|queryable|time(d )?out/i.test(message))
    return createError('invalid-request', { message: `The statement could not be sent (${name}).` })
  const reason = code || (/time/.test(message) ? 'timeout' : 'closed')
  // Of a name with several addresses, the last one that was tried.
  const { address = hostname, port } = errors?.at(-1) ?? error
  const place = address === undefined ? '' : ` at ${address}${port === undefined ? '' : ` port ${port}`}`
  return createError('network', {
    message: `The database${place} cannot be reached, or the connection broke (${reason}).`,
  })
}
