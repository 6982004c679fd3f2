import { isParleyError, type Message, type Page, parseRef, requireOperation, supports } from '@parley/core'
import { isGone } from '@parley/core/operations'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { storableTime } from '../store/database-time.ts'
import { endOf } from '../store/message-order.ts'
import { completeMessage } from '../store/records.ts'
import type { Schema } from '../store/schema.ts'
import { ranks } from '../store/threads.ts'
import { eachAlone, type ReadEach } from './each-alone.ts'
import { exportMessages } from './export.ts'
import { missingFrom, noteGone } from './missing.ts'
import { datedPages, isDegraded, isIncomplete, reached, reachOf } from './pages.ts'
import { type Account, instantOf, type Pass } from './pass.ts'
import { forgetPostponed, isDue, mayBeRead, pausesOfRecords, postpone } from './pauses.ts'

type Db = Kysely<Schema>

/** How a thread is read. `whole`: to its oldest message, also if the newest page shows nothing new. */
export interface ThreadRead {
  priority: 'live' | 'catch-up' | 'backfill' | 'sweep'
  whole?: boolean
  /** How late the vendor may show something, in milliseconds. */
  lag: number
}

/** What the store knows of a thread. */
interface Thread {
  due_mark: string
  is_complete: boolean
  read_from: string | null
  newest_at: string | null
  newest_ref: string | null
}

type DatedPage = Page<Message> & { fetchedAt: string }

/**
 * Reads the messages of a conversation, newest first, to those that are known. The thread counts as read only when the last
 * of these pages is stored.
 *
 * @returns whether the vendor has the conversation.
 */
export async function readThread(pass: Pass, conversation: string, read: ThreadRead): Promise<boolean> {
  const { adapter } = pass.account
  const thread = await threadOf(pass.db, conversation)
  const begun = instantOf(pass.clock.now())
  const size = adapter.limits.pageSize['messages.list']?.max
  const list = requireOperation(adapter, 'messages.list')(
    parseRef(conversation).id,
    { order: 'desc', ...(size !== undefined && { limit: size }) },
    pass.options(read.priority),
  )
  const reading: Reading = {
    conversation,
    thread,
    begun,
    seen: [],
    isComplete: true,
    isDegraded: false,
    since: undefined,
    top: null,
  }
  try {
    const pages = datedPages(pass, 'message', list)
    if (await pass.waitFor(isSequence(pass.account))) await readSequence(pass, reading, pages)
    else await readByTime(pass, reading, pages, read)
    return true
  } catch (error) {
    if (!isGone(error)) throw error
    await skipThread(pass, conversation, thread.due_mark)
    return false
  }
}

/** What one read of a thread has found so far. */
interface Reading {
  readonly conversation: string
  readonly thread: Thread
  /** When it began, by the clock of the sync. */
  readonly begun: string
  readonly seen: string[]
  /** Whether nothing suggests that the vendor has more than it shows. */
  isComplete: boolean
  /** Whether the vendor says itself that its list lacks something. */
  isDegraded: boolean
  /** When it began, by the clock of the database. */
  since: string | undefined
  /** The newest message that it found. */
  top: { at: string; ref: string } | null
}

async function readByTime(
  pass: Pass,
  reading: Reading,
  pages: AsyncIterable<DatedPage>,
  { whole = false, lag }: ThreadRead,
): Promise<void> {
  const { thread } = reading
  const { is_complete, newest_at: at, newest_ref: ref, read_from } = thread
  // Without its ref, which is erased, the time is enough.
  const known =
    !whole && is_complete && at && read_from ? reachOf(pass, { at, ref: ref ?? '' }, read_from, lag) : undefined
  let order = { isKept: true, last: undefined as string | undefined }
  let before: Message[] = []
  for await (const page of pages) {
    await note(pass, reading, page)
    const { items, fetchedAt } = page
    order = follow(order, items)
    let isEnd = page.next === null
    await pass.store({ kind: 'message', items, fetchedAt, before }, (hasChanges) => {
      const isKnown = known !== undefined && order.isKept && !hasChanges && reached(known, items, timeOf)
      isEnd ||= isKnown
      return isEnd ? (tx) => finish(tx, pass, reading, page.next === null) : undefined
    })
    if (isEnd) return
    before = endOf([...before, ...items])
  }
  // A list without any page.
  await pass.fenced((tx) => finish(tx, pass, reading, true))
}

/** Messages without times are ordered by their place in the thread, so all of it is read before any of it is stored. */
async function readSequence(pass: Pass, reading: Reading, pages: AsyncIterable<DatedPage>): Promise<void> {
  const messages: Message[] = []
  let fetchedAt = ''
  for await (const page of pages) {
    await note(pass, reading, page)
    fetchedAt ||= page.fetchedAt
    messages.push(...page.items)
  }
  const places = new Map(
    messages.map(({ ref }, index) => [ref, { at: '-infinity', position: messages.length - 1 - index }]),
  )
  for (let first = 0; first < messages.length || first === 0; first += perWrite) {
    const items = messages.slice(first, first + perWrite)
    const isLast = first + perWrite >= messages.length
    await pass.store({ kind: 'message', items, fetchedAt, places }, () =>
      isLast ? (tx) => finish(tx, pass, reading, true) : undefined,
    )
  }
}

const perWrite = 500

const timeOf = ({ createdAt }: Message): string | null | undefined => createdAt

async function note(pass: Pass, reading: Reading, page: DatedPage): Promise<void> {
  reading.since ??= page.fetchedAt
  reading.isComplete &&= !isIncomplete(page.warnings)
  reading.isDegraded ||= isDegraded(page.warnings)
  for (const item of page.items) {
    reading.seen.push(item.ref)
    const at = storableTime(item.createdAt)
    if (at && (reading.top === null || at > reading.top.at)) reading.top = { at, ref: item.ref }
  }
  await pass.quarantine(page.warnings, reading.conversation)
}

/** Whether the times still go down. A list in another order is read to its end. */
export function follow<Item extends { createdAt?: string | null; lastActivityAt?: string | null }>(
  { isKept, last }: { isKept: boolean; last: string | undefined },
  items: readonly Item[],
): { isKept: boolean; last: string | undefined } {
  let now = { isKept, last }
  for (const item of items) {
    const at = 'lastActivityAt' in item ? item.lastActivityAt : item.createdAt
    if (!at) continue
    now = { isKept: now.isKept && (now.last === undefined || at <= now.last), last: at }
  }
  return now
}

async function threadOf(db: Db, conversation: string): Promise<Thread> {
  const row = await db
    .selectFrom('parley.threads')
    .select(['due_mark', 'is_complete', 'read_from', 'newest_at', 'newest_ref'])
    .where('conversation', '=', conversation)
    .executeTakeFirst()
  return row ?? { due_mark: '0', is_complete: false, read_from: null, newest_at: null, newest_ref: null }
}

/**
 * When a thread is to be read again that was read just after its last activity, of which the vendor gives only the second: a
 * message of the same second that came after the read changes nothing in the list of conversations.
 */
const untilSecondIsOver = (conversation: string, begun: string): RawBuilder<unknown> => sql`(
  select sort_at + interval '11 seconds' from parley.conversations
  where ref = ${conversation} and sort_at = date_trunc('second', sort_at)
    and ${begun}::timestamptz between sort_at - interval '10 seconds' and sort_at + interval '11 seconds')`

/**
 * Notes how far the thread was read, and what a complete read did not find. A hint that came during the read is still to be
 * followed.
 */
async function finish(tx: Db, pass: Pass, reading: Reading, isEnd: boolean): Promise<void> {
  const { conversation, thread, begun, top, seen, isComplete, since } = reading
  const newest = top ?? (thread.newest_at ? { at: thread.newest_at, ref: thread.newest_ref } : null)
  const absent =
    isEnd && isComplete && since !== undefined
      ? sql`, ${missingFrom(pass, 'message', sql`select unnest(${seen}::text[])`, since, conversation)}`
      : sql``
  // What is still bad was kept aside again by this read.
  const good =
    isEnd && !reading.isDegraded && since !== undefined
      ? sql`, good as (delete from parley.quarantine
          where account = ${pass.account.no} and conversation = ${conversation} and seen_at < ${since}::timestamptz)`
      : sql``
  await sql`
    with read as (delete from parley.postponed where ref = ${conversation}) ${absent} ${good}
    insert into parley.threads as known
      (conversation, account, due_at, is_complete, is_whole, read_from, verified_at, newest_at, newest_ref)
    values (${conversation}, ${pass.account.no}, ${untilSecondIsOver(conversation, begun)}, ${isEnd}, ${isEnd && isComplete},
      ${begun}::timestamptz,
      ${isEnd ? begun : null}::timestamptz, ${newest?.at ?? null}::timestamptz, ${newest?.ref ?? null})
    on conflict (conversation) do update set
      due_at = case when known.due_mark = ${thread.due_mark}::bigint then excluded.due_at else known.due_at end,
      is_complete = known.is_complete or excluded.is_complete,
      is_whole = ${isComplete} and (${isEnd} or known.is_whole), read_from = excluded.read_from,
      verified_at = coalesce(excluded.verified_at, known.verified_at), newest_at = excluded.newest_at,
      newest_ref = excluded.newest_ref`.execute(tx)
}

/**
 * A conversation of which the vendor says that it does not have it. It counts as deleted only after it was read on its own.
 * If that shows that it exists, its messages are tried again when it was postponed to.
 */
async function skipThread(pass: Pass, conversation: string, mark: string): Promise<void> {
  await pass.fenced(async (tx) => {
    await postpone(tx, pass, conversation)
    await sql`
      update parley.threads set due_at = case when due_mark = ${mark}::bigint then null else due_at end,
        verified_at = ${instantOf(pass.clock.now())}::timestamptz
      where conversation = ${conversation}`.execute(tx)
    await noteGone(tx, pass, 'conversation', conversation)
  })
}

const sequences = new WeakMap<object, Promise<boolean>>()

/** Whether the vendor gives messages no time. */
function isSequence({ adapter }: Account): Promise<boolean> {
  const known = sequences.get(adapter)
  if (known) return known
  const found = Promise.resolve(adapter.traits?.()).then((traits) => traits?.messageTimes?.value === 'no')
  sequences.set(adapter, found)
  found.catch(() => sequences.delete(adapter))
  return found
}

/**
 * Reads the threads that are due: those of a person who waits first, then those that changed, then the rest. One that fails
 * is tried again later and holds up no other, unless the whole account fails.
 *
 * @returns whether nothing is left that is due now.
 */
export async function syncMessages(
  pass: Pass,
  { concurrency, lag }: { concurrency: number; lag: number },
): Promise<boolean> {
  const readEach = eachAlone(pass, concurrency)
  let read = 0
  for (;;) {
    const isExported = await exportMessages(pass, lag)
    if (isExported === 'over') return false
    const rank = isExported === 'more' ? ranks['catch-up'] : ranks.backfill
    const due = await dueThreads(pass, concurrency * 8, rank)
    if (due.length === 0 && isExported !== 'more') return completeTexts(pass, readEach)
    const isEnough = await readEach(
      due,
      async ({ conversation, priority }) => {
        const name = priority === ranks.backfill ? 'backfill' : priority === ranks.live ? 'live' : 'catch-up'
        await readThread(pass, conversation, { priority: name, lag })
        pass.report(++read)
      },
      ({ conversation }, error) =>
        pass.fenced(async (tx) => {
          const at = await postpone(tx, pass, conversation, error)
          await sql`update parley.threads set due_at = ${at}::timestamptz where conversation = ${conversation}`.execute(
            tx,
          )
        }),
    )
    if (!isEnough) return false
  }
}

async function dueThreads(
  { account, db, clock }: Pass,
  limit: number,
  rank: number,
): Promise<{ conversation: string; priority: number }[]> {
  const { rows } = await sql<{ conversation: string; priority: number }>`
    select conversation, priority from parley.threads
    where account = ${account.no} and ${isThreadDue(instantOf(clock.now()))} and priority <= ${rank}
    order by priority, due_at, conversation limit ${limit}`.execute(db)
  return rows
}

/** Whether the messages of a conversation are to be read now. */
export const isThreadDue = (now: string): RawBuilder<boolean> =>
  isDue('parley.threads.due_at', now, pausesOfRecords.longest)

/** The messages of an account of which the list omits the text, and which are to be read now. */
export const partialTexts = ({ adapter, no }: Account, now: string): RawBuilder<unknown> =>
  sql`from parley.messages where account = ${no} and is_partial and deleted_at is null
    and ${supports(adapter, 'messages.get')} and ${mayBeRead('parley.messages.ref', now)}`

/**
 * Reads the texts that the lists omit, newest first.
 *
 * @returns whether none is left.
 */
async function completeTexts(pass: Pass, readEach: ReadEach): Promise<boolean> {
  const { account, db, clock } = pass
  for (;;) {
    const { rows } = await sql<{ ref: string; hash: string }>`
      select ref, encode(hash, 'hex') as hash ${partialTexts(account, instantOf(clock.now()))}
      order by sort_at desc limit 50`.execute(db)
    if (rows.length === 0) return true
    const isEnough = await readEach(
      rows,
      async (row) => {
        const message = await withoutTextIfGone(pass.read('message', row.ref, 'backfill'))
        await pass.fenced(async (tx) => {
          await completeMessage(tx, account.no, row, message)
          await forgetPostponed(tx, row.ref)
        })
      },
      ({ ref }, error) => pass.fenced(async (tx) => void (await postpone(tx, pass, ref, error))),
    )
    if (!isEnough) return false
  }
}

/** A message that was deleted since, or that cannot be read by itself, stays as its list shows it. */
async function withoutTextIfGone(reading: Promise<Message>): Promise<Message | null> {
  try {
    return await reading
  } catch (error) {
    if (isParleyError(error) && (isGone(error) || error.code === 'response' || error.code === 'invalid-request'))
      return null
    throw error
  }
}
