import {
  type Conversation,
  decodeCursor,
  encodeCursor,
  isParleyError,
  type Message,
  NotFoundError,
  readTimestamp,
} from '@parley/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { SearchHit, SearchPage, SearchQuery } from '../synced.ts'
import { type StoredAccount, storedAccounts } from './account-states.ts'
import { coverageOf } from './coverage.ts'
import { isBigint, isSortTime } from './cursor-parts.ts'
import type { Schema } from './schema.ts'
import { type Mark, marksIn, type SearchWords, searchCondition } from './search-words.ts'
import { hasRecord } from './stored-record.ts'
import { inTime, longestSearchMs } from './transaction.ts'

type Db = Kysely<Schema>
type Condition = RawBuilder<unknown>

/** The place of a message in the order of the hits: newest first, then by the number in the store. */
interface Place {
  created_at: string
  message: string
}

const usualLimit = 25
const mostItems = 200

/** How many of the newest messages are looked through before the index of words is asked, of all accounts together. */
const windowSize = 5000
/**
 * For words next to each other, so many times as many are looked through if these will fill the page. The index does not
 * know which words are neighbours, so each message with all of them is looked at.
 */
const growthForPhrases = 2

export interface Search {
  query: SearchQuery
  words: SearchWords
  accounts: readonly Pick<StoredAccount, 'name' | 'adapter'>[]
  /** The ref of the conversation in which is searched. */
  conversation: string | undefined
  /** Smaller in tests. */
  window?: number
  timeout?: number
}

/** One page of the messages that have these words, newest first. */
export async function searchPage(
  db: Db,
  { query, words, accounts: chosen, conversation, window = windowSize, timeout = longestSearchMs }: Search,
  cursor: string | undefined,
): Promise<SearchPage> {
  const limit = Math.min(query.limit ?? usualLimit, mostItems)
  const after = cursor === undefined ? undefined : decodeCursor(cursor, readPlace)
  const accounts = await storedAccounts(db, chosen, 'messages')
  const range = rangeOf(query, after)
  const condition = sql`${searchCondition(words)}::tsquery`
  const numbers = accounts.flatMap(({ no }) => no ?? [])
  const hasPhrase = words.wanted.some((phrase) => phrase.words.length > 1)
  const [found, coverage] = await Promise.all([
    conversation === undefined
      ? newestFirst({ ...{ db, accounts: numbers, condition, range, count: limit + 1, window, timeout }, hasPhrase })
      : within(db, conversation, condition, range, limit + 1),
    coverageOf(db, accounts),
  ])
  if (conversation !== undefined && found.hits.length === 0 && !(await hasRecord(db, conversation)))
    throw new NotFoundError({
      operation: 'search',
      message: 'search of the inbox: the store does not have the conversation.',
    })
  const shown = found.hits.slice(0, limit)
  const next = found.hits.length > limit ? shown.at(-1) : found.stoppedAt
  return {
    items: await hitsOf(db, shown, words),
    next: next ? encodeCursor([next.created_at, next.message]) : null,
    warnings: found.stoppedAt && found.hits.length <= limit ? accounts.map(stopped) : [],
    coverage,
  }
}

const stopped = ({ adapter: { vendor, account } }: StoredAccount) =>
  ({
    code: 'degraded',
    message: 'The search took too long and was stopped. Older hits come on later pages; more words make it faster.',
    ...{ vendor, account, operation: 'search' },
  }) as const

interface Part {
  db: Db
  accounts: readonly number[]
  condition: Condition
  range: readonly Condition[]
  count: number
  timeout: number
}

interface Found {
  hits: Place[]
  /** The place after which nothing was looked through. */
  stoppedAt?: Place
}

function rangeOf({ since, until }: SearchQuery, after: Place | undefined): Condition[] {
  const range: Condition[] = []
  if (since !== undefined) range.push(sql`created_at >= ${readTimestamp(since)}::timestamptz`)
  if (until !== undefined) range.push(sql`created_at <= ${readTimestamp(until)}::timestamptz`)
  if (!after) return range
  const [at, message] = [sql`${after.created_at}::timestamptz`, sql`${after.message}::bigint`]
  return [...range, sql`created_at <= ${at} and (created_at < ${at} or message < ${message})`]
}

const order = sql`order by created_at desc, message desc`

const all = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `)

/**
 * Looks through the newest messages of each account first. A frequent word fills the page from them, while the index would
 * find it in most messages of the store, and all would have to be sorted. A rare word is then found by the index.
 */
async function newestFirst(part: Part & { window: number; hasPhrase: boolean }): Promise<Found> {
  const { accounts, count, window } = part
  if (accounts.length === 0) return { hits: [] }
  const size = Math.min(window, Math.max(250, Math.ceil(windowSize / accounts.length)))
  const growth = part.hasPhrase ? growthForPhrases : 1
  let found = await inNewest(part, size)
  if (growth > 1 && found.edge && found.sure.length < count && found.sure.length * growth >= count)
    found = await inNewest(part, size * growth)
  const { sure, edge } = found
  if (!edge || sure.length >= count) return { hits: sure }
  try {
    return { hits: await byIndex(part) }
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'timeout') throw error
    return { hits: sure, stoppedAt: edge }
  }
}

/**
 * The hits in so many of the newest messages of each account.
 *
 * @returns `sure`: those of which no other message is newer. `edge`: where the messages end that were looked through.
 */
async function inNewest(
  { db, accounts, condition, range, count }: Part,
  size: number,
): Promise<{ sure: Place[]; edge: Place | undefined }> {
  const names = accounts.map((no) => sql.ref(`newest_${no}`))
  const windows = accounts.map(
    (no, index) => sql`${names[index]} as materialized (
      select created_at, message, words from parley.search where ${all([sql`account = ${no}`, ...range])}
      ${order} limit ${size})`,
  )
  const { rows } = await sql<Place & { is_edge: boolean }>`
    with ${sql.join(windows)}
    select true as is_edge, edge.* from (${sql.join(
      // A window that is not full has all messages of its account.
      names.map((name) => sql`(select created_at, message from ${name} offset ${size - 1} limit 1)`),
      sql` union all `,
    )}) as edge
    union all
    (select false, hit.created_at, hit.message from (${sql.join(
      names.map((name) => sql`select * from ${name}`),
      sql` union all `,
    )}) as hit where hit.words @@ ${condition} ${order} limit ${count})`.execute(db)
  const edge = rows.filter(({ is_edge }) => is_edge).toSorted(newest)[0]
  const near = rows.filter((row) => !row.is_edge).toSorted(newest)
  // What is older than the edge of one account may be older than what another account has outside of its window.
  const sure = edge ? near.filter((hit) => newest(hit, edge) <= 0) : near
  return { sure, edge }
}

const byIndex = ({ db, accounts, condition, range, count, timeout }: Part): Promise<Place[]> =>
  inTime(db, timeout, async (tx) => {
    // Materialized, because the other indexes look cheaper for a limit than they are.
    const { rows } = await sql<Place>`
      with found as materialized (
        select created_at, message, account from parley.search where words @@ ${condition})
      select created_at, message from found
      where ${all([sql`account = any(${accounts}::smallint[])`, ...range])} ${order} limit ${count}`.execute(tx)
    return rows
  })

/** In the messages of one conversation, which are few. */
async function within(
  db: Db,
  conversation: string,
  condition: Condition,
  range: readonly Condition[],
  count: number,
): Promise<Found> {
  const { rows } = await sql<Place>`
    with own as materialized (
      select search.created_at, search.message, search.words
      from parley.messages as message join parley.search as search on search.message = message.no
      where message.conversation = ${conversation} and message.deleted_at is null)
    select created_at, message from own where ${all([sql`words @@ ${condition}`, ...range])} ${order} limit ${count}`.execute(
    db,
  )
  return { hits: rows }
}

/** Negative if the first place comes before the second. */
function newest(a: Place, b: Place): number {
  // '-infinity' is less than any time.
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? 1 : -1
  const [first, second] = [BigInt(a.message), BigInt(b.message)]
  return first === second ? 0 : first < second ? 1 : -1
}

/** The hits with their messages. One that was deleted in the meantime is left out. */
async function hitsOf(db: Db, places: readonly Place[], words: SearchWords): Promise<SearchHit[]> {
  if (places.length === 0) return []
  const { rows } = await sql<{ no: string; body: Message; conversation: Conversation | null }>`
    select message.no, message.body, conversation.body as conversation
    from parley.messages as message
      left join parley.conversations as conversation on conversation.ref = message.conversation
    where message.no = any(${places.map(({ message }) => message)}::bigint[])
      and message.deleted_at is null and conversation.deleted_at is null`.execute(db)
  const byNumber = new Map(rows.map((row) => [row.no, row]))
  return places.flatMap(({ message: no }) => {
    const row = byNumber.get(no)
    if (!row) return []
    const text = row.body.text ?? ''
    return { message: row.body, conversation: row.conversation, ...snippetOf(text, marksIn(text, words)) }
  })
}

const longestSnippet = 200
const beforeFirst = 60

/** The part of the text around the first mark, and the marks in it. */
function snippetOf(text: string, marks: readonly Mark[]): Pick<SearchHit, 'snippet' | 'marks'> {
  const first = marks[0]?.start ?? 0
  const from = wholeCharacter(text, Math.max(0, first - beforeFirst))
  const to = wholeCharacter(text, Math.min(text.length, from + longestSnippet))
  const inside = marks.filter(({ start }) => start < to)
  return {
    snippet: text.slice(from, to),
    marks: inside.map(({ start, end }) => ({ start: start - from, end: Math.min(end, to) - from })),
  }
}

/** A place that does not cut a character into halves. */
const wholeCharacter = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at)

function readPlace(state: unknown): Place | undefined {
  if (!Array.isArray(state)) return undefined
  const [at, message] = state as unknown[]
  return isSortTime(at) && isBigint(message) ? { created_at: at, message } : undefined
}
