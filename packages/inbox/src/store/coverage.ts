import { type Kysely, sql } from 'kysely'
import type { SearchCoverage } from '../synced.ts'
import type { StoredAccount } from './account-states.ts'
import type { Schema } from './schema.ts'

interface Row {
  account: number
  is_listed: boolean
  oldest: string | null
  lacks: boolean
  newest_incomplete: string | null
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
      (select sort_at from parley.conversations where account = given.account and deleted_at is null
        and sort_at > '-infinity' order by sort_at limit 1) as oldest,
      lacks.lacks,
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
    const isComplete = row.is_listed && row.newest_incomplete === null
    const since = isComplete ? null : (row.newest_incomplete ?? row.oldest)
    return { account: name, isComplete, since: since === '-infinity' ? null : since, asOf }
  })
}
