import { sleep, systemClock } from '@parley/core'
import { createStore, createSync } from '@parley/inbox'
import type { PostgresServer } from '@parley/testkit/postgres'
import type { Pool } from 'pg'
import { poolOf } from '../../packages/inbox/src/store/database.ts'
import { compare, heldBy, type Problem } from '../sync/simulation/compare.ts'
import { type Happenings, happeningsAt } from '../sync/simulation/happenings.ts'
import { type Random, randomOf } from '../sync/simulation/random.ts'
import type { VendorAccount } from '../sync/simulation/vendors.ts'
import { clock, serveVendors } from './vendors.ts'
import { beginWatch, endLeases, type Held, heldStreams, isTakenOver, whatWasSeen } from './watch.ts'
import { createDeliveries, createWorkers, type Deliveries, type Worker, type Workers } from './workers.ts'

/** What became of a run. */
export interface Outcome {
  readonly seed: number
  readonly problems: readonly Problem[]
  /** Records that were compared. */
  readonly records: number
  /** How often what happened. */
  readonly counts: Readonly<Record<string, number>>
}

export interface RunOptions {
  readonly server: PostgresServer
  /** The bundled program of a worker. */
  readonly program: string
  readonly seed: number
  /** Tells the database that the lease of a suspended worker is over, instead of waiting for that. */
  readonly isHurried?: boolean
}

/** What the parts of a run share. */
interface Run {
  readonly pool: Pool
  readonly random: Random
  readonly workers: Workers
  readonly accounts: readonly VendorAccount[]
  readonly happenings: readonly Happenings[]
  readonly webhooks: Deliveries
  readonly isHurried: boolean
  count(what: string): void
}

/** The name of what is counted when the fencing token keeps a worker from writing. */
export const refusal = 'refused write of a superseded worker'

const second = 1_000
const pause = (milliseconds: number): Promise<void> => sleep(systemClock, milliseconds)

/**
 * One run: two workers, each a process of its own, sync accounts at emulated vendors over a real PostgreSQL, while messages are
 * said, conversations come and go, and webhooks arrive at either worker. Workers are killed and started again, and suspended
 * until others have taken over. Then the vendors go quiet, and what they hold is compared with what the store holds.
 */
export async function runWorkers({ server, program, seed, isHurried = false }: RunOptions): Promise<Outcome> {
  const random = randomOf(seed)
  const counts: Record<string, number> = {}
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1
  }
  const url = await server.createDatabase()
  await using store = await createStore({ url })
  const pool = poolOf(store)
  await beginWatch(pool)
  const { accounts, opened, stop } = await serveVendors(random.fork('vendors'), seed)
  const choices = random.fork('webhooks')
  const webhooks = createDeliveries(() => {
    const alive = workers.alive()
    return alive.length > 0 ? choices.pick(alive) : undefined
  })
  const workers = createWorkers(program, { url, accounts: opened }, webhooks.acknowledge)
  try {
    const happenings = await Promise.all(
      accounts.map((account) =>
        happeningsAt(clock, account, {
          random: random.fork(account.name),
          count,
          announce(event) {
            // This vendor has no webhooks.
            if (account.vendor !== 'liveChatAI' && !choices.chance(0.2)) webhooks.send(event)
          },
        }),
      ),
    )
    const run: Run = { pool, random, workers, accounts, happenings, webhooks, isHurried, count }
    for (let left = 2; left > 0; left -= 1) workers.start()
    await holding(run, workers.all[0] as Worker)
    await live(run)
    const { problems, records } = await untilEqual(
      run,
      createSync({ store, accounts: accounts.map(({ quiet }) => quiet) }),
    )
    const ends = await endAll(workers)
    const seen = await whatWasSeen(pool)
    if (seen.refused > 0) counts[refusal] = seen.refused
    return { seed, records, problems: [...problems, ...ends, ...seen.problems], counts }
  } finally {
    webhooks.stop()
    for (const { child } of workers.all) child.kill('SIGKILL')
    await Promise.all(workers.all.map(({ ended }) => ended))
    stop()
  }
}

/** Lets things happen at the vendors, while workers are killed and suspended. */
async function live(run: Run): Promise<void> {
  const { random, happenings } = run
  const breaks = Array.from({ length: random.between(1, 4) }, (_, index) =>
    index === 0 && random.chance(0.6) ? suspend : kill,
  )
  let isOver = false
  const choices = random.fork('happen')
  const happening = (async () => {
    while (!isOver) {
      await pause(choices.between(0, 800))
      await choices.pick(happenings).next()
    }
  })()
  for (const next of breaks.sort(() => random() - 0.5)) {
    await pause(random.between(0, 1_500))
    await next(run)
  }
  isOver = true
  await happening
}

/** Kills a worker at any moment, or while it has a lease. Another one is started. */
async function kill(run: Run): Promise<void> {
  const { workers, random, count } = run
  const worker = random.pick(workers.alive().filter(({ isSuspended }) => !isSuspended))
  if (random.chance(0.7)) await holding(run, worker)
  worker.child.kill('SIGKILL')
  await worker.ended
  count('kill')
  await pause(random.pick([0, 500, 2_000]))
  workers.start()
}

/** Stops a worker that has a lease, and continues it when another one has taken over. */
async function suspend(run: Run): Promise<void> {
  const { pool, random, workers, isHurried, count } = run
  const worker = random.pick(workers.alive())
  const { child, name } = worker
  let streams: Held[] = []
  while (streams.length === 0) {
    child.kill('SIGCONT')
    if (!(await holding(run, worker))) return
    child.kill('SIGSTOP')
    // What it has already sent is done.
    await pause(50)
    // The other ones need not be due again.
    streams = (await heldStreams(pool, name)).filter(({ stream }) => stream !== 'live' && stream !== 'messages')
  }
  worker.isSuspended = true
  worker.wasSuspended = true
  count('suspension')
  if (isHurried) await endLeases(pool, streams)
  else {
    await pause(random.between(5, 15) * second)
    if (random.chance(0.3)) await kill(run)
    await pause(random.between(5, 15) * second)
  }
  if (await isTrue(() => isTakenOver(pool, name, streams))) count('taken over')
  worker.isSuspended = false
  child.kill('SIGCONT')
}

const mostWaits = 30 * second

async function isTrue(check: () => Promise<boolean> | boolean): Promise<boolean> {
  for (const end = clock.now + mostWaits; clock.now < end; await pause(25)) if (await check()) return true
  return false
}

/** Waits until a worker has a lease. @returns whether it has one. */
const holding = async ({ pool }: Run, worker: Worker): Promise<boolean> =>
  (await isTrue(async () => worker.isDead || (await heldStreams(pool, worker.name)).length > 0)) && !worker.isDead

/** Waits until the store holds what the vendors hold. */
async function untilEqual(
  { pool, accounts, happenings, webhooks, workers }: Run,
  sync: ReturnType<typeof createSync>,
): Promise<{ problems: Problem[]; records: number }> {
  const database = {
    rows: async <Row>(text: string, values?: readonly unknown[]) =>
      (await pool.query(text, [...(values ?? [])])).rows as Row[],
  }
  const end = clock.now + 300 * second
  for (;;) {
    // As the person does who sees them.
    for (const { account, missing } of (await sync.status()).accounts)
      if (missing > 0) await sync.acceptDeletions(account)
    const expected = await Promise.all(
      accounts.map(async (account, index) => ({
        account,
        held: await heldBy(account, account.quiet, database),
        unreadable: new Map(),
        deleted: happenings[index]?.deleted ?? new Set<string>(),
      })),
    )
    const { problems, records } = await compare(database, expected)
    const stored = new Set((await database.rows<{ key: string }>('select key from parley.hints')).map(({ key }) => key))
    for (const key of webhooks.acknowledged)
      if (!stored.has(key)) problems.push({ kind: 'lost', what: `the hint ${key}` })
    if (!webhooks.isDone()) problems.push({ kind: 'stuck', what: 'a webhook is not acknowledged' })
    if (problems.length === 0) return { problems, records }
    if (clock.now > end || workers.alive().length === 0)
      return { problems: [...problems, await statesOf(sync)], records }
    await pause(second)
  }
}

/** What the sync says of itself when it does not reach its end. */
async function statesOf(sync: ReturnType<typeof createSync>): Promise<Problem> {
  const { accounts } = await sync.status()
  const states = accounts.map(({ account, state, error, missing, quarantined, streams }) => ({
    ...{ account, state, error, missing, quarantined },
    streams: streams.map(({ stream, state, lag, left, nextAt, error }) => ({
      stream,
      state,
      lag,
      left,
      nextAt,
      error,
    })),
  }))
  return { kind: 'stuck', what: JSON.stringify(states) }
}

/** Ends the workers as an operator does, and looks at what they said. */
async function endAll({ all, alive }: Workers): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const { child } of alive()) child.kill('SIGTERM')
  await Promise.race([Promise.all(alive().map(({ ended }) => ended)), pause(60 * second)])
  for (const { name, printed } of alive())
    problems.push({ kind: 'stuck', what: [`${name} does not end`, ...printed.slice(-10)].join('\n') })
  // A worker that was suspended finds its connections timed out.
  for (const { name, printed, wasSuspended } of all)
    if (printed.length > 0 && !wasSuspended)
      problems.push({ kind: 'error', what: `${name}: ${printed.slice(0, 20).join('\n')}` })
  return problems
}
