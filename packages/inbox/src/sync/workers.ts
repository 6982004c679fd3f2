import { sleep, systemClock } from '@parley/core'
import { sql } from 'kysely'
import type { Pool } from 'pg'
import { databaseError } from '../store/database.ts'
import { type Account, leaseEnd, renewalMs } from './pass.ts'
import { dueStreams, type Engine, runStream } from './run.ts'
import type { SyncStream } from './sync.ts'

const queue = 'parley-sync'

interface Work {
  account: string
  stream: SyncStream
}

/** How often is looked for streams that are due, in milliseconds. */
const tickMs = 500

/**
 * Works until the signal is aborted. Every process looks for streams that are due and puts them into the queue, where each
 * waits at most once; any process takes it out. A process that dies loses its jobs after ten seconds without a sign of
 * life.
 */
export async function work(
  engine: Engine,
  pool: Pool,
  accounts: readonly Account[],
  signal: AbortSignal | undefined,
): Promise<void> {
  if (signal?.aborted) return
  const { PgBoss } = await import('pg-boss')
  const boss = new PgBoss({
    db: { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) },
    schema: 'parley_jobs',
    // Jobs of a dead worker are found only when both of these times have passed.
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    // Otherwise jobs that are done are deleted once a day.
    maintenanceIntervalSeconds: 60,
    persistWarnings: false,
    // Its spans would have the driver's error messages, which can quote a value, and the name of the database.
    openTelemetry: { enabled: false },
  })
  // The queue needs the driver's own errors, and may pass them on. They can quote a value.
  const report = (error: unknown) => engine.onError(databaseError(error))
  const fail = (error: unknown): never => {
    throw databaseError(error)
  }
  boss.on('error', report)
  // Two processes that start at the same time both create its tables, and one of them fails.
  await boss.start({ attempts: 5 }).catch(fail)
  const stop = new AbortController()
  const end = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
  const running = new Set<Promise<unknown>>()
  try {
    // `stately`: one job of a key waits while another one works. `exclusive` would lose what comes in the meantime.
    await boss
      .createQueue(queue, {
        policy: 'stately',
        retryLimit: 0,
        heartbeatSeconds: 10,
        expireInSeconds: 3_600,
        deleteAfterSeconds: 60,
      })
      .catch(fail)
    const localConcurrency = Math.min(32, accounts.length * 6)
    await boss.work<Work>(queue, { localConcurrency, pollingIntervalSeconds: 0.5 }, async ([job]) => {
      const account = accounts.find(({ name }) => name === job?.data.account)
      if (!job || !account || end.aborted) return
      const done = runStream(engine, account, job.data.stream, { signal: end }).catch((error: unknown) => {
        if (!end.aborted) engine.onError(error)
      })
      running.add(done)
      await done
      running.delete(done)
    })
    let signedAt = Number.NEGATIVE_INFINITY
    while (!end.aborted) {
      if (performance.now() - signedAt >= renewalMs)
        try {
          await signLife(engine)
          signedAt = performance.now()
        } catch (error) {
          engine.onError(error)
        }
      for (const account of accounts)
        try {
          for (const stream of await dueStreams(engine, account, { free: true })) {
            const work: Work = { account: account.name, stream }
            await boss.send(queue, work, {
              singletonKey: `${account.name} ${stream}`,
              priority: stream === 'live' ? 1 : 0,
            })
          }
        } catch (error) {
          // The database is away, perhaps. It is looked for again.
          report(error)
          break
        }
      // Real time: also a sync with a clock of its own must let other work go on.
      await sleep(systemClock, tickMs, end).catch(() => {})
    }
  } finally {
    stop.abort(new Error('The sync ends.'))
    await Promise.allSettled(running)
    await engine.db
      .deleteFrom('parley.workers')
      .where('id', '=', engine.holder)
      .execute()
      .catch(() => {})
    await boss.stop({ graceful: false }).catch(() => {})
  }
}

/** Shows the others that this process works, and forgets those that died. */
async function signLife({ db, holder }: Engine): Promise<void> {
  await sql`
    with dead as (delete from parley.workers where id <> ${holder}::uuid and held_until < clock_timestamp())
    insert into parley.workers (id, held_until) values (${holder}::uuid, ${leaseEnd})
    on conflict (id) do update set held_until = excluded.held_until`.execute(db)
}
