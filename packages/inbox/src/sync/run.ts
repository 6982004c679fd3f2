import { type Clock, isParleyError, sleep, systemClock } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import { pruneChanges } from '../store/changes.ts'
import type { Schema } from '../store/schema.ts'
import { type Reached, syncConversations } from './conversations.ts'
import { actionFor, consequenceOf, isOfAdapter } from './failures.ts'
import { followHints, isHintDue } from './live.ts'
import { isThreadDue, partialTexts, syncMessages } from './messages.ts'
import {
  type Account,
  beginPass,
  type Ending,
  findsContacts,
  instantOf,
  isHeld,
  type Pass,
  Superseded,
} from './pass.ts'
import { isDue, type Pauses, pauseAfter } from './pauses.ts'
import { newContacts, syncAgents, syncContacts } from './people.ts'
import { sweep } from './sweep.ts'
import type { RunOnceOptions, SyncStream } from './sync.ts'
import { observePass } from './telemetry.ts'

type Db = Kysely<Schema>

/** What the parts of a sync share. */
export interface Engine {
  readonly db: Kysely<Schema>
  readonly clock: Clock
  /** Sets the clock to that of the database, unless it is one of a test. */
  readonly setClock: () => Promise<void>
  /** Identifies this process in leases. */
  readonly holder: string
  readonly every: Readonly<Record<'conversations' | 'contacts' | 'agents' | 'sweep' | 'scan', number>>
  readonly sweepSize: number
  readonly concurrency: number
  readonly lag: number
  readonly payloads: boolean
  readonly keepChanges: number
  readonly onError: (error: unknown) => void
}

/** `more`: the time of the pass was up. `busy`: another worker has the stream. */
export type Outcome = 'done' | 'more' | 'busy' | 'failed'

/** How long one pass of a worker lasts before the others have their turn, in milliseconds. */
const turnMs = 60_000

interface PassSettings {
  signal?: AbortSignal | undefined
  full?: boolean
  budget?: number
  onLongAnswer?: () => void
}

/**
 * Runs one pass over a stream. What the vendor does wrong becomes the state of the stream or the account; an error of the
 * database is thrown.
 */
export async function runStream(
  engine: Engine,
  account: Account,
  stream: SyncStream,
  { signal, full = false, budget = turnMs, onLongAnswer = () => {} }: PassSettings,
): Promise<Outcome> {
  const { db, clock, holder, payloads } = engine
  const begun = await beginPass({ db, account, stream, clock, holder, signal, budget, onLongAnswer, payloads })
  if (!begun) return 'busy'
  return observePass(account, stream, begun.pass.counts, (failed) =>
    runPass(engine, begun, { signal, full, onFailure: failed }),
  )
}

type Begun = NonNullable<Awaited<ReturnType<typeof beginPass>>>

async function runPass(
  engine: Engine,
  { pass, end }: Begun,
  { signal, full, onFailure }: { signal: AbortSignal | undefined; full: boolean; onFailure: (error: unknown) => void },
): Promise<Outcome> {
  const { account, stream } = pass
  const from = instantOf(engine.clock.now())
  try {
    let reached = await passOver(engine, pass, full)
    await end(async (tx) => {
      if (pass.hasAsked()) await succeeded(tx, account)
      if (reached === 'end') reached = await reachedOf(tx, pass)
      const pause = reached === 'end' ? everyOf(engine, stream) : engine.every.conversations
      const nextAt = reached === 'more' ? null : instantOf(engine.clock.now() + pause)
      return { state: 'idle', nextAt, error: null, ...(reached === 'end' && { caughtUpAt: from }) }
    })
    return reached === 'more' ? 'more' : 'done'
  } catch (error) {
    // The request that was going on was aborted, perhaps with another error.
    if (error instanceof Superseded || pass.signal.reason instanceof Superseded) return 'busy'
    if (signal?.aborted) {
      // The next run goes on at once.
      await end().catch(() => {})
      throw signal.reason
    }
    if (!isOfAdapter(error)) {
      await end().catch(() => {})
      throw error
    }
    onFailure(error)
    // The state only says that there was one.
    if (!isParleyError(error)) engine.onError(error)
    try {
      await end((tx) => failed(tx, account, error, engine.clock.now()))
    } catch (lost) {
      if (lost instanceof Superseded) return 'busy'
      throw lost
    }
    return 'failed'
  }
}

async function passOver(engine: Engine, pass: Pass, full: boolean): Promise<Reached> {
  const { lag, concurrency, sweepSize, every } = engine
  switch (pass.stream) {
    case 'live':
      return endOr(await followHints(pass, { lag }))
    case 'conversations':
      return syncConversations(pass, lag)
    case 'messages':
      return endOr(await syncMessages(pass, { concurrency, lag }))
    case 'contacts':
      return endOr(await syncContacts(pass, full))
    case 'agents':
      return endOr(await syncAgents(pass))
    case 'sweep':
      await pruneChanges(engine.db, engine.keepChanges)
      return endOr(await sweep(pass, { size: sweepSize, lag, scanEvery: every.scan, full }))
  }
}

const endOr = (isEnd: boolean): Reached => (isEnd ? 'end' : 'more')

/**
 * How far a stream has come, seen from the conversations: those of which the list is not stored yet have messages and contacts
 * that were not looked for, and a conversation can have come after its contact was.
 */
async function reachedOf(tx: Db, { account, stream, clock }: Pass): Promise<Reached> {
  const areContactsFound = stream === 'contacts' && findsContacts(account)
  if (stream !== 'messages' && !areContactsFound) return 'end'
  const { rows } = await sql<{ is_listed: boolean; is_more: boolean }>`
    select exists (select 1 from parley.streams
        where account = ${account.no} and stream = 'conversations' and caught_up_at is not null) as is_listed,
      ${areContactsFound ? sql`exists (select 1 ${newContacts(account, instantOf(clock.now()))})` : sql`false`} as is_more`.execute(
    tx,
  )
  if (rows[0]?.is_more) return 'more'
  return rows[0]?.is_listed ? 'end' : 'incomplete'
}

/** How often a stream is looked at. The streams `live` and `messages` are due also when there is something to do. */
const everyOf = ({ every }: Engine, stream: SyncStream): number =>
  every[stream === 'live' || stream === 'messages' ? 'conversations' : stream]

async function succeeded(tx: Db, { no }: Account): Promise<void> {
  await sql`
    update parley.accounts set failures = 0, state = 'active', paused_until = null, error = null
    where no = ${no} and state <> 'stopped' and (failures > 0 or state = 'paused')`.execute(tx)
}

/** After so many failures in a row, nothing of the account is read for a while. */
const mostFailures = 5
const pauses: Pauses = { first: 5_000, longest: 600_000 }
/** A vendor that asks for a longer pause is asked again after this time, in milliseconds. */
const longestPause = 3_600_000

async function failed(tx: Db, { no, name }: Account, error: unknown, now: number): Promise<Ending> {
  const told = actionFor(error, name, now)
  const consequence = consequenceOf(error)
  if (consequence === 'stop-stream') return { state: 'stopped', nextAt: null, error: told }
  if (consequence === 'unsupported') return { state: 'unsupported', nextAt: null, error: told }
  if (consequence === 'stop-account') {
    await sql`update parley.accounts set state = 'stopped', error = ${JSON.stringify(told)}::jsonb where no = ${no}`.execute(
      tx,
    )
    return { state: 'stopped', nextAt: null, error: told }
  }
  const { rows } = await sql<{ failures: number }>`
    update parley.accounts set failures = failures + 1 where no = ${no} returning failures`.execute(tx)
  const failures = rows[0]?.failures ?? 1
  const asked = (isParleyError(error) && error.retryAfterMs) || 0
  const pause = Math.min(longestPause, Math.max(asked, pauseAfter(failures, pauses)))
  const until = instantOf(now + pause)
  if (failures >= mostFailures)
    await sql`
      update parley.accounts set state = 'paused', paused_until = ${until}::timestamptz,
        error = ${JSON.stringify(told)}::jsonb
      where no = ${no} and state <> 'stopped'`.execute(tx)
  return { state: 'waiting', nextAt: until, error: told }
}

/** How many seconds one run waits for a stream that another worker has. */
const mostWaits = 20

/** The streams in the order in which one run goes through them: what others need comes first. */
export const streams: readonly SyncStream[] = ['agents', 'conversations', 'live', 'messages', 'contacts', 'sweep']

/**
 * The streams that have something to do now.
 *
 * @param free only those that no worker has.
 */
export async function dueStreams(
  engine: Engine,
  account: Account,
  { free = false }: { free?: boolean } = {},
): Promise<SyncStream[]> {
  await engine.setClock()
  const { no } = account
  const now = instantOf(engine.clock.now())
  const everyMs = streams.map((stream) => everyOf(engine, stream))
  const { rows } = await sql<{ stream: SyncStream }>`
    select s.stream from unnest(${[...streams]}::text[], ${everyMs}::float8[]) with ordinality as s (stream, every, rank)
    join parley.accounts a on a.no = ${no}
    left join parley.streams known on known.account = a.no and known.stream = s.stream
    where (a.state = 'active' or (a.state = 'paused' and ${isDue('a.paused_until', now, longestPause)}))
      and coalesce(known.state, 'idle') not in ('stopped', 'unsupported')
      and (not ${free} or not ${isHeld('known')})
      and case
        when known.state = 'waiting' then ${isDue('known.next_at', now, longestPause)}
        when known.next_at is null or ${isDue('known.next_at', now, sql`s.every`)} then true
        when s.stream = 'live' then exists (
          select 1 from parley.hints where account = a.no and ${isHintDue(now)})
        when s.stream = 'messages' then
          exists (select 1 from parley.threads where account = a.no and ${isThreadDue(now)})
          or exists (select 1 ${partialTexts(account, now)})
        else false end
    order by s.rank`.execute(engine.db)
  return rows.map(({ stream }) => stream)
}

/** Whether a person must act before the vendor is asked again. */
async function isStopped({ db }: Engine, { no }: Account, stream: SyncStream): Promise<boolean> {
  const { rows } = await sql`
    select 1 from parley.accounts a left join parley.streams s on s.account = a.no and s.stream = ${stream}
    where a.no = ${no} and (a.state = 'stopped' or s.state = 'stopped')`.execute(db)
  return rows.length > 0
}

/**
 * Goes through the streams of an account once, until nothing is left that is due. A failed stream is tried once more after the
 * others, if it is due again by then.
 *
 * @throws an error of the database, and the signal's reason.
 */
export async function runStreams(engine: Engine, account: Account, options: RunOnceOptions): Promise<void> {
  const { signal, full = false, streams: wanted = streams } = options
  const due = new Set(await dueStreams(engine, account))
  // A single run reads these streams even if they are not due yet.
  for (const stream of full ? streams : (['conversations', 'messages', 'live'] as const)) due.add(stream)
  const settled = new Set<SyncStream>()
  const drain = async (stream: SyncStream): Promise<void> => {
    if (!wanted.includes(stream) || settled.has(stream)) return
    let waits = 0
    for (;;) {
      signal?.throwIfAborted()
      if (await isStopped(engine, account, stream)) return void settled.add(stream)
      const how = { signal, full, ...(full && { budget: Number.POSITIVE_INFINITY }) }
      const outcome = await runStream(engine, account, stream, how)
      if (outcome === 'done') return
      // A worker that died holds its lease for a while. One that lives may do the work.
      if (outcome === 'failed' || (outcome === 'busy' && ++waits > mostWaits)) return void settled.add(stream)
      if (outcome === 'busy') await sleep(systemClock, 1_000, signal)
    }
  }
  for (const stream of streams) if (due.has(stream)) await drain(stream)
  // The pause of a stream that failed may be over by now.
  const failed = [...settled]
  settled.clear()
  const again = await dueStreams(engine, account)
  for (const stream of failed)
    if (again.includes(stream)) await drain(stream)
    else settled.add(stream)
  // A scan and a sweep can find conversations whose messages and contacts are to be read.
  const found: SyncStream[] = [
    'live',
    'messages',
    ...(due.has('sweep') && wanted.includes('sweep') ? (['contacts'] as const) : []),
  ]
  for (const stream of found) if ((await dueStreams(engine, account)).includes(stream)) await drain(stream)
}
