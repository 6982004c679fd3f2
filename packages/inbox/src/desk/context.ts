import type { Clock } from '@parley/core'
import type { Kysely } from 'kysely'
import type { Accounts } from '../accounts.ts'
import { isText } from '../store/cursor-parts.ts'
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

/** Whether a value can be the id or the name of a person or an operator, or a tag. */
export const isName = (value: unknown, most = 200): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= most && isText(value)
