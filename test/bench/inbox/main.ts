import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quantile, type Row, row } from '../measure.ts'
import type { Cost } from './cost.ts'
import { type BenchStore, type Postgres, startDatabase } from './database.ts'
import { compareIngest, ingest } from './ingest.ts'
import { fillConversations, multiplyConversations, timeLists } from './lists.ts'
import { syncApart } from './memory.ts'
import { type Growth, plotOf } from './plot.ts'
import { recall, timeSearch } from './search.ts'
import { timeUnchanged } from './unchanged.ts'

/** The sizes at which the growth is measured. */
const sizes = [10_000, 30_000, 100_000, 300_000, 1_000_000]
const conversations = 50_000
/** How many messages are stored before the time is taken again. */
const step = 10_000

/**
 * The store of the inbox, at the sizes that it is meant for. Takes about half an hour, and 10 GB of disk.
 *
 * @param show is given each row as soon as it is measured.
 */
export async function benchInbox(show: (row: Row) => void): Promise<void> {
  const server = await startDatabase()
  try {
    process.stderr.write(`${server.machine}\n`)
    for (const part of [atEmpty, atSizes, memory]) for await (const measured of part(server)) show(measured)
  } finally {
    await server.stop()
  }
}

async function* atEmpty(server: Postgres): AsyncGenerator<Row> {
  const result = await compareIngest(await server.open(), { from: 0, block: 20_000, rounds: 3, conversations })
  yield* ingestRows('an empty store', result, 8000)
}

async function* atSizes(server: Postgres): AsyncGenerator<Row> {
  const bench = await server.open()
  await fillConversations(bench, 0, conversations)
  yield* listRows(bench, conversations)
  const growth: Growth[] = []
  let stored = 0
  for (const size of sizes) {
    let last: Cost | undefined
    while (stored < size) {
      last = await ingest(bench, stored, Math.min(step, size - stored), conversations)
      stored += step
    }
    await bench.pool.query('vacuum (analyze)')
    growth.push({
      messages: size,
      store: ((last?.wall ?? 0) * 1000 * 100) / step,
      list: p95([...(await timeLists(bench, 10)).values()].flat()),
      search: p95([...(await timeSearch(bench, 10)).values()].flat()),
    })
    process.stderr.write(`${JSON.stringify(growth.at(-1))}\n`)
  }
  writeFileSync(new URL('../../../docs/benchmarks.svg', import.meta.url), plotOf(growth))
  yield* searchRows(bench)
  const count = 100_000
  const same = await timeUnchanged(bench, count, conversations)
  const what = `unchanged re-sync at ${stored} messages`
  yield { ...row(`${what}: rows a second, against the aim`, same.rows / same.seconds, 100_000), atLeast: 1 }
  yield row(`${what}: bytes of WAL, against rows`, same.wal, same.rows, 0)
  yield row(`${what}: events and numbers taken, against rows`, same.moved, same.rows, 0)
  const result = await compareIngest(bench, { from: stored, block: 20_000, rounds: 3, conversations })
  yield* ingestRows(`${stored} messages`, result, 5000)
  yield await erasureRow(bench)
  await multiplyConversations(bench, 20)
  yield* listRows(bench, conversations * 20)
}

/** The export of some people, and their erasure. */
async function erasureRow({ store, pool }: BenchStore): Promise<Row> {
  const { rows } = await pool.query<{ contact: string }>(
    `select distinct name || '/contact/' || contact_id as contact
      from parley.conversations join parley.accounts on no = account order by contact limit 5`,
  )
  let messages = 0
  const timeOf = async (work: (contact: string) => Promise<void>): Promise<number> => {
    const times: number[] = []
    for (const { contact } of rows) {
      const begun = performance.now()
      await work(contact)
      times.push((performance.now() - begun) * 1000)
    }
    return p95(times)
  }
  const exported = await timeOf(async (contact) => {
    for await (const line of store.export({ contact })) if (line.startsWith('{"kind":"message"')) messages += 1
  })
  const erased = await timeOf(async (contact) => void (await store.erase(contact)))
  process.stderr.write(`The ${rows.length} people have ${messages} messages.\n`)
  return row('export of a person: p95 µs, against erasing the person', exported, erased)
}

/** The memory of a process that syncs a large account. */
async function* memory(server: Postgres): AsyncGenerator<Row> {
  const large = await syncApart({ url: await server.createDatabase() }, 1_000_000)
  yield row(
    `sync of ${large.messages} messages, PostgreSQL: most resident MB, against the aim`,
    large.rss / 1e6,
    400,
    1,
  )
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
  const small = await syncApart({ folder }, 50_000)
  rmSync(folder, { recursive: true })
  yield row(
    `sync of ${small.messages} messages, PGlite: most resident MB, against PostgreSQL`,
    small.rss / 1e6,
    large.rss / 1e6,
  )
}

function* ingestRows(
  at: string,
  { ours, bare, messages }: { ours: Cost; bare: Cost; messages: number },
  aim: number,
): Generator<Row> {
  const rate = (cost: Cost) => messages / cost.wall
  const cpu = ({ client, server }: Cost) => ((client + server) * 1e6) / messages
  yield { ...row(`ingest into ${at}: messages a second, against the aim`, rate(ours), aim), atLeast: 1 }
  yield { ...row(`ingest into ${at}: messages a second, against a bare upsert`, rate(ours), rate(bare)), atLeast: 0.7 }
  yield row(`ingest into ${at}: CPU µs a message, against a bare upsert`, cpu(ours), cpu(bare), 1 / 0.7)
}

const p95 = (times: readonly number[]): number => quantile(times, 0.95)

async function* listRows(bench: BenchStore, count: number): AsyncGenerator<Row> {
  const times = await timeLists(bench)
  // In microseconds, because rows have whole numbers.
  const all = [...times.values()].flat()
  yield row(`list page at ${count} conversations, 11 mixes: p95 µs, against the aim`, p95(all) * 1000, 10_000, 1)
  for (const [name, own] of times)
    yield row(
      `list page at ${count} conversations, ${name}: p50 µs, against p95`,
      quantile(own, 0.5) * 1000,
      p95(own) * 1000,
    )
}

async function* searchRows(bench: BenchStore): AsyncGenerator<Row> {
  const times = await timeSearch(bench)
  yield row('search, 8 kinds of words: p95 µs, against the aim', p95([...times.values()].flat()) * 1000, 60_000, 1)
  for (const [name, own] of times)
    yield row(`search, ${name}: p50 µs, against p95`, quantile(own, 0.5) * 1000, p95(own) * 1000)
  const { found, there } = await recall(bench)
  yield { ...row('search, Chinese and Japanese: messages found, against LIKE', found, there, 1), atLeast: 1 }
}
