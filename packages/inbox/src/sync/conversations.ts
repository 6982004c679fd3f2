import {
  buildRef,
  type Conversation,
  type ConversationQuery,
  type EntityKind,
  filterSupport,
  type Paged,
  parseRef,
  requireOperation,
  UnsupportedError,
} from '@parley/core'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { digestOf } from '../store/digest.ts'
import type { Schema } from '../store/schema.ts'
import { markDue, ranks } from '../store/threads.ts'
import { follow } from './messages.ts'
import { noteUnlisted } from './missing.ts'
import { datedPages, isDegraded, isIncomplete, reached, reachOf } from './pages.ts'
import { type Also, checkpoint, instantOf, type Pass, setCheckpoint } from './pass.ts'
import { scan } from './scan.ts'

type Db = Kysely<Schema>

/** How far the conversations of an account, or of a part of it, are stored. */
interface Position {
  /**
   * The newest conversation when the list was last read down to what was known then. Its ref is a digest, because it can be
   * that of a person who was erased.
   */
  newest: { at: string; ref: string } | null
  /** When that read began, by the clock of the sync. */
  from: string
  /** Down to where the list was read for the first time. `null`: not yet, or the list cannot go on from a time. */
  at: string | null
  /** Whether it was once read to its end. */
  isDone: boolean
  /** How often its end could not be reached. */
  tries: number
}

/** A list whose end the vendor does not reach is accepted after so many tries; the next complete read goes on with it. */
const mostTries = 3

/** How far a pass has come. `incomplete`: to the end of a list of which the vendor says that it lacks something. */
export type Reached = 'end' | 'incomplete' | 'more'

/**
 * Reads the conversations with new activity, and in the beginning all of them. Those that changed are noted, so that their
 * messages are read.
 */
export async function syncConversations(pass: Pass, lag: number): Promise<Reached> {
  const all: Reached[] = []
  for (const query of await partsOf(pass)) all.push(await syncPart(pass, query, lag))
  return (['more', 'incomplete'] as const).find((reached) => all.includes(reached)) ?? 'end'
}

async function syncPart(pass: Pass, query: ConversationQuery, lag: number): Promise<Reached> {
  const part = nameOf(pass, query)
  const position = await checkpoint<Position>(pass, part)
  if (position?.newest) await catchUp(pass, query, { ...position, newest: position.newest }, lag)
  else if (position?.isDone) return backfill(pass, query, undefined)
  return position?.isDone ? 'end' : backfill(pass, query, await checkpoint<Position>(pass, part))
}

/** Reads from the newest conversation down to those that are known. */
async function catchUp(
  pass: Pass,
  query: ConversationQuery,
  position: Position & { newest: { at: string; ref: string } },
  lag: number,
): Promise<void> {
  const { newest, from } = position
  const known = reachOf(pass, newest, from, lag)
  const begun = instantOf(pass.clock.now())
  let top: Position['newest'] = newest
  let order = { isKept: true, last: undefined as string | undefined }
  for await (const page of datedPages(pass, 'conversation', listOf(pass, query, 'catch-up'))) {
    order = follow(order, page.items)
    top = newer(top, page.items)
    let isEnd = page.next === null
    await pass.store({ kind: 'conversation', items: page.items, fetchedAt: page.fetchedAt }, (hasChanges) => {
      isEnd ||= order.isKept && !hasChanges && reached(known, page.items.map(withDigest), timeOf)
      const next: Position = { ...position, newest: top, from: begun }
      return noted(pass, 'catch-up', hasChanges, isEnd ? (tx) => save(tx, pass, query, next) : undefined)
    })
    await pass.quarantine(page.warnings)
    if (isEnd) return
  }
}

/** Reads the list to its end, for the first time. It goes on from the time it had reached, where the vendor can. */
async function backfill(pass: Pass, query: ConversationQuery, earlier: Position | undefined): Promise<Reached> {
  const canGoOn = filterSupport(pass.account.adapter, 'until') === 'vendor'
  const until: { until?: string } = canGoOn && earlier?.at ? { until: earlier.at } : {}
  const begun = instantOf(pass.clock.now())
  let position: Position = earlier ?? { newest: null, from: begun, at: null, isDone: false, tries: 0 }
  let order = { isKept: true, last: undefined as string | undefined }
  let isComplete = true
  let lacksSome = false
  for await (const page of datedPages(pass, 'conversation', listOf(pass, { ...query, ...until }, 'backfill'))) {
    order = follow(order, page.items)
    isComplete &&= !isIncomplete(page.warnings)
    lacksSome ||= isDegraded(page.warnings)
    const isEnd = page.next === null
    const isAccepted = isComplete || position.tries + 1 >= mostTries
    position = {
      ...position,
      newest: earlier?.newest ?? newer(position.newest, page.items),
      at: order.isKept ? (order.last ?? position.at) : position.at,
      isDone: isEnd && isAccepted,
      tries: isEnd && !isAccepted ? position.tries + 1 : position.tries,
    }
    const next = isEnd && !isAccepted ? { ...position, at: null } : position
    await pass.store({ kind: 'conversation', items: page.items, fetchedAt: page.fetchedAt }, (hasChanges) =>
      noted(pass, 'backfill', hasChanges, (tx) => save(tx, pass, query, next)),
    )
    await pass.quarantine(page.warnings)
    pass.report(pass.counts.added + pass.counts.updated + pass.counts.unchanged, page.total)
    if (isEnd) return lacksSome && !isAccepted ? 'incomplete' : 'end'
    // From a time at which it began, it would read the same again.
    const hasMoved = position.at !== null && position.at !== until.until
    if (canGoOn && order.isKept && hasMoved && pass.isOver()) return 'more'
  }
  return 'end'
}

/** Reads the whole list again. What it does not show is noted as missing, if the list was complete. */
export async function scanConversations(pass: Pass): Promise<void> {
  const lists = (await partsOf(pass)).map((query) => listOf(pass, query, 'sweep'))
  await scan(pass, 'conversation', lists, {
    streams: ['conversations', 'sweep', 'live'],
    // What was missing, and is there, may have changed in the meantime.
    also: (tx, { added, updated }, found) =>
      markDue(tx, pass.account.no, [...added, ...updated, ...found], {
        rank: ranks.backfill,
        at: instantOf(pass.clock.now()),
      }),
  })
  await pass.fenced((tx) => noteUnlisted(tx, pass))
}

const timeOf = ({ lastActivityAt }: Conversation): string | null | undefined => lastActivityAt

function listOf(
  pass: Pass,
  query: ConversationQuery,
  priority: 'catch-up' | 'backfill' | 'sweep',
): Paged<Conversation> {
  const size = pass.account.adapter.limits.pageSize['conversations.list']?.max
  return requireOperation(pass.account.adapter, 'conversations.list')(
    { ...query, ...(size !== undefined && { limit: size }) },
    pass.options(priority),
  )
}

const withDigest = (item: Conversation): Conversation => ({ ...item, ref: digestOf(item.ref).toString('hex') })

function newer(
  top: { at: string; ref: string } | null,
  items: readonly Conversation[],
): { at: string; ref: string } | null {
  let newest = top
  for (const item of items) {
    const { lastActivityAt: at } = item
    if (at && (newest === null || at > newest.at)) newest = { at, ref: withDigest(item).ref }
  }
  return newest
}

/** Notes that the messages of changed conversations are to be read, in the transaction that stores the conversations. */
function noted(
  pass: Pass,
  rank: 'catch-up' | 'backfill',
  hasChanges: boolean,
  then: ((tx: Db) => Promise<void>) | undefined,
): Also | undefined {
  if (!hasChanges && !then) return undefined
  return async (tx, { added, updated }) => {
    const at = instantOf(pass.clock.now())
    await markDue(tx, pass.account.no, [...added, ...updated], { rank: ranks[rank], at })
    await then?.(tx)
  }
}

const save = (tx: Db, pass: Pass, query: ConversationQuery, position: Position): Promise<void> =>
  setCheckpoint(tx, pass, nameOf(pass, query), position)

/** The name of a part of the list: the refs that it is asked for with, so that an erasure finds that of a person. */
function nameOf({ account: { adapter } }: Pass, { agentId, contactId }: ConversationQuery): string {
  const { vendor, account } = adapter
  return Object.entries({ agent: agentId, contact: contactId })
    .flatMap(([kind, id]) => (id === undefined ? [] : buildRef({ vendor, account, kind: kind as EntityKind, id })))
    .join(' ')
}

/** A vendor that lists conversations only of one agent or one contact is asked for each that is stored. */
async function partsOf(pass: Pass): Promise<ConversationQuery[]> {
  const { adapter, name, no } = pass.account
  const required = adapter.limits.required?.['conversations.list'] ?? []
  let queries: ConversationQuery[] = [{}]
  for (const field of required) {
    if (field !== 'agentId' && field !== 'contactId')
      throw new UnsupportedError({
        message: `${name}: the vendor lists conversations only with "${field}", which the sync does not know.`,
        vendor: adapter.vendor,
        account: adapter.account,
        operation: 'conversations.list',
      })
    const table = field === 'agentId' ? sql.table('parley.agents') : sql.table('parley.contacts')
    const { rows } = await sql<{ ref: string }>`
      select ref from ${table} where account = ${no} and deleted_at is null order by ref`.execute(pass.db)
    queries = queries.flatMap((query) => rows.map(({ ref }) => ({ ...query, [field]: parseRef(ref).id })))
  }
  return queries
}
