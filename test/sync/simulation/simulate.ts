import type { Event } from '@parley/core'
import { defaultNow } from '@parley/sandbox'
import { createSync } from '../../../packages/inbox/src/sync/create-sync.ts'
import type { Sync } from '../../../packages/inbox/src/sync/sync.ts'
import { compare, type Expectation, type Held, heldBy, missingFrom, type Problem, violations } from './compare.ts'
import { beginDatabase, type Database, type Session } from './database.ts'
import { deliveriesTo, type Receiver } from './deliveries.ts'
import { seedGlobals } from './globals.ts'
import { type Happenings, happeningsAt } from './happenings.ts'
import { createMachine, type Fate, type Machine } from './machine.ts'
import { connect, lossyFaults, type RequestFault, requestFaults, spoilingFaults } from './network.ts'
import { type Random, randomOf } from './random.ts'
import { type Narrowed, openAccount, type VendorAccount, vendorNames } from './vendors.ts'

/** What became of a run. */
export interface Outcome {
  readonly seed: number
  readonly problems: readonly Problem[]
  /** Records that were compared. */
  readonly records: number
  readonly steps: number
  /** How often what happened. */
  readonly counts: Readonly<Record<string, number>>
}

export interface RunOptions {
  /** What is not drawn from the seed, so that fewer seeds are needed for something rare. */
  narrow?: Narrowed
  /** Takes a line for each step. */
  trace?: (line: string) => void
}

const minute = 60_000
const hour = 60 * minute

/**
 * One run: a few accounts at emulated vendors, and processes that sync them and are killed, stopped and started again, while
 * requests, queries and webhooks fail and the vendors' data change. Then the faults end, the sync works until it has nothing
 * to do, and what the vendors hold is compared with what the store holds.
 */
export async function simulate(session: Session, seed: number, { trace, narrow }: RunOptions = {}): Promise<Outcome> {
  const random = randomOf(seed)
  seedGlobals(random.fork('globals'))
  const counts: Record<string, number> = {}
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1
  }
  const machine = createMachine(random.fork('order'), defaultNow, trace)
  const database = await beginDatabase(session, machine)
  const accounts = accountsOf(machine, random.fork('accounts'), { seed, narrow })
  const run = await liveThrough({ machine, database, accounts, random, count })
  return { seed, ...run, steps: machine.steps, counts }
}

function accountsOf(
  machine: Machine,
  random: Random,
  { seed, narrow }: { seed: number; narrow: Narrowed | undefined },
): VendorAccount[] {
  const number = random.pick([1, 1, 2])
  const drawn = [...vendorNames].sort(() => random() - 0.5).slice(0, number)
  const vendors = narrow ? [narrow.vendor] : drawn
  const most = random.pick([3, 5, 5, 8, 20])
  return vendors.map((vendor, index) =>
    openAccount(machine, {
      random: random.fork(vendor),
      vendor,
      name: `account-${index}`,
      seed: seed * 10 + index,
      most: Math.ceil(most / number),
      narrow,
    }),
  )
}

interface World {
  machine: Machine
  database: Database
  accounts: readonly VendorAccount[]
  random: Random
  count: (what: string) => void
}

interface Worker extends Receiver {
  readonly sync: Sync
}

async function liveThrough({
  machine,
  database,
  accounts,
  random,
  count,
}: World): Promise<{ problems: Problem[]; records: number }> {
  const faults = drawFaults(random.fork('rates'))
  let workers: Worker[] = []
  const { send, acknowledged, unstored } = deliveriesTo(machine, () => workers, {
    random: random.fork('webhooks'),
    rates: faults.webhooks,
    count,
    isStored: async ({ dedupeKey }) =>
      (await database.rows('select from parley.hints where key = $1', [dedupeKey])).length > 0,
  })
  const eraser = machine.start('eraser')
  const cleaned = database.storeFor(eraser)
  /** People who were erased from the store. */
  const erased = new Set<string>()
  const erasures: Promise<unknown>[] = []
  const erase = (contact: string): void => {
    if (erased.size > 0 && !random.chance(0.2)) return
    erased.add(contact)
    const erasing = eraser.run(() => cleaned.erase(contact))
    erasing.catch(() => {})
    erasures.push(erasing)
  }
  const happenings = await Promise.all(
    accounts.map((account) =>
      happeningsAt(machine, account, {
        random: random.fork(`${account.name} happenings`),
        count,
        simulated: { account, after: machine.after, erase },
        // This vendor has no webhooks.
        announce: (event: Event) => account.vendor !== 'liveChatAI' && send(event),
      }),
    ),
  )

  const start = (name: string, fate: Fate, isQuiet: boolean): Worker => {
    const process = machine.start(name, fate)
    const store = database.storeFor(
      process,
      isQuiet
        ? undefined
        : {
            random: random.fork(`${name} database`),
            breaks: faults.databaseBreaks,
            onBreak: () => count('fault: database connection'),
          },
    )
    const adapters = accounts.map((account) =>
      account.adapter({
        clock: process.clock,
        fetch: connect(process, account, {
          random: random.fork(`${name} ${account.name}`),
          rates: isQuiet ? {} : faults.requests,
          count,
        }),
      }),
    )
    const sync = createSync({ store, accounts: adapters, clock: process.clock, onError: () => {} })
    return { process, sync, receive: (event) => sync.receive(event) }
  }

  const spoil = random.fork('unreadable')
  for (const [index, account] of accounts.entries())
    if (spoil.chance(0.1)) account.unreadable = spoil.pick(happenings[index]?.ids ?? [])
  const happen = random.fork('happen')
  let left = happen.between(0, 40)
  machine.between = async () => {
    if (left <= 0 || !happen.chance(faults.happenings)) return
    left -= 1
    if (faults.forgets && happen.chance(0.1))
      await forget(happen.pick(accounts), { machine, database, random: happen, count })
    await happen.pick(happenings).next()
  }
  const fates = random.fork('fates')
  const rounds = fates.between(1, 3)
  for (let round = 0; round < rounds; round += 1) {
    const isTwo = fates.chance(0.6)
    workers = Array.from({ length: isTwo ? 2 : 1 }, (_, index) =>
      start(`round ${round} process ${index}`, drawFate(fates, round === rounds - 1), false),
    )
    await machine.until(Promise.all(workers.map((worker) => work(worker, fates, count))))
    await machine.pass(fates.pick([1_000, 20_000, 60_000, 20 * 60_000, 2 * hour, 26 * hour]))
    for (const { process } of workers) process.kill()
  }

  // The vendors go quiet, and nothing fails any more.
  machine.between = undefined
  for (const { forgets } of accounts) if (forgets) forgets.until = machine.now
  workers = [start('last', {}, true)]
  const [{ process, sync }] = workers as [Worker]
  await machine.pass(hour)
  await machine.until(Promise.all(erasures))
  const problems: Problem[] = []
  const settle = async (full: boolean): Promise<boolean> => {
    for (const account of sync.accounts) await inProcess(() => sync.resume(account))
    const { accounts: states } = await inProcess(() => sync.runOnce({ full }))
    for (const { account, missing } of states)
      if (full && missing > 0) await inProcess(() => sync.acceptDeletions(account))
    return states.every(({ missing }) => missing === 0)
  }
  const inProcess = <T>(work: () => Promise<T>): Promise<T> => machine.until(process.run(work))
  // What is new is found without a sweep, unless the vendor withheld it.
  for (const account of sync.accounts) await inProcess(() => sync.resume(account))
  await inProcess(() => sync.runOnce({ streams: ['agents', 'conversations', 'live', 'messages', 'contacts'] }))
  if (!faults.isLossy) {
    for (const [index, account] of accounts.entries()) {
      // The vendor said that there was nothing, and only a sweep asks again.
      if (account.forgets) continue
      const { said } = happenings[index] as Happenings
      const held = await heldBy(account, account.quiet, database, erased)
      const missing = await missingFrom(database, held)
      for (const { ref, kind } of missing)
        if (isPromised(ref, { kind, account, held, said, acknowledged })) problems.push({ kind: 'late', what: ref })
    }
  }
  await machine.pass(10 * minute)
  let isSettled = false
  for (let left = 4; left > 0 && !isSettled; left -= 1) isSettled = await settle(true)
  const expected: Expectation[] = []
  for (const [index, account] of accounts.entries()) {
    const held = await heldBy(account, account.quiet, database, erased)
    const all = account.unreadable === undefined ? held : await heldBy(account, account.complete, database, erased)
    const unreadable: Held = new Map([...all].filter(([ref]) => !held.has(ref)))
    expected.push({ account, held, unreadable, deleted: happenings[index]?.deleted ?? new Set() })
  }
  // A hint about an erased person is not stored. Of a conversation that the vendor has deleted, only the store knows whose it was.
  for (const event of unstored) {
    const texts = Object.values(event).filter((value) => typeof value === 'string')
    const rows = await database.rows('select 1 where parley.is_erased($1::text[])', [texts])
    if (rows.length === 0) problems.push({ kind: 'lost', what: `the hint ${event.dedupeKey}` })
  }
  const compared = await compare(database, expected, erased)
  return { records: compared.records, problems: [...problems, ...(await violations(database)), ...compared.problems] }
}

/** In an account with so few records of a kind, all may be deleted at once without a person. */
const few = 5

/** The vendor answers for a while as if nothing existed, once the store has enough for the ceiling of deletions. */
async function forget(
  account: VendorAccount,
  { machine, database, random, count }: { machine: Machine; database: Database; random: Random; count: World['count'] },
): Promise<void> {
  if (account.forgets) return
  const numbers = await Promise.all(
    ['conversations', 'contacts'].map(async (kind) => {
      const rows = await database.rows(`select from parley.${kind} where ref like $1 and deleted_at is null`, [
        `${account.name}/%`,
      ])
      return rows.length
    }),
  )
  const [conversations = 0, contacts = 0] = numbers
  if (conversations < few || (contacts > 0 && contacts < few)) return
  count('fault: the vendor forgets')
  account.forgets = { from: machine.now, until: machine.now + random.between(10_000, 30 * minute) }
}

/** How late a vendor may show something, by default of `createSync`. */
const lag = 5 * minute

/**
 * Whether a record is found without a sweep: conversations, which are listed by their activity, and messages that were
 * announced, or whose conversation moved to the top.
 */
function isPromised(
  ref: string,
  {
    kind,
    account: { vendor },
    held,
    said,
    acknowledged,
  }: { kind: string; account: VendorAccount; held: Held; said: Happenings['said']; acknowledged: ReadonlySet<Event> },
): boolean {
  // This vendor lists conversations without messages last.
  if (kind === 'conversation')
    return vendor !== 'liveChatAI' || [...held.values()].some(({ conversation }) => conversation === ref)
  if (kind !== 'message') return false
  const own = said.get(ref)
  // The export of this vendor lacks some kinds of messages.
  if (own === undefined) return vendor !== 'leadConnector'
  if (acknowledged.has(own.event)) return own.dated >= own.at - lag
  // It moved its conversation to the top, except at these vendors: a message may leave the conversation where it is, and what is
  // written into the state of a thread always does.
  return vendor !== 'agentConversation' && vendor !== 'langGraph' && own.dated >= own.at && !own.isUnseen
}

/** Works until the process has done what it came for, or is killed. */
async function work({ process, sync }: Worker, random: Random, count: (what: string) => void): Promise<void> {
  const passes = random.between(1, 2)
  const life = (async () => {
    for (let pass = 0; pass < passes; pass += 1) {
      const full = random.chance(0.15)
      await process.run(() => sync.runOnce({ full })).catch(() => count('failed pass'))
      await new Promise<void>((resolve) => process.clock.after(random.pick([0, 5_000, 40_000, 200_000]), resolve))
    }
  })()
  const end = await Promise.race([life, process.death])
  if (end === 'killed') count('fault: kill')
}

function drawFate(random: Random, isLast: boolean): Fate {
  const kills = random.chance(isLast ? 0.3 : 0.7)
  const stops = random.chance(0.3)
  return {
    killAt: kills ? Math.ceil(random() ** 2 * 300) : undefined,
    killAfter: random.chance(0.5),
    stopAt: stops ? Math.ceil(random() ** 2 * 150) : undefined,
    stopFor: random.pick([5_000, 60_000, 20 * 60_000]),
  }
}

interface Faults {
  /** Whether an answer can lack something, or have it wrong. */
  isLossy: boolean
  /** Whether a vendor shows another, empty account for a while. */
  forgets: boolean
  requests: Partial<Record<RequestFault, number>>
  webhooks: { lost: number; duplicate: number; late: number }
  databaseBreaks: number
  /** The probability that something happens at a vendor before a step. */
  happenings: number
}

/** Some runs have many faults of a few kinds, and some none. */
function drawFaults(random: Random): Faults {
  const rate = (often: number) => (random.chance(0.65) ? 0 : random.pick([0.03, often, 2 * often]))
  const isLossy = random.chance(0.35)
  const lossy: readonly string[] = lossyFaults
  return {
    isLossy,
    forgets: random.chance(0.2),
    requests: {
      ...Object.fromEntries(requestFaults.map((fault) => [fault, rate(0.06)])),
      ...Object.fromEntries(spoilingFaults.map((fault) => [fault, lossy.includes(fault) && !isLossy ? 0 : rate(0.1)])),
    },
    webhooks: { lost: rate(0.5), duplicate: rate(0.5), late: rate(0.5) },
    databaseBreaks: random.pick([0, 0, 0.003, 0.015]),
    happenings: random.pick([0.01, 0.04, 0.1]),
  }
}
