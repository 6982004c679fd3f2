import type { Adapter } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { AccountState } from '../inbox.ts'
import type { Schema } from './schema.ts'

/** The streams of a sync whose records an inbox lists. */
export type StreamName = 'agents' | 'contacts' | 'conversations' | 'messages'

/** An account of the inbox, and what the store has of it. */
export interface StoredAccount {
  name: string
  adapter: Adapter
  /** Its number in the store. `undefined`: no sync has ever begun. */
  no: number | undefined
  /** Whether the stream was once read to its end. */
  isRead: boolean
  state: AccountState
}

interface Row {
  no: number
  name: string
  stopped: boolean
  failure: unknown
  as_of: string | null
}

/** The states of the accounts, in the order given. */
export async function storedAccounts(
  db: Kysely<Schema>,
  chosen: readonly { name: string; adapter: Adapter }[],
  stream: StreamName,
): Promise<StoredAccount[]> {
  const { rows } = await sql<Row>`
    select account.no, account.name, account.state = 'stopped' as stopped, coalesce(account.error, stream.error) as failure,
      stream.caught_up_at as as_of
    from parley.accounts as account
      left join parley.streams as stream on stream.account = account.no and stream.stream = ${stream}
    where account.name = any(${chosen.map(({ name }) => name)}::text[])`.execute(db)
  const byName = new Map(rows.map((row) => [row.name, row]))
  return chosen.map(({ name, adapter }) => {
    const row = byName.get(name)
    const asOf = row?.as_of ?? null
    const error = row === undefined ? undefined : failureOf(name, row)
    const state: AccountState =
      asOf === null
        ? { account: name, state: 'unsynced', asOf, error: error ?? unsynced(name, stream, row !== undefined) }
        : error
          ? { account: name, state: 'error', asOf, error }
          : { account: name, state: 'ok', asOf }
    return { name, adapter, no: row?.no, isRead: asOf !== null, state }
  })
}

type Failure = NonNullable<AccountState['error']>

const unsynced = (name: string, stream: StreamName, hasBegun: boolean): Failure => ({
  code: 'unsynced',
  message: hasBegun
    ? `${name}: the sync has not yet read all ${stream} once, so some may be missing.`
    : `${name} was never synced. Run createSync with this store and account.`,
  retryable: true,
})

/** The failure that the sync has noted. A sync that goes on has none. */
function failureOf(name: string, { failure, stopped }: Row): Failure | undefined {
  if (failure === null && !stopped) return undefined
  const { code, message, retryable, retryAfterMs } = Object(failure) as Partial<Record<string, unknown>>
  return {
    code: typeof code === 'string' ? code : 'stopped',
    message: typeof message === 'string' ? message : `${name}: the sync has stopped.`,
    retryable: retryable === true && !stopped,
    ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
  }
}
