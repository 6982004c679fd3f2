import { sql } from 'kysely'
import { isHintDue } from './live.ts'
import { isThreadDue, partialTexts } from './messages.ts'
import { type Account, isHeld } from './pass.ts'
import { type Engine, streams } from './run.ts'
import type { AccountStatus, StreamStatus, SyncError, SyncStatus, SyncStream } from './sync.ts'

/** A stream in which nothing moves for so long is stalled, in milliseconds. */
const stalledAfter = 300_000

export async function statusOf(engine: Engine, accounts: readonly Account[]): Promise<SyncStatus> {
  const { rows } = await sql<{ is_syncing: boolean }>`
    select exists (select 1 from parley.workers where ${isHeld('workers')})
      or exists (select 1 from parley.streams where ${isHeld('streams')}) as is_syncing`.execute(engine.db)
  return {
    isSyncing: rows[0]?.is_syncing === true,
    accounts: await Promise.all(accounts.map((account) => accountStatus(engine, account))),
  }
}

interface AccountRow {
  state: 'active' | 'paused' | 'stopped'
  paused_until: string | null
  error: SyncError | null
  agents: string
  contacts: string
  conversations: string
  messages: string
  quarantined: string
  missing: string
  postponed: string
  due: string
  hints: string
  threads: string
  oldest: string | null
}

interface StreamRow {
  stream: SyncStream
  state: StreamStatus['state']
  is_held: boolean
  still_ms: number | null
  added: string
  updated: string
  unchanged: string
  deleted: string
  quarantined: string
  started_at: string | null
  finished_at: string | null
  caught_up_at: string | null
  next_at: string | null
  progress: { done?: number; total?: number | null; perSecond?: number | null } | null
  error: SyncError | null
}

async function accountStatus({ db, clock, every, sweepSize }: Engine, account: Account): Promise<AccountStatus> {
  const { no, name } = account
  const now = new Date(clock.now()).toISOString()
  const count = (table: string) =>
    sql`(select count(*) from ${sql.raw(table)} where account = ${no} and deleted_at is null)`
  const { rows } = await sql<AccountRow>`
    select state, paused_until, error, ${count('parley.agents')} as agents, ${count('parley.contacts')} as contacts,
      ${count('parley.conversations')} as conversations, ${count('parley.messages')} as messages,
      (select count(*) from parley.quarantine where account = ${no}) as quarantined,
      (select count(*) from parley.missing where account = ${no}) as missing,
      (select count(*) from parley.postponed where account = ${no} and error is not null) as postponed,
      (select count(*) from parley.threads where account = ${no} and ${isThreadDue(now)})
        + (select count(*) ${partialTexts(account, now)}) as due,
      (select count(*) from parley.hints where account = ${no} and ${isHintDue(now)}) as hints,
      (select count(*) from parley.threads where account = ${no}) as threads,
      (select verified_at from parley.threads as t
        where account = ${no}
          and exists (select 1 from parley.conversations as c where c.ref = t.conversation and c.deleted_at is null)
        order by verified_at nulls first limit 1) as oldest
    from parley.accounts where no = ${no}`.execute(db)
  const row = rows[0] as AccountRow
  const { rows: known } = await sql<StreamRow>`
    select stream, state, ${isHeld('streams')} as is_held,
      (extract(epoch from clock_timestamp() - moved_at) * 1000)::float8 as still_ms,
      added, updated, unchanged, deleted, quarantined, started_at, finished_at, caught_up_at, next_at, progress, error
    from parley.streams where account = ${no}`.execute(db)
  const byName = new Map(known.map((stream) => [stream.stream, stream]))
  const left: Partial<Record<SyncStream, number>> = { messages: Number(row.due), live: Number(row.hints) }
  return {
    account: name,
    state: row.state,
    ...(row.state === 'paused' && row.paused_until && { pausedUntil: row.paused_until }),
    ...(row.error && { error: row.error }),
    streams: streams.map((stream) => streamStatus(stream, byName.get(stream), clock.now(), left[stream])),
    records: {
      conversations: Number(row.conversations),
      messages: Number(row.messages),
      contacts: Number(row.contacts),
      agents: Number(row.agents),
    },
    quarantined: Number(row.quarantined),
    missing: Number(row.missing),
    postponed: Number(row.postponed),
    oldestVerified: row.oldest,
    sweepPeriod: sweepSize > 0 ? Math.ceil(Number(row.threads) / sweepSize) * every.sweep : Number.POSITIVE_INFINITY,
  }
}

function streamStatus(
  stream: SyncStream,
  row: StreamRow | undefined,
  now: number,
  due: number | undefined,
): StreamStatus {
  if (!row) {
    const counts = { added: 0, updated: 0, unchanged: 0, deleted: 0, quarantined: 0 }
    return { stream, state: 'idle', counts, lag: null, startedAt: null, finishedAt: null, nextAt: null }
  }
  const { progress } = row
  const total = progress?.total
  const left = typeof total === 'number' ? Math.max(0, total - (progress?.done ?? 0)) : due
  // A worker that died leaves its stream as it was.
  const state = row.state === 'running' ? (row.is_held ? stateOf(row) : 'waiting') : row.state
  return {
    stream,
    state,
    counts: {
      added: Number(row.added),
      updated: Number(row.updated),
      unchanged: Number(row.unchanged),
      deleted: Number(row.deleted),
      quarantined: Number(row.quarantined),
    },
    ...(left !== undefined && { left }),
    ...(typeof progress?.perSecond === 'number' && { perSecond: progress.perSecond }),
    lag: row.caught_up_at === null ? null : Math.max(0, now - Date.parse(row.caught_up_at)),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    nextAt: row.next_at,
    ...(row.error && { error: row.error }),
  }
}

const stateOf = ({ still_ms }: StreamRow): 'running' | 'stalled' =>
  still_ms !== null && still_ms > stalledAfter ? 'stalled' : 'running'
