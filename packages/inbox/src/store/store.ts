import type { SharedLimiter } from '@parley/core'

/** Where the synced inbox keeps its conversations. Made by `createStore`. */
export interface Store {
  /** What an operator should read when the program starts: what this store does not do. `null` with PostgreSQL. */
  readonly notice: string | null
  /**
   * Counts the requests to the vendors in this database, so that all processes together stay within a vendor's rate limit.
   * Pass it to each adapter as the option `limiter`.
   */
  readonly limiter: SharedLimiter
  /** Ends the connections when their current work is done. Closing again does nothing. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export type StoreOptions = PostgresOptions | FolderOptions

export interface PostgresOptions {
  /** The database, as `postgres://user:password@host:5432/database`. PostgreSQL 15 or later. */
  url: string
  /** The most connections that are open at once. Default: 10. */
  connections?: number
  folder?: never
}

export interface FolderOptions {
  /** The folder of an embedded database (PGlite), for one process. Created if it is missing. Default: in memory. */
  folder?: string
  url?: never
  connections?: never
}

/** What `inspectStore` sees. */
export interface StoreReport {
  /** The version of the server, such as `17.2`. PGlite has the version of the PostgreSQL that it is made of. */
  version: string
  /**
   * `none`: the database has no store yet. `older`: `createStore` brings the tables up to date. `newer`: a newer version of
   * Parley has changed them, and `createStore` refuses.
   */
  tables: 'none' | 'older' | 'current' | 'newer'
  /** How much the database takes on the disk, in bytes. */
  size: number
  /** The database's time, ISO 8601. */
  now: string
}
