import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { createDesk, createStore, createSync, type Store } from '@parley/inbox'
import type { PostgresServer } from '@parley/testkit/postgres'
import { poolOf } from '../../packages/inbox/src/store/database.ts'
import { randomOf } from '../sync/simulation/random.ts'
import { type Written, work } from './people.ts'
import type { DeskServerOptions } from './server.ts'
import { serveAll, type Vendors } from './vendors.ts'

/** What became of a shift. */
export interface Shift {
  readonly problems: readonly string[]
  readonly counts: Readonly<Record<string, number>>
  /** The replies that people wrote, by what became of them. */
  readonly outcomes: Readonly<Record<string, number>>
}

interface Running {
  readonly url: string
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  readonly printed: readonly string[]
}

function startServer(program: string, options: DeskServerOptions): Promise<Running> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const printed: string[] = []
  for (const output of [child.stdout, child.stderr])
    if (output) createInterface({ input: output }).on('line', (line) => printed.push(line))
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    child.once('message', (url) =>
      resolve({
        url: String(url),
        printed,
        async kill(signal) {
          child.kill(signal)
          await ended
        },
      }),
    )
    child.once('exit', () => reject(new Error(`A server ended: ${printed.join('\n')}`)))
  })
}

/**
 * A shift: four people answer customers of four vendors over HTTP, at two servers over one PostgreSQL, which also sync and send.
 * Servers are killed at random and started again, and answers of the vendors are lost. At the end, what the vendors have is
 * compared with what the people were told.
 */
export async function runShift({
  server,
  program,
  seed,
  replies,
}: {
  server: PostgresServer
  program: string
  seed: number
  /** How many replies are written before the shift ends. */
  replies: number
}): Promise<Shift> {
  const random = randomOf(seed)
  const counts: Record<string, number> = {}
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1
  }
  const url = await server.createDatabase()
  const vendors = await serveAll(random.fork('vendors'), seed, count)
  const operatorIds = Object.fromEntries(vendors.accounts.map(({ name }) => [name, operatorIn(vendors, name)]))
  await using store = await createStore({ url })
  const tokens = ['ada', 'bob', 'cleo', 'dan'].map((name) => ({
    ...({ name, role: 'operator', secret: `${name}-`.padEnd(40, 'x'), operatorIds } as const),
  }))
  const options: DeskServerOptions = { url, accounts: vendors.opened, tokens }
  const running: Running[] = []
  const start = async () => void running.push(await startServer(program, options))
  try {
    await start()
    await start()
    const written: Written[] = []
    let isOver = false
    const choose = random.fork('server')
    const shared = {
      server: () => (running.length > 0 ? choose.pick(running).url : undefined),
      isOver: () => isOver,
      written,
      count,
    }
    const people = tokens.map(({ name, secret }) => work(name, secret, { ...shared, random: random.fork(name) }))
    const customers = (async () => {
      const choices = random.fork('customers')
      while (!isOver) {
        await pause(choices.between(50, 600))
        await choices.pick(vendors.happenings).next()
      }
    })()
    while (written.length < replies) {
      await pause(random.between(500, 5_000))
      const [victim] = running.splice(random.between(0, running.length - 1), 1)
      await victim?.kill('SIGKILL')
      count('kill')
      // Claims last a minute and a half. A server that still has one finds that it was taken over, as after a suspension.
      if (random.chance(0.7)) await poolOf(store).query(endClaims)
      await start()
    }
    isOver = true
    await Promise.all([...people, customers])
    vendors.calm()
    for (const each of running.splice(0)) await each.kill('SIGTERM')
    return await judge(store, vendors, written, counts)
  } finally {
    await Promise.all(running.map((each) => each.kill('SIGKILL')))
    vendors.stop()
  }
}

/** An operator id that the vendor knows. */
const operatorIn = ({ accounts }: Vendors, name: string): string => {
  const account = accounts.find((each) => each.name === name)
  const options = account?.emulator.accountOptions('http://vendor.test') as { operatorId?: string } | undefined
  return options?.operatorId ?? 'operator-1'
}

const endClaims = "update parley.outbox set claimed_until = clock_timestamp() where state = 'claimed'"

interface Row {
  id: string
  text: string
  state: string
  message: string | null
  /** Whether the vendor no longer has the conversation. */
  gone: boolean
}

/** Ends what the killed servers left behind, and compares. */
async function judge(
  store: Store,
  vendors: Vendors,
  written: readonly Written[],
  counts: Record<string, number>,
): Promise<Shift> {
  const pool = poolOf(store)
  const accounts = vendors.accounts.map(({ quiet }) => quiet)
  const desk = createDesk({ store, accounts })
  const problems: string[] = []
  // The claims of the killed servers, which would end after a minute and a half.
  await pool.query(endClaims)
  await pool.query("update parley.outbox set next_at = clock_timestamp() where state = 'unknown'")
  await pool.query(
    "update parley.outbox set recorded_at = recorded_at - interval '10 seconds' where state = 'recorded'",
  )
  await desk.runOnce()
  await createSync({ store, accounts }).runOnce({ full: true })
  const { rows } = await pool.query<Row>(
    `select send.id, input->>'text' as text, state, message, place.deleted_at is not null as gone
    from parley.outbox as send left join parley.conversations as place on place.ref = send.conversation where kind = 'reply'`,
  )
  const { rows: stored } = await pool.query<{ ref: string; text: string | null }>(
    "select ref, body->>'text' as text from parley.messages where not from_contact",
  )
  const outcomes: Record<string, number> = {}
  for (const { text, told } of written) {
    const sends = rows.filter((row) => row.text === text)
    const states = sends.map(({ state }) => state)
    const times = vendors.received.get(text) ?? 0
    // Lists of LeadConnector have no texts of emails.
    const named = sends.map(({ message }) => message)
    const copies = stored.filter((row) => row.text?.includes(text) || named.includes(row.ref)).length
    const open = states.filter((state) => state !== 'failed')
    const outcome = sends.length === 0 ? 'refused' : (open[0] ?? 'failed')
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    const told_ = `"${text}" (told ${told}, ${states.join(', ') || 'not recorded'})`
    if (times > 1) problems.push(`${told_} was received ${times} times.`)
    if (open.length > 1) problems.push(`${told_} was sent again although it may have arrived.`)
    if (outcome === 'sent' && times !== 1) problems.push(`${told_} was not received.`)
    if ((outcome === 'failed' || outcome === 'refused') && times > 0) problems.push(`${told_} was received.`)
    if (outcome === 'recorded' || outcome === 'claimed') problems.push(`${told_} has no outcome.`)
    // A reply can be deleted with its conversation before anybody has read it.
    const isGone = sends.some(({ gone }) => gone)
    if (copies > times || (outcome === 'sent' && copies === 0 && !isGone))
      problems.push(`${told_} is stored ${copies} times, and the vendor has it ${times} times.`)
    if (told === 'sent' && outcome !== 'sent') problems.push(`${told_} is not what the person was told.`)
  }
  return { problems, counts, outcomes }
}
