import type { Contact, Ref, SharedLimiter } from '@parley/core'

/** Where the synced inbox keeps its conversations. Made by `createStore`. */
export interface Store {
  /** What an operator should read when the program starts: what this store does not do. `null` with PostgreSQL. */
  readonly notice: string | null
  /**
   * Counts the requests to the vendors in this database, so that all processes together stay within a vendor's rate limit.
   * Pass it to each adapter as the option `limiter`.
   */
  readonly limiter: SharedLimiter
  /** `vendor:account` of every account that was ever synced into the store, the first one first. */
  accounts(): Promise<string[]>
  /**
   * Erases a person from the store: the contact, their conversations and messages, their messages in other conversations, what
   * the search knows of them, payloads, past changes, and what people have added at the desk: the sends with their files, the
   * overlays, the links and the audit. This cannot be undone. Digests of the refs stay, so that no later
   * sync brings anything of it back. The change feed has `erased` for the contact, each conversation and each message in
   * another one, with their refs.
   *
   * The vendor keeps its copy: delete it there with `contacts.delete` or `conversations.deleteForContact`, where the vendor
   * can. An export that was made before still has the person.
   *
   * @param contact the ref of the contact. It need not be stored.
   * @throws InvalidRequestError for anything that is no ref of a contact, and for a wrong or unknown option; what `forget`
   * throws. Then nothing is erased.
   */
  erase(contact: Ref, options?: EraseOptions): Promise<Erased>
  /**
   * All that is stored, or all about one person, as lines of JSON (NDJSON, without line breaks at their ends). They are read
   * as they are needed, so memory stays small. The first line has the version of the format, the last one counts the others.
   * A file without its last line is cut off.
   *
   * It has the records, also deleted ones, with their payloads if they are stored, their changes, how far each was read, what
   * people have added at the desk, and the digests of erased people. It has no webhook events that still wait, no records that
   * could not be read, and no sessions. The sync may go on in the meantime.
   *
   * @throws InvalidRequestError for a wrong or unknown option, when the first line is read.
   */
  export(options?: ExportOptions): AsyncIterable<string>
  /**
   * Imports the lines of an export, all of them or none. Into an empty store, it brings back the same state: an export of it
   * has the same lines. In a store that has records, the newer version of each stays, and erased people stay erased.
   *
   * What the file has to send is never sent from here, because the store from which it comes may send it: a send that was
   * `recorded` becomes `failed`, and a `claimed` one `unknown`.
   *
   * The store waits for the lines in one transaction. A PGlite does nothing else in the meantime, and an export of it fails
   * with a ConflictError, because its lines could be the ones that are imported.
   *
   * @throws InvalidRequestError for anything but an iterable of strings, for a file that is cut off or of another version, for
   * a line that is broken, has no valid record or is not in its place, and for one that the database refuses. It names the
   * line and what is wrong.
   */
  import(lines: AsyncIterable<string> | Iterable<string>): Promise<Imported>
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
  /** `false`: a database without a store is refused. Default `true`: the store is created there. */
  create?: boolean
}

export interface FolderOptions {
  /** The folder of an embedded database (PGlite), for one process. Created if it is missing. Default: in memory. */
  folder?: string
  /** `false`: a folder without a store is refused. Default `true`: the store is created there. */
  create?: boolean
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

export interface EraseOptions {
  /**
   * Erases the person elsewhere, for example in the store of a chatbot. It is called first, with the stored contact, or with
   * `undefined` if the store does not have it. If it throws, nothing is erased, and `erase` can be called again.
   */
  forget?: (contact: Contact | undefined) => void | Promise<void>
}

/** How much was erased. */
export interface Erased {
  conversations: number
  messages: number
}

export interface ExportOptions {
  /** Only what is about this contact: the ref. */
  contact?: Ref
}

/** What became of the records of an import. `skipped`: the store has a newer version, or the person was erased. */
export interface Imported {
  added: number
  updated: number
  unchanged: number
  skipped: number
}
