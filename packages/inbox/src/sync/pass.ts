import {
  type Adapter,
  type Clock,
  type Conversation,
  type JsonValue,
  type OperationOptions,
  type Priority,
  parseRef,
  requireOperation,
  sleep,
  supports,
  systemClock,
  TimeoutError,
  type Warning,
  within,
} from '@parley/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { checkedRecord } from '../store/checked.ts'
import {
  type Batch,
  type Comparison,
  compareRows,
  type RecordOf,
  type Row,
  rowsOf,
  type Written,
  write,
} from '../store/records.ts'
import type { RecordKind, Schema } from '../store/schema.ts'
import { inTransaction, isRefusedValue } from '../store/transaction.ts'
import { withUnsaid } from './by-itself.ts'
import { type BadRecord, keepAside, payloadOf } from './quarantine.ts'
import type { SyncError, SyncStream } from './sync.ts'

type Db = Kysely<Schema>

/** An account of the sync: its adapter, and its number in the store. */
export interface Account {
  readonly no: number
  /** `vendor:account` */
  readonly name: string
  readonly adapter: Adapter
}

/** Whether the contacts of an account are those of its conversations, because the vendor has no list of them. */
export const findsContacts = ({ adapter }: Account): boolean =>
  !supports(adapter, 'contacts.list') && supports(adapter, 'contacts.get')

/** Another worker has the stream now. The pass must not write any more, and ends. */
export class Superseded extends Error {}

/** Counts within a transaction. It counts only if the transaction succeeds. */
type Count = (name: keyof Counts, number: number) => void

export type Counts = Record<'added' | 'updated' | 'unchanged' | 'deleted' | 'quarantined', number>

function add(to: Counts, counts: Counts): void {
  for (const name of Object.keys(counts) as (keyof Counts)[]) to[name] += counts[name]
}

const noCounts = (): Counts => ({ added: 0, updated: 0, unchanged: 0, deleted: 0, quarantined: 0 })

/** How long a lease lasts without being renewed: how long others wait when a worker dies. */
const leaseSeconds = 15
/** How often a lease is renewed. */
export const renewalMs = 4_000

/** When a lease ends that is renewed now. */
export const leaseEnd: RawBuilder<string> = sql`clock_timestamp() + ${leaseSeconds} * interval '1 second'`

/** Whether a worker has a stream, or is alive itself. A lease that ends far in the future was made before the clock of the database was set back. */
export const isHeld = (held: string): RawBuilder<unknown> =>
  sql`coalesce(${sql.ref(`${held}.held_until`)} between clock_timestamp()
    and clock_timestamp() + ${2 * leaseSeconds} * interval '1 second', false)`

/** How long an adapter may take over one answer, with its own waits and retries, in milliseconds. */
const longestWait = 600_000

/** An answer that takes longer, in milliseconds, is waited for beside other work. */
const longAnswer = 2_000

/**
 * One run over one stream of an account, under a lease. The lease has a fencing token: a worker that was suspended while
 * another took over holds an old one, and writes nothing with it.
 */
export interface Pass {
  readonly db: Db
  readonly account: Account
  readonly stream: SyncStream
  readonly clock: Clock
  /** Aborted when the caller stops the sync, and when the lease is lost. */
  readonly signal: AbortSignal
  readonly counts: Counts
  /** Whether the pass has used up its time and should end at the next good place. */
  readonly isOver: () => boolean
  /** Whether the vendor was asked for anything. */
  readonly hasAsked: () => boolean
  /** The options of a list that is asked for. */
  options(priority: Priority): OperationOptions
  /** Reads one record by itself. What is no record is kept aside, and a ResponseError is thrown. */
  read<Kind extends RecordKind>(kind: Kind, ref: string, priority: Priority): Promise<RecordOf[Kind]>
  /** Waits for an adapter until the sync ends, and at most `longestWait`, whatever the adapter does. */
  waitFor<T>(answer: Promise<T>): Promise<T>
  /**
   * Writes the records that changed, and what `also` returns for them, all or nothing. If no record changed and `also` returns
   * nothing, the database is not written to.
   */
  store<Kind extends RecordKind>(
    batch: Omit<Batch<Kind>, 'account' | 'keepPayloads'>,
    also?: (hasChanges: boolean) => Also | undefined,
  ): Promise<Written>
  /** A transaction that is undone if another worker has the stream. */
  fenced<T>(work: (tx: Db, count: Count) => Promise<T>): Promise<T>
  /** Keeps aside what an adapter could not read. */
  quarantine(warnings: readonly Warning[], conversation?: string): Promise<void>
  /** What the status shows of the progress: how much this pass has read, and of how much where that is known. */
  report(done: number, total?: number | null): void
}

/** What is written together with the records of a page. */
export type Also = (tx: Db, written: Written) => Promise<void>

export interface PassOptions {
  db: Db
  account: Account
  stream: SyncStream
  clock: Clock
  /** Identifies the worker. */
  holder: string
  signal: AbortSignal | undefined
  /** How long the pass may go on, in milliseconds. */
  budget: number
  /** Called each time that an answer takes longer than `longAnswer`. */
  onLongAnswer: () => void
  payloads: boolean
}

/** What became of a pass. */
export interface Ending {
  state: 'idle' | 'waiting' | 'stopped' | 'unsupported'
  /** When the stream is due again, by the clock of the sync. `null`: at once, or never if it is stopped. */
  nextAt: string | null
  /** When the pass began, by the clock of the sync, if it has reached the end of the stream. */
  caughtUpAt?: string
  error: SyncError | null
}

/** @returns the pass, or `undefined` if another worker has the stream. */
export async function beginPass(
  options: PassOptions,
): Promise<{ pass: Pass; end(conclude?: (tx: Db) => Promise<Ending>): Promise<void> } | undefined> {
  const { db, account, stream, clock, holder, signal, budget, onLongAnswer, payloads } = options
  const { rows } = await sql<{ fence: string }>`
    insert into parley.streams as held (account, stream, fence, holder, held_until, state, started_at, moved_at)
    values (${account.no}, ${stream}, 1, ${holder}, ${leaseEnd}, 'running',
      clock_timestamp(), clock_timestamp())
    on conflict (account, stream) do update set fence = held.fence + 1, holder = excluded.holder,
      held_until = excluded.held_until, state = 'running', started_at = excluded.started_at, moved_at = excluded.moved_at
    where not ${isHeld('held')}
    returning fence`.execute(db)
  const fence = rows[0]?.fence
  if (fence === undefined) return undefined

  const lost = new AbortController()
  const ended = new AbortController()
  const counts = noCounts()
  /** What was counted without a transaction. */
  let waiting = noCounts()
  let progress: JsonValue | undefined
  let hasMoved = false
  let hasAsked = false
  const began = clock.now()
  const startedAt = performance.now()
  const mine = sql`account = ${account.no} and stream = ${stream} and fence = ${fence}`

  /** Adds to what the status shows, if the pass still has the stream. */
  async function settle(tx: Db, now: Counts): Promise<void> {
    const done = await sql`
      update parley.streams set added = added + ${now.added}, updated = updated + ${now.updated},
        unchanged = unchanged + ${now.unchanged}, deleted = deleted + ${now.deleted},
        quarantined = quarantined + ${now.quarantined}, moved_at = clock_timestamp(),
        progress = coalesce(${progress === undefined ? null : JSON.stringify(progress)}::jsonb, progress)
      where ${mine}`.execute(tx)
    if (done.numAffectedRows !== 1n) throw lose()
  }
  function lose(): Superseded {
    const error = new Superseded(`Another worker has taken over ${stream} of ${account.name}.`)
    lost.abort(error)
    return error
  }
  const keepLease = async (): Promise<void> => {
    for (;;) {
      // Leases go by real time, also in a test with a clock of its own.
      await sleep(systemClock, renewalMs, ended.signal)
      const moved = hasMoved ? sql`, moved_at = clock_timestamp()` : sql``
      hasMoved = false
      const done = await sql`
        update parley.streams set held_until = ${leaseEnd} ${moved}
        where ${mine}`.execute(db)
      if (done.numAffectedRows !== 1n) throw lose()
    }
  }
  // A renewal that fails because the database is away is not the end: the next transaction decides.
  const kept = (async () => {
    while (!ended.signal.aborted && !lost.signal.aborted) await keepLease().catch(() => {})
  })()

  const setAside = async (bad: readonly BadRecord[]): Promise<void> => {
    if (bad.length === 0) return
    await pass.fenced(async (tx, count) => {
      for (const record of bad) if (await keepAside(tx, pass, record)) count('quarantined', 1)
    })
  }

  const pass: Pass = {
    db,
    account,
    stream,
    clock,
    signal: signal ? AbortSignal.any([signal, lost.signal]) : lost.signal,
    counts,
    isOver: () => clock.now() - began > budget,
    hasAsked: () => hasAsked,
    options(priority) {
      hasAsked = true
      return { priority, raw: true, signal: pass.signal }
    },
    async read(kind, ref, priority) {
      pass.signal.throwIfAborted()
      const get = requireOperation(account.adapter, getters[kind]) as (id: string, options: object) => Promise<unknown>
      const item = await pass.waitFor(get(parseRef(ref).id, pass.options(priority)))
      try {
        return checkedRecord(item, kind, account.adapter)
      } catch (error) {
        await setAside([{ reason: (error as Error).message, payload: payloadOf(item) }])
        throw error
      }
    },
    async waitFor(answer) {
      // By real time, as leases.
      const cancel = systemClock.after(longAnswer, onLongAnswer)
      const late = () => {
        const message = `${account.name}: the adapter has not answered for ${longestWait / 60_000} minutes.`
        return new TimeoutError({ message, vendor: account.adapter.vendor, account: account.adapter.account })
      }
      try {
        return await within(answer, { clock: systemClock, milliseconds: longestWait, signal: pass.signal, late })
      } finally {
        cancel()
      }
    },
    async fenced(work) {
      pass.signal.throwIfAborted()
      // Other transactions of the pass go on at the same time.
      const carried = waiting
      waiting = noCounts()
      let mine = carried
      try {
        const result = await inTransaction(db, async (tx) => {
          mine = { ...carried }
          const done = await work(tx, (name, number) => {
            mine[name] += number
          })
          await settle(tx, mine)
          return done
        })
        add(counts, mine)
        hasMoved = true
        return result
      } catch (error) {
        // Nothing of it is stored, so nothing of it counts.
        add(waiting, carried)
        throw error
      }
    },
    async store(given, choose) {
      const items =
        given.kind === 'conversation' ? await withUnsaid(db, given.items as readonly Conversation[]) : given.items
      const batch = { ...given, items, account: account.no, keepPayloads: payloads }
      const { rows, bad } = rowsOf(batch as Batch)
      await setAside(
        bad.map(({ item, reason }, index) => ({ reason, path: `bad[${index}]`, payload: payloadOf(item) })),
      )
      const comparison = await compareRows(db, batch as Batch, rows)
      const also = choose?.(comparison.rows.length > 0)
      if (comparison.rows.length === 0 && !also) {
        waiting.unchanged += comparison.unchanged
        hasMoved = true
        return { added: [], updated: [], unchanged: comparison.unchanged, skipped: 0 }
      }
      const writeAll = (): Promise<Written> =>
        pass.fenced(async (tx, count) => {
          const written = await writeCounted(tx, account, comparison, count)
          await also?.(tx, written)
          return written
        })
      try {
        return await writeAll()
      } catch (error) {
        if (!isRefusedValue(error) || comparison.rows.length === 0) throw error
        return writeEach(pass, comparison, also)
      }
    },
    async quarantine(warnings, conversation) {
      const bad = warnings.filter(({ code }) => code === 'bad-item')
      await setAside(
        bad.map(({ message, path, raw }) => ({ conversation, path, reason: message, payload: payloadOf(raw) })),
      )
    },
    report(done, total = null) {
      const seconds = (performance.now() - startedAt) / 1000
      progress = { done, total, perSecond: seconds > 0 ? done / seconds : null }
    },
  }
  return {
    pass,
    async end(conclude = async () => ({ state: 'idle', nextAt: null, error: null })) {
      ended.abort()
      await kept
      if (lost.signal.aborted) return
      await inTransaction(db, async (tx) => {
        await settle(tx, waiting)
        const { state, nextAt, caughtUpAt = null, error } = await conclude(tx)
        await sql`
          update parley.streams set state = ${state}, holder = null, held_until = null,
            finished_at = clock_timestamp(), next_at = ${nextAt}::timestamptz,
            caught_up_at = coalesce(${caughtUpAt}::timestamptz, caught_up_at),
            error = ${error && JSON.stringify(error)}::jsonb
          where ${mine}`.execute(tx)
      })
      add(counts, waiting)
      waiting = noCounts()
    },
  }
}

async function writeCounted(tx: Db, account: Account, comparison: Comparison, count: Count): Promise<Written> {
  const written = await write(tx, comparison)
  // Has their contacts looked for. A pass over the contacts that ends at the same time waits for this, or sees them.
  if (comparison.batch.kind === 'conversation' && written.added.length > 0 && findsContacts(account))
    await sql`
      update parley.streams set next_at = null
      where account = ${account.no} and stream = 'contacts' and state in ('idle', 'running')`.execute(tx)
  count('added', written.added.length)
  count('updated', written.updated.length)
  count('unchanged', written.unchanged + written.skipped)
  return written
}

/** Writes each record by itself and keeps aside those that the database refuses, so that the others are not lost. */
async function writeEach(pass: Pass, comparison: Comparison, also: Also | undefined): Promise<Written> {
  const written: Written = { added: [], updated: [], unchanged: comparison.unchanged, skipped: 0 }
  const refused: { row: Row; reason: string }[] = []
  for (const row of comparison.rows)
    try {
      const one = await pass.fenced((tx, count) =>
        writeCounted(tx, pass.account, { ...comparison, rows: [row], unchanged: 0 }, count),
      )
      written.added.push(...one.added)
      written.updated.push(...one.updated)
      written.skipped += one.skipped
    } catch (error) {
      if (!isRefusedValue(error)) throw error
      refused.push({ row, reason: `The database refuses the record: ${(error as Error).message}` })
    }
  await pass.fenced(async (tx, count) => {
    for (const { row, reason } of refused) {
      const conversation = row.columns['conversation'] as string | undefined
      const isNew = await keepAside(tx, pass, { conversation, reason, payload: JSON.parse(row.body) })
      if (isNew) count('quarantined', 1)
    }
    await also?.(tx, written)
  })
  return written
}

/** The operation that reads one record of a kind. */
export const getters = {
  agent: 'agents.get',
  contact: 'contacts.get',
  conversation: 'conversations.get',
  message: 'messages.get',
} as const

/** The place of a stream, or of a part of it. */
export async function checkpoint<Position extends object | string>(
  pass: Pass,
  part = '',
): Promise<Position | undefined> {
  const row = await pass.db
    .selectFrom('parley.checkpoints')
    .select('position')
    .where('account', '=', pass.account.no)
    .where('stream', '=', pass.stream)
    .where('part', '=', part)
    .executeTakeFirst()
  return row?.position as Position | undefined
}

/** Sets the place. Call it in the transaction that writes the records up to it. */
export async function setCheckpoint(tx: Db, pass: Pass, part: string, position: object | string): Promise<void> {
  await sql`
    insert into parley.checkpoints (account, stream, part, position)
    values (${pass.account.no}, ${pass.stream}, ${part}, ${JSON.stringify(position)}::jsonb)
    on conflict (account, stream, part) do update set position = excluded.position
    where checkpoints.position is distinct from excluded.position`.execute(tx)
}

/** Clocks of machines that work together differ a little, in milliseconds. What is further in the future is wrong. */
export const slack = 60_000

/** An instant of the clock of the sync, as it is stored. */
export const instantOf = (milliseconds: number): string => new Date(milliseconds).toISOString()
