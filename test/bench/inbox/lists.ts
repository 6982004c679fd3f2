import { type ConversationQuery, encodeCursor } from '@parley/core'
import { databaseTime } from '../../../packages/inbox/src/store/database-time.ts'
import { conversationsPage } from '../../../packages/inbox/src/store/list-conversations.ts'
import { accountsNamed, type BenchStore, batchesOf, store } from './database.ts'
import { type AccountName, accountNames, conversationAt, operatorIds, pick, randomFrom } from './rows.ts'

type Mix = (random: () => number) => { query?: ConversationQuery; accounts?: readonly AccountName[] }

const assigneeId = (random: () => number): string => pick(operatorIds, random)

/** Eleven ways to look at an inbox. */
const mixes: Readonly<Record<string, Mix>> = {
  'no filter': () => ({}),
  'open or closed': (random) => ({ query: { status: pick(['open', 'closed'] as const, random) } }),
  starred: () => ({ query: { isStarred: true } }),
  'one account': (random) => ({ accounts: [pick(accountNames, random)] }),
  'two accounts': () => ({ accounts: ['desk', 'crm'] }),
  channel: (random) => ({ query: { channel: pick(['web', 'instagram'] as const, random) } }),
  unread: () => ({ query: { unread: true } }),
  assignee: (random) => ({ query: { assigneeId: assigneeId(random) } }),
  'open, unread, mine': (random) => ({ query: { status: 'open', unread: true, assigneeId: assigneeId(random) } }),
  'closed, unread, starred, mine, one account': (random) => ({
    query: { status: 'closed', unread: true, isStarred: true, assigneeId: assigneeId(random) },
    accounts: ['crm'],
  }),
  'no hit': () => ({ query: { assigneeId: 'nobody', unread: true } }),
}

/** Milliseconds of pages of 50 conversations, by the mix of filters. Six pages of ten begin at a random depth. */
export async function timeLists({ db }: BenchStore, pages = 40): Promise<Map<string, number[]>> {
  const random = randomFrom(9)
  const times = new Map<string, number[]>()
  const begin = Date.UTC(2025, 0, 1)
  for (const [name, mix] of Object.entries(mixes)) {
    const own: number[] = []
    for (let page = 0; page < pages; page++) {
      const { query = {}, accounts = accountNames } = mix(random)
      const depth = new Date(begin + random() * 365 * 86_400_000).toISOString()
      const cursor = random() < 0.6 ? encodeCursor([depth, 'm']) : undefined
      const start = performance.now()
      await conversationsPage(db, { accounts: accountsNamed(accounts), options: {} }, { ...query, limit: 50 }, cursor)
      own.push(performance.now() - start)
    }
    times.set(name, own)
  }
  return times
}

/** Stores conversations as a sync does, with threads that were read to their end. */
export async function fillConversations(bench: BenchStore, from: number, to: number): Promise<void> {
  const fetchedAt = await databaseTime(bench.db)
  for (let next = from; next < to; next += 2000) {
    const items = Array.from({ length: Math.min(2000, to - next) }, (_, index) => conversationAt(next + index))
    await Promise.all(batchesOf(bench, 'conversation', items, fetchedAt).map((batch) => store(bench.db, batch)))
  }
  await bench.pool.query(
    `insert into parley.threads (conversation, account, is_complete, is_whole)
     select ref, account, true, true from parley.conversations on conflict do nothing`,
  )
  await bench.pool.query('vacuum (analyze) parley.conversations')
}

/** Makes so many times as many conversations out of those in the store, with other refs, people and times. */
export async function multiplyConversations({ pool }: BenchStore, times: number): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'parley' and table_name = 'conversations' and is_generated = 'NEVER'`,
  )
  const changed: Readonly<Record<string, string>> = {
    ref: `ref || '-' || copy`,
    contact_id: `contact_id || '-' || copy`,
    contact: `contact || '-' || copy`,
    sort_at: `timestamptz '2025-01-01' + random() * interval '365 days'`,
  }
  const names = rows.map(({ name }) => name)
  await pool.query(
    `insert into parley.conversations (${names.join(', ')})
     select ${names.map((name) => changed[name] ?? name).join(', ')}
     from parley.conversations, generate_series(2, ${times}) as copy`,
  )
  await pool.query('vacuum (analyze) parley.conversations')
}
