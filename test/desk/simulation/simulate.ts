import { defaultNow } from '@parley/sandbox'
import { createDesk } from '../../../packages/inbox/src/desk/create-desk.ts'
import { createSync } from '../../../packages/inbox/src/sync/create-sync.ts'
import type { Sync } from '../../../packages/inbox/src/sync/sync.ts'
import type { Problem } from '../../sync/simulation/compare.ts'
import { violations } from '../../sync/simulation/compare.ts'
import { beginDatabase, type Database, type Session } from '../../sync/simulation/database.ts'
import { deliveriesTo, type Receiver } from '../../sync/simulation/deliveries.ts'
import { seedGlobals } from '../../sync/simulation/globals.ts'
import { happeningsAt } from '../../sync/simulation/happenings.ts'
import { createMachine, type Fate, type Machine } from '../../sync/simulation/machine.ts'
import { requestFaults } from '../../sync/simulation/network.ts'
import { type Random, randomOf } from '../../sync/simulation/random.ts'
import type { Outcome, RunOptions } from '../../sync/simulation/simulate.ts'
import { openAccount, type VendorAccount, vendorNames } from '../../sync/simulation/vendors.ts'
import { type Arrivals, arrivalsAt, type SendRates } from './arrivals.ts'
import { judge, observe } from './judge.ts'
import { type Worker as PeoplesWorker, peopleAt } from './people.ts'

const second = 1000
const minute = 60 * second

/**
 * One run: two people answer at an emulated vendor, each at a desk of their own process, over one database. Processes are killed
 * and stopped, requests, queries and webhooks fail, the contacts write, and the sync works beside. Then the faults end, a last
 * process does what is due, and what the vendor has got is compared with the outbox.
 */
export async function simulate(session: Session, seed: number, { trace }: RunOptions = {}): Promise<Outcome> {
  const random = randomOf(seed)
  seedGlobals(random.fork('globals'))
  const counts: Record<string, number> = {}
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1
  }
  const machine = createMachine(random.fork('order'), defaultNow, trace)
  const database = await beginDatabase(session, machine)
  const account = await accountOf(machine, random, seed)
  const run = await liveThrough({ machine, database, account, random, count })
  return { seed, ...run, steps: machine.steps, counts }
}

/** An account that has a conversation. Some vendors show none that is empty. */
async function accountOf(machine: Machine, random: Random, seed: number): Promise<VendorAccount> {
  for (let tries = 1; ; tries += 1) {
    const drawn = random.fork(`account ${tries}`)
    const own = { random: drawn, vendor: drawn.pick(vendorNames), name: 'desk', seed, most: 2 }
    const account = openAccount(machine, own)
    const { items } = (await account.quiet.conversations?.list?.()) ?? { items: [] }
    if (items.length > 0) return account
  }
}

interface World {
  machine: Machine
  database: Database
  account: VendorAccount
  random: Random
  count: (what: string) => void
}

interface Worker extends Receiver, PeoplesWorker {
  readonly sync: Sync
}

/** What happens at the vendor meanwhile. */
const things = [
  ...Array<string>(12).fill('say'),
  'say much in one conversation',
  'change a conversation',
  'delete a conversation',
]

async function liveThrough(world: World): Promise<{ problems: Problem[]; records: number }> {
  const { machine, database, account, random, count } = world
  const drawn = random.fork('conversations')
  const faults = drawFaults(random.fork('rates'))
  let workers: Worker[] = []
  const { send } = deliveriesTo(machine, () => workers, {
    random: random.fork('webhooks'),
    rates: faults.webhooks,
    count,
    isStored: async () => true,
  })
  const happenings = await happeningsAt(machine, account, {
    random: random.fork('happenings'),
    count,
    only: things,
    announce: (event) => account.vendor !== 'liveChatAI' && send(event),
  })
  const conversations: string[] = []
  const arrivals: Arrivals = arrivalsAt(machine, account, {
    ...{ database, count, random: random.fork('arrivals'), rates: faults.requests },
    conversationOf: (text) => people.conversationOf(text),
  })
  const people = peopleAt({
    ...{ machine, database, conversations, count, random: random.fork('people') },
    accounts: [account],
    arrivals: new Map([[account.name, arrivals]]),
  })
  const start = starter(world, arrivals, faults)
  const problems: Problem[] = []

  const first = start('first', {}, true)
  await machine.until(first.process.run(() => first.sync.runOnce()))
  const rows = await database.rows<{ ref: string }>('select ref from parley.conversations order by ref')
  conversations.push(...rows.map(({ ref }) => ref).slice(0, drawn.pick([1, 2])))
  first.process.kill()

  const look = async (): Promise<void> => {
    const { process, desk } = start(`observer ${machine.steps}`, {}, true)
    problems.push(...(await machine.until(process.run(() => observe(database, desk, conversations)))))
    process.kill()
  }

  const happen = random.fork('happen')
  let left = happen.between(0, 20)
  machine.between = async () => {
    if (left <= 0 || !happen.chance(faults.happenings)) return
    left -= 1
    await happenings.next()
  }
  const fates = random.fork('fates')
  const rounds = fates.between(1, 3)
  const old: Worker[] = []
  for (let round = 0; round < rounds; round += 1) {
    const isTwo = fates.chance(0.8)
    workers = Array.from({ length: isTwo ? 2 : 1 }, (_, index) =>
      start(`round ${round} process ${index}`, drawFate(fates), false),
    )
    if (fates.chance(0.25)) {
      const from = machine.now + fates.between(0, 2 * minute)
      faults.away = { from, until: from + fates.between(second, 5 * minute) }
      count('fault: database away')
    }
    const lives = workers.map((worker, index) => live(worker, index, { people, random: fates, count, isTwo }))
    await machine.until(Promise.all(lives))
    await machine.pass(fates.pick([second, 20 * second, minute, 5 * minute, 20 * minute]))
    // Who is left goes on beside those who come.
    if (fates.chance(0.6)) {
      for (const { process } of workers) process.kill()
      for (const { process } of old) process.kill()
      if (fates.chance(0.5)) await look()
    } else old.push(...workers)
  }

  machine.between = undefined
  faults.away = undefined
  for (const fault of Object.keys(faults.requests)) delete faults.requests[fault as keyof SendRates]
  faults.isOver = true
  workers = [start('last', {}, true)]
  const [{ process, sync, desk }] = workers as [Worker]
  // Reconciling takes longer and longer pauses, and a proof needs a quarter of an hour.
  for (const pause of [2, 2, 5, 10, 10, 10, 20, 30, 60, 60, 60]) {
    await machine.pass(pause * minute)
    await machine.until(process.run(() => desk.runOnce()))
  }
  for (const each of old) each.process.kill()
  await machine.until(process.run(() => sync.runOnce({ streams: ['conversations', 'live', 'messages'] })))
  await look()
  const judged = await judge({ database, account, arrivals, happenings }, people.calls)
  for (const what of people.misplaced) problems.push({ kind: 'misplaced', what })
  return { records: judged.sends, problems: [...problems, ...(await violations(database)), ...judged.problems] }
}

interface Faults {
  requests: SendRates
  webhooks: { lost: number; duplicate: number; late: number }
  databaseBreaks: number
  away: { from: number; until: number } | undefined
  /** The probability that a process is stopped in the middle of a send, at each of its steps. */
  stops: number
  happenings: number
  isOver: boolean
}

/** Starts processes, each with a sync and a desk. */
function starter({ machine, database, account, random, count }: World, arrivals: Arrivals, faults: Faults) {
  return (name: string, fate: Fate, isQuiet: boolean): Worker => {
    const process = machine.start(name, fate)
    const watched = arrivals.watched(process, fate.stopFor ?? 0, {
      random: random.fork(`${name} stops`),
      rate: isQuiet ? 0 : faults.stops,
    })
    const isAway = () => faults.away !== undefined && faults.away.from <= machine.now && machine.now < faults.away.until
    const breaking = {
      random: random.fork(`${name} database`),
      get breaks() {
        return faults.isOver ? 0 : faults.databaseBreaks
      },
      isAway,
      onBreak: () => count('fault: database connection'),
    }
    const store = database.storeFor(watched, isQuiet ? undefined : breaking)
    const fetch = arrivals.fetchOf(process, {
      random: random.fork(`${name} requests`),
      rates: isQuiet ? {} : faults.requests,
    })
    const accounts = [account.adapter({ clock: process.clock, fetch })]
    const own = { store, accounts, clock: process.clock, onError: () => {} }
    const [sync, desk] = [createSync(own), createDesk(own)]
    const { operatorId, userId } = account.emulator.credentials
    const operator = operatorId ?? userId
    const operatorIds = operator === undefined ? {} : { [account.name]: operator }
    const people = ['ada', 'bob'].map((id) => desk.as({ id, operatorIds }))
    return { process, sync, desk, people, receive: (event) => sync.receive(event) }
  }
}

/** Somebody works at a desk, whose process also does what is due. Ends when they have done all, or the process is killed. */
async function live(
  worker: Worker,
  index: number,
  {
    people,
    random,
    count,
    isTwo,
  }: { people: ReturnType<typeof peopleAt>; random: Random; count: (what: string) => void; isTwo: boolean },
): Promise<void> {
  const { process, sync, desk } = worker
  const wait = (milliseconds: number) => new Promise<void>((resolve) => void process.clock.after(milliseconds, resolve))
  let isOver = false
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 8 && !isOver; turn += 1) {
      await wait(random.pick([second, 5 * second, 20 * second, minute, 3 * minute]))
      await process.run(() => desk.runOnce()).catch(() => count('failed turn'))
      if (random.chance(0.2))
        await process
          .run(() => sync.runOnce({ streams: ['conversations', 'live', 'messages'] }))
          .catch(() => count('failed pass'))
    }
  }
  const own = isTwo ? { ...worker, people: [worker.people[index] as (typeof worker.people)[number]] } : worker
  const work = async (): Promise<void> => {
    for (let left = random.between(2, 6); left > 0; left -= 1) {
      await people.act(own)
      await wait(random.pick([0, 300, second, 10 * second, minute, 2 * minute]))
    }
  }
  void turns()
  const end = await Promise.race([work(), process.death])
  isOver = random.chance(0.5)
  if (end === 'killed') count('fault: kill')
}

function drawFate(random: Random): Fate {
  const kills = random.chance(0.5)
  const stops = random.chance(0.5)
  if (!kills && !stops) return {}
  return {
    killAt: kills ? Math.ceil(random() ** 2 * 400) : undefined,
    killAfter: random.chance(0.5),
    stopAt: stops ? Math.ceil(random() ** 2 * 200) : undefined,
    stopFor: random.pick([5 * second, 40 * second, 2 * minute, 9 * minute, 25 * minute]),
  }
}

/** Some runs have many faults of a few kinds, and some none. */
function drawFaults(random: Random): Faults {
  const rate = (often: number) => (random.chance(0.6) ? 0 : random.pick([0.03, often, 2 * often]))
  return {
    requests: {
      ...Object.fromEntries(requestFaults.map((fault) => [fault, rate(0.08)])),
      late: rate(0.1),
      unseen: rate(0.3),
    },
    webhooks: { lost: rate(0.5), duplicate: rate(0.5), late: rate(0.5) },
    databaseBreaks: random.pick([0, 0, 0.003, 0.015, 0.04]),
    away: undefined,
    stops: random.pick([0, 0, 0.1, 0.4]),
    happenings: random.pick([0.01, 0.04, 0.1]),
    isOver: false,
  }
}
