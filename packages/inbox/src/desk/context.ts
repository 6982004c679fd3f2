import type { Clock } from '@parley/core'
import type { Kysely } from 'kysely'
import type { Accounts } from '../accounts.ts'
import type { Schema } from '../store/schema.ts'
import type { SyncedInbox } from '../synced.ts'

/** What the parts of a desk share. */
export interface DeskContext {
  readonly db: Kysely<Schema>
  readonly accounts: Accounts
  /** Every write through it is stored at once. */
  readonly inbox: SyncedInbox
  readonly clock: Clock
  readonly onError: (error: unknown) => void
}
