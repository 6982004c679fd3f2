import { sleep, systemClock } from '@parley/core'
import { sql } from 'kysely'
import type { Pool } from 'pg'
import { closedError, databaseError } from '../store/database.ts'
import { type Account, leaseEnd, renewalMs } from './pass.ts'
import { dueStreams, type Engine, runStream } from './run.ts'
import type { SyncStream } from './sync.ts'

const queue = 'parley-sync'

interface Work {
  account: string
  stream: SyncStream
}

/** How often is looked for streams that are due, and for jobs, in milliseconds. */
const tickMs = 500

/** How many passes a process makes at the same time, beside those that wait for their vendor. */
const mostPasses = 32

/** How long the same error is not told again, in milliseconds. */
const sameErrorMs = 60_000

/**
 * Works until the signal is aborted. Every process looks for streams that are due and puts them into the queue, where each
 * waits at most once; any process that has room takes it out. From then on the lease of the stream shows that it is worked on.
 */
export async function work(
  engine: Engine,
  pool: Pool,
  accounts: readonly Account[],
  signal: AbortSignal | undefined,
): Promise<void> {
  if (signal?.aborted) return
  if (pool.ending) throw closedError()
  const { PgBoss } = await import('pg-boss')
  const boss = new PgBoss({
    db: { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) },
    schema: 'parley_jobs',
    // Otherwise jobs that are done are deleted once a day.
    maintenanceIntervalSeconds: 60,
    persistWarnings: false,
    // Its spans would have the driver's error messages, which can quote a value, and the name of the database.
    openTelemetry: { enabled: false },
  })
  const toldAt = new Map<string, number>()
  /** A database that is away fails many statements a second, which nobody wants to be told of each. */
  const tell = (error: unknown): void => {
    const of = error instanceof Error ? error.message : ''
    const now = performance.now()
    if (now - (toldAt.get(of) ?? Number.NEGATIVE_INFINITY) < sameErrorMs) return
    toldAt.set(of, now)
    engine.onError(error)
  }
  // The queue needs the driver's own errors, and may pass them on. They can quote a value.
  const report = (error: unknown) => tell(databaseError(error))
  const fail = (error: unknown): never => {
    throw databaseError(error)
  }
  boss.on('error', report)
  const stop = new AbortController()
  const end = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
  const passes = passesOf(engine, end, tell)
  try {
    // Two processes that start at the same time both create its tables, and one of them fails.
    for (let left = 4; ; left -= 1)
      try {
        await boss.start()
        break
      } catch (error) {
        if (pool.ending) throw closedError()
        if (left === 0) fail(error)
        await sleep(systemClock, tickMs)
      }
    // `short`: of each key, one job waits. A job whose process died before it was done holds up none.
    await boss.createQueue(queue, { policy: 'short', retryLimit: 0, deleteAfterSeconds: 60 }).catch(fail)
    const take = async (): Promise<void> => {
      const batchSize = passes.room()
      if (batchSize <= 0) return
      const jobs = await boss.fetch<Work>(queue, { batchSize })
      if (jobs.length > 0)
        await boss.complete(
          queue,
          jobs.map(({ id }) => id),
        )
      for (const { data } of jobs) {
        const account = accounts.find(({ name }) => name === data.account)
        if (account) passes.begin(account, data.stream)
      }
    }
    let signedAt = Number.NEGATIVE_INFINITY
    while (!end.aborted) {
      if (performance.now() - signedAt >= renewalMs)
        try {
          await signLife(engine)
          signedAt = performance.now()
        } catch (error) {
          tell(error)
        }
      try {
        for (const account of accounts)
          for (const stream of await dueStreams(engine, account, { free: true })) {
            const work: Work = { account: account.name, stream }
            await boss.send(queue, work, {
              singletonKey: `${account.name} ${stream}`,
              priority: stream === 'live' ? 1 : 0,
            })
          }
        await take()
      } catch (error) {
        if (pool.ending) throw closedError()
        // The database is away, perhaps. It is looked for again.
        report(error)
      }
      // Real time: also a sync with a clock of its own must let other work go on.
      await sleep(systemClock, tickMs, end).catch(() => {})
    }
  } finally {
    stop.abort(new Error('The sync ends.'))
    await passes.ended()
    await engine.db
      .deleteFrom('parley.workers')
      .where('id', '=', engine.holder)
      .execute()
      .catch(() => {})
    await boss.stop({ graceful: false }).catch(() => {})
  }
}

/** The passes that a process makes at the same time. */
function passesOf(engine: Engine, signal: AbortSignal, tell: (error: unknown) => void) {
  const running = new Set<Promise<void>>()
  /** Those that do not wait for their vendor. */
  const working = new Set<Promise<void>>()
  return {
    room: () => mostPasses - working.size,
    begin(account: Account, stream: SyncStream): void {
      const done = runStream(engine, account, stream, {
        signal,
        // It gives its place to others: many vendors that do not answer must hold up no other.
        onLongAnswer: () => working.delete(done),
      })
        .then(() => {})
        .catch((error: unknown) => {
          if (!signal.aborted) tell(error)
        })
        .finally(() => {
          working.delete(done)
          running.delete(done)
        })
      working.add(done)
      running.add(done)
    },
    ended: () => Promise.allSettled(running),
  }
}

/** Shows the others that this process works, and forgets those that died. */
async function signLife({ db, holder }: Engine): Promise<void> {
  await sql`
    with dead as (delete from parley.workers where id <> ${holder}::uuid and held_until < clock_timestamp())
    insert into parley.workers (id, held_until) values (${holder}::uuid, ${leaseEnd})
    on conflict (id) do update set held_until = excluded.held_until`.execute(db)
}
