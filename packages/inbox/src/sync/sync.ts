import type { Adapter, Clock, Event } from '@parley/core'
import type { Store } from '../store/store.ts'

/**
 * What is synced of an account, each on its own: a stream that fails holds up no other.
 *
 * `live`: what webhooks announced. `conversations`: the list of conversations. `messages`: the messages of conversations
 * that changed, and in the beginning of all of them. `contacts`, `agents`: their lists. `sweep`: reads old conversations
 * again, because a list that is ordered by the last activity never shows an edit or a deletion in one of them.
 */
export type SyncStream = 'live' | 'conversations' | 'messages' | 'contacts' | 'agents' | 'sweep'

export interface SyncOptions {
  store: Store
  /** The accounts, each `vendor:account` once. Accounts that are in the store and not here are left as they are. */
  accounts: readonly Adapter[]
  /** How often each account is looked at, in milliseconds: each at least 1, and at most 3,153,600,000,000 (a hundred years). */
  every?: {
    /** Default 30,000. */
    conversations?: number
    /** Default 3,600,000, an hour. */
    contacts?: number
    /** Default 600,000, ten minutes. */
    agents?: number
    /** How often a part of the old conversations is read again. Default 60,000. */
    sweep?: number
    /** How often the list of conversations is read to its end, to see deletions. Default 86,400,000, a day. */
    scan?: number
  }
  /**
   * How many old conversations each sweep reads again: a whole number of at most 10,000. Default 20. With `every.sweep`, it
   * determines how late an edit is seen. 0: none is read again, unless a run is `full`.
   */
  sweepSize?: number
  /** How many conversations of an account are read at the same time: a whole number from 1 to 100. Default 4. */
  concurrency?: number
  /**
   * How long the vendor may take to show something with an older time than what it already shows, in milliseconds.
   * Default 300,000, at most 3,153,600,000,000 (a hundred years).
   */
  lag?: number
  /** Whether the vendor's payloads are stored, as `raw`. No inbox returns them. Default `false`. */
  payloads?: boolean
  /**
   * How long the store keeps a change for `changes` and `history` of an inbox, in milliseconds. Each sweep removes older ones
   * of all accounts. Default 7,776,000,000, which is 90 days; at most 3,153,600,000,000 (a hundred years).
   */
  keepChanges?: number
  /** Time, injected for tests. Leases and the age of a read go by the clock of the database. Default: also the rest. */
  clock?: Clock
  /** Receives what no state shows: a failing database, for example. Default: a warning of the process. */
  onError?: (error: unknown) => void
}

export interface RunOptions {
  /** Ends the sync. What was read is stored, and the next run goes on from there. */
  signal?: AbortSignal
}

export interface RunOnceOptions extends RunOptions {
  /** Only these accounts, as `vendor:account`. Default: all. */
  accounts?: readonly string[]
  /** Only these streams. Default: all. */
  streams?: readonly SyncStream[]
  /**
   * `true`: reads everything again, also old conversations and lists that are not due, so that every edit and every
   * deletion is seen. Default `false`: only what is due.
   */
  full?: boolean
}

export interface Sync {
  /** `vendor:account` of every account. */
  readonly accounts: readonly string[]
  /**
   * Syncs until the signal is aborted. Any number of processes can run over one PostgreSQL: they share the work, and when
   * one dies, others take over its part within about 15 seconds.
   *
   * @throws InvalidRequestError for a wrong or unknown option.
   */
  run(options?: RunOptions): Promise<void>
  /**
   * Reads once what is due, until nothing is left. An account that fails does not keep the others; the result shows it.
   *
   * @throws InvalidRequestError for a wrong or unknown option. NotFoundError for an account that this sync does not have.
   */
  runOnce(options?: RunOnceOptions): Promise<SyncStatus>
  /**
   * Takes an event of a webhook that was verified. It is a hint: what it is about is read from the vendor. Resolves when the
   * hint is stored, so that the webhook can be acknowledged.
   *
   * @throws InvalidRequestError for what is no event, or lacks a ref that its kind always has. NotFoundError when this sync does not
   *   have the event’s account.
   */
  receive(event: Event): Promise<{ isNew: boolean }>
  status(): Promise<SyncStatus>
  /** Reads everything of the account again. The stored records stay, so that only true changes are reported. */
  reset(account: string): Promise<void>
  /**
   * Deletes the records of the account from the store, and all that the sync has noted of it. The feed has `deleted` for each
   * record; earlier changes stay until they are old. The next run reads the account anew.
   */
  wipe(account: string): Promise<void>
  /** Goes on with an account or streams that were stopped, for example because the credentials were refused. */
  resume(account: string): Promise<void>
  /**
   * Accepts that the records that were found missing are deleted, although they are more than 5 % of their kind. Each is
   * still read on its own first.
   */
  acceptDeletions(account: string): Promise<void>
}

export interface SyncStatus {
  /** Whether any process syncs the store: it runs `run`, or a `runOnce` that reads at the moment. */
  isSyncing: boolean
  accounts: AccountStatus[]
}

export interface AccountStatus {
  /** `vendor:account` */
  account: string
  /**
   * `active`: nothing stands against it. `paused`: it failed several times and is tried again at `pausedUntil`. `stopped`: a
   * person must act; `error.action` says how.
   */
  state: 'active' | 'paused' | 'stopped'
  pausedUntil?: string
  error?: SyncError
  streams: StreamStatus[]
  /** How many records the store has, without deleted ones. */
  records: { conversations: number; messages: number; contacts: number; agents: number }
  /** Records that could not be read and are kept aside. */
  quarantined: number
  /** Conversations, contacts and texts that the vendor failed to show. Each is tried again, at the latest after a day. */
  postponed: number
  /** Records that a complete read did not find, and that are not confirmed as deleted yet. */
  missing: number
  /** When the conversation that was not verified for longest was last read to its end. `null`: some never was. */
  oldestVerified: string | null
  /**
   * How long it takes to read all conversations again, in milliseconds: an edit in an old one is seen within this time.
   * `Infinity` with `sweepSize: 0`.
   */
  sweepPeriod: number
}

export interface StreamStatus {
  stream: SyncStream
  /**
   * `idle`: up to date, until `nextAt`. `running`. `waiting`: failed, and tried again at `nextAt`. `stalled`: running, and
   * nothing was read for five minutes. `stopped`: a person must act. `unsupported`: the vendor has no such list.
   */
  state: 'idle' | 'running' | 'waiting' | 'stalled' | 'stopped' | 'unsupported'
  counts: { added: number; updated: number; unchanged: number; deleted: number; quarantined: number }
  /** Records that are known to be left to read. Missing: unknown. */
  left?: number
  /** How many of them are read in a second, over the current run. */
  perSecond?: number
  /** How far the store is behind the vendor, in milliseconds: since the last run that reached the end began. */
  lag: number | null
  startedAt: string | null
  finishedAt: string | null
  nextAt: string | null
  error?: SyncError
}

/** What went wrong, without secrets and customers' text, and what to do about it. */
export interface SyncError {
  code: string
  message: string
  action: string
  at: string
}
