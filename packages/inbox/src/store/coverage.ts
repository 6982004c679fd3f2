import { type Kysely, sql } from 'kysely'
import type { SearchCoverage } from '../synced.ts'
import type { StoredAccount } from './account-states.ts'
import type { Schema } from './schema.ts'

interface Row {
  account: number
  is_listed: boolean
  is_verified: boolean
  newest_incomplete: string | null
  listed_from: string | null
}

/**
 * Of which messages the store has all. Conversations are read newest first, so all messages after the newest conversation
 * that is not read to its end are stored.
 */
export async function coverageOf(db: Kysely<Schema>, accounts: readonly StoredAccount[]): Promise<SearchCoverage[]> {
  const numbers = accounts.flatMap(({ no }) => no ?? [])
  const { rows } = await sql<Row>`
    select given.account,
      exists (select 1 from parley.streams where account = given.account and stream = 'conversations'
        and caught_up_at is not null) as is_listed,
      (select position->>'at' from parley.checkpoints
        where account = given.account and stream = 'conversations' and part = '') as listed_from,
      not exists (
        select 1 from parley.threads as thread join parley.conversations as own on own.ref = thread.conversation
        where thread.account = given.account and thread.verified_at is null and own.deleted_at is null)
        and not exists (select 1 from parley.quarantine where account = given.account)
        and not exists (select 1 from parley.messages where account = given.account and is_partial and deleted_at is null)
        as is_verified,
      case when lacks.lacks then (
        select conversation.sort_at from parley.conversations as conversation
        where conversation.account = given.account and conversation.deleted_at is null
          and exists (select 1 from parley.threads where conversation = conversation.ref and not is_complete)
        order by conversation.sort_at desc, conversation.ref limit 1) end as newest_incomplete
    from unnest(${numbers}::smallint[]) as given (account) cross join lateral (
      select exists (select 1 from parley.threads where account = given.account and not is_complete) as lacks
    ) as lacks`.execute(db)
  const byNumber = new Map(rows.map((row) => [row.account, row]))
  return accounts.map(({ name, no, state: { asOf } }) => {
    const row = no === undefined ? undefined : byNumber.get(no)
    if (!row) return { account: name, isComplete: false, since: null, asOf: null }
    const isComplete = row.is_listed && row.is_verified && row.newest_incomplete === null
    return { account: name, isComplete, since: isComplete ? null : sinceOf(row), asOf }
  })
}

/** `null`: nothing can be said. */
function sinceOf({ is_listed, listed_from, newest_incomplete: newest }: Row): string | null {
  if (is_listed) return newest === '-infinity' ? null : newest
  // The list of an account that is read in parts has no one place.
  if (listed_from === null) return null
  return newest !== null && newest > listed_from ? newest : listed_from
}
