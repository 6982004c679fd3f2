import type { Message } from '@parley/core'
import type { PoolClient } from 'pg'
import { databaseTime } from '../../../packages/inbox/src/store/database-time.ts'
import { rowOf } from '../../../packages/inbox/src/store/records.ts'
import { searchVector } from '../../../packages/inbox/src/store/search-words.ts'
import { type Cost, costOf, sumOf } from './cost.ts'
import { type BenchStore, batchesOf, store } from './database.ts'
import { messageAt } from './rows.ts'

/** A page of a vendor's export. */
const pageSize = 500
/** So many pages are stored at the same time, each of another account. */
const writers = 2

/** Messages in pages of one account each. Made before anything is measured. */
function pagesOf(bench: BenchStore, from: number, count: number, conversations: number, fetchedAt: string) {
  const items = Array.from({ length: count }, (_, index) => messageAt(from + index, conversations))
  return batchesOf(bench, 'message', items, fetchedAt).flatMap((batch) =>
    Array.from({ length: Math.ceil(batch.items.length / pageSize) }, (_, page) => ({
      ...batch,
      items: batch.items.slice(page * pageSize, (page + 1) * pageSize),
    })),
  )
}

type Page = ReturnType<typeof pagesOf>[number]

async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: writers }, worker))
}

/** Stores messages as the sync does: hashes are compared first, then one transaction a page. */
export async function ingest(bench: BenchStore, from: number, count: number, conversations: number): Promise<Cost> {
  const pages = pagesOf(bench, from, count, conversations, await databaseTime(bench.db))
  return costOf(bench.pool, () => inParallel(pages, (page) => store(bench.db, page)))
}

/**
 * The same messages through three bare statements of many rows: into the messages, the search and the change feed. The
 * values are prepared beforehand, and nothing is compared.
 */
async function ingestBare(bench: BenchStore, from: number, count: number, conversations: number): Promise<Cost> {
  const pages = pagesOf(bench, from, count, conversations, await databaseTime(bench.db)).map(prepared)
  return costOf(bench.pool, () =>
    inParallel(pages, async (page) => {
      const client = await bench.pool.connect()
      try {
        await client.query('begin')
        await storeBare(client, page)
        await client.query('commit')
      } finally {
        client.release()
      }
    }),
  )
}

const prepared = (page: Page) => ({
  rows: page.items.map((item) => {
    const { ref, hash, body, raw, version, columns } = rowOf(page, item)
    const { sort_at, position, conversation, is_partial } = columns
    const own = [sort_at, position, conversation, is_partial]
    return [page.account, page.fetchedAt, 1, ref, `\\x${hash}`, body, raw, version, ...own]
  }),
  texts: page.items.map((item) => searchVector((item as Message).text ?? '')),
})

async function storeBare(client: PoolClient, { rows, texts }: ReturnType<typeof prepared>): Promise<void> {
  const { rows: stored } = await client.query<{ no: string; ref: string }>(
    `insert into parley.messages
       (account, fetched_at, schema, ref, hash, body, raw, version, sort_at, position, conversation, is_partial)
     values ${placesFor(rows)} on conflict (ref) do update set hash = excluded.hash, body = excluded.body,
       raw = excluded.raw, version = excluded.version, fetched_at = excluded.fetched_at
     returning no, ref`,
    rows.flat(),
  )
  const numbers = new Map(stored.map(({ no, ref }) => [ref, no]))
  const words = rows.map(([account, , , ref, , , , , at], index) => [
    numbers.get(ref as string),
    at,
    account,
    texts[index],
  ])
  await client.query(
    `insert into parley.search (message, created_at, account, words)
     values ${placesFor(words, ([message, at, account, text]) => `(${message}, ${at}, ${account}, ${text}::tsvector)`)}
     on conflict (message) do update set words = excluded.words`,
    words.flat(),
  )
  const events = rows.map(([account, , , ref, , , , , , , conversation]) => [
    account,
    'message',
    'added',
    ref,
    conversation,
  ])
  await client.query(
    `insert into parley.changes (account, kind, change, ref, conversation) values ${placesFor(events)}`,
    events.flat(),
  )
}

const placesFor = (
  rows: readonly (readonly unknown[])[],
  written: (places: readonly string[]) => string = (places) => `(${places.join(', ')})`,
): string => {
  let count = 0
  return rows.map((row) => written(row.map(() => `$${++count}`))).join(', ')
}

/** Both ways in turn, in the same database, with messages that are new to it. */
export async function compareIngest(
  bench: BenchStore,
  { from, block, rounds, conversations }: { from: number; block: number; rounds: number; conversations: number },
): Promise<{ ours: Cost; bare: Cost; messages: number }> {
  const ours: Cost[] = []
  const bare: Cost[] = []
  let next = from
  for (let round = 0; round < rounds; round++) {
    const both = [
      async () => ours.push(await ingest(bench, next, block, conversations)),
      async () => bare.push(await ingestBare(bench, next, block, conversations)),
    ]
    for (const run of round % 2 === 0 ? both : both.reverse()) {
      await run()
      next += block
    }
  }
  return { ours: sumOf(ours), bare: sumOf(bare), messages: block * rounds }
}
