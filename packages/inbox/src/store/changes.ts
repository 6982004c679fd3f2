import {
  type Clock,
  decodeCursor,
  encodeCursor,
  InvalidRequestError,
  NotFoundError,
  type Page,
  sleep,
} from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { Change, ChangePage, HistoryQuery } from '../synced.ts'
import { isBigint } from './cursor-parts.ts'
import { afterMoment, type Moment, microsOf, momentsPage } from './moments.ts'
import type { Schema } from './schema.ts'
import { hasRecord } from './stored-record.ts'

type Db = Kysely<Schema>

/** The place of an event in the feed: after all events of this transaction up to this number. */
interface Place {
  xid: string
  no: string
}

/** A place, and the store in which it is. Another store has other transactions, so its places mean nothing here. */
interface Cursor extends Place {
  store: string
}

interface Row extends Omit<Change, 'id'>, Place {}

const usualLimit = 100
const mostItems = 1000

/** The fact that says up to where old events were removed. */
const prunedFact = 'changes.pruned'
/** The fact by which the cursors of this store are recognized. */
const storeFact = 'changes.store'

/** The columns of an event, from `change` and `account`. */
const columns = sql`
  change.xid, change.no, change.at, account.name as account, change.kind, change.change, change.ref, change.conversation,
  change.fields`

/**
 * The next events after a cursor.
 *
 * A number from a sequence alone would be no cursor: of two transactions, the one with the lower number can end later, and its
 * events would never be seen. So events are in the order of their transactions, and only those are given before which no
 * transaction is still running.
 *
 * @param after `undefined`: from the oldest event that is kept.
 * @throws InvalidRequestError for a cursor of another store, or whose next events were removed.
 */
export async function changesAfter(
  db: Db,
  after: string | undefined,
  limit: number = usualLimit,
  accounts?: readonly string[],
): Promise<ChangePage> {
  const store = await storeOf(db)
  if (after === 'now') return { items: [], next: cursorOf({ xid: await horizon(db), no: '0' }, store) }
  const place = after === undefined ? { xid: '0', no: '0', store } : decodeCursor(after, readCursor)
  if (place.store !== store) throw wrongCursor(notOfThisStore)
  const count = Math.min(limit, mostItems)
  const chosen = accounts ? sql`and account.name = any(${accounts}::text[])` : sql``
  const { rows } = await sql<
    { horizon: string; is_ahead: boolean; is_lost: boolean } & (Row | Record<keyof Row, null>)
  >`
    select now.horizon, now.is_ahead, now.is_lost, found.* from (
      select pg_snapshot_xmin(pg_current_snapshot()) as horizon,
        ${place.xid}::xid8 > pg_snapshot_xmax(pg_current_snapshot()) as is_ahead, coalesce((
        select (${place.xid}::xid8, ${place.no}::bigint) < ((value->>'xid')::xid8, (value->>'no')::bigint)
        from parley.facts where name = ${prunedFact}), false) as is_lost) as now
    left join lateral (
      select ${columns} from parley.changes as change join parley.accounts as account on account.no = change.account
      where (change.xid, change.no) > (${place.xid}::xid8, ${place.no}::bigint)
        and change.xid < pg_snapshot_xmin(pg_current_snapshot()) ${chosen}
      order by change.xid, change.no limit ${count}) as found on true
    order by found.xid, found.no`.execute(db)
  if (rows[0]?.is_ahead) throw wrongCursor(notOfThisStore)
  if (after !== undefined && rows[0]?.is_lost) throw wrongCursor('is older than what the feed still has')
  const events = rows.filter((row): row is typeof row & Row => row.ref !== null)
  const last = events.at(-1)
  // Everything before the horizon was looked at.
  const next = last && events.length === count ? last : { xid: rows[0]?.horizon as string, no: '0' }
  return { items: events.map(changeOf), next: cursorOf(newer(place, next), store) }
}

/** The pages of the feed as they come, until the caller aborts. */
export async function* changesFrom(
  db: Db,
  after: string | undefined,
  { limit, accounts, signal, clock, every }: Follow,
): AsyncGenerator<ChangePage, void, undefined> {
  let next = after
  while (!signal?.aborted) {
    const page = await changesAfter(db, next, limit, accounts)
    if (page.items.length > 0) yield page
    const isAll = page.items.length < (limit ?? usualLimit)
    next = page.next
    if (isAll && !signal?.aborted) await sleep(clock, every, signal).catch(() => {})
  }
}

export interface Follow {
  limit?: number | undefined
  accounts?: readonly string[] | undefined
  signal?: AbortSignal | undefined
  clock: Clock
  /** In milliseconds. */
  every: number
}

/** The changes of one record, newest first. @throws NotFoundError */
export async function historyPage(
  db: Db,
  ref: string,
  query: HistoryQuery,
  cursor: string | undefined,
): Promise<Page<Change>> {
  const limit = Math.min(query.limit ?? usualLimit, mostItems)
  const { rows } = await sql<Row & Moment>`
    select ${columns}, ${microsOf('change')} as micros from parley.changes as change join parley.accounts as account on account.no = change.account
    where change.ref = ${ref} and ${afterMoment('change', cursor)}
    order by change.at desc, change.no desc limit ${limit + 1}`.execute(db)
  if (rows.length === 0 && cursor === undefined && !(await hasRecord(db, ref)))
    throw new NotFoundError({
      operation: 'history',
      message: 'history of the inbox: the store has no record with this ref.',
    })
  return momentsPage(rows, limit, changeOf)
}

/** How many old events one statement removes. The next sweep goes on. */
const mostRemoved = 10_000

/**
 * Removes events that are older than this, and records it, so that a consumer that needs them gets an error.
 *
 * @param age in milliseconds, by the clock of the database.
 */
export async function pruneChanges(db: Db, age: number): Promise<void> {
  await sql`
    with old as materialized (
      select no from parley.changes
      where at < clock_timestamp() - ${age}::float8 * interval '1 millisecond' and xid < pg_snapshot_xmin(pg_current_snapshot())
      -- Every worker removes old events. None waits for another.
      order by at limit ${mostRemoved} for update skip locked
    ), gone as (delete from parley.changes where no in (select no from old) returning xid, no)
    insert into parley.facts as known (name, value)
    select ${prunedFact}, jsonb_build_object('xid', xid::text, 'no', no::text) from gone order by xid desc, no desc limit 1
    on conflict (name) do update set value = excluded.value
    where ((excluded.value->>'xid')::xid8, (excluded.value->>'no')::bigint)
      > ((known.value->>'xid')::xid8, (known.value->>'no')::bigint)`.execute(db)
}

async function horizon(db: Db): Promise<string> {
  const { rows } = await sql<{ horizon: string }>`select pg_snapshot_xmin(pg_current_snapshot()) as horizon`.execute(db)
  return rows[0]?.horizon as string
}

function changeOf({ no: id, at, account, kind, change, ref, conversation, fields }: Row): Change {
  return { id, at, account, kind, change, ref, conversation, ...(fields !== null && { fields }) }
}

const cursorOf = ({ xid, no }: Place, store: string): string => encodeCursor([xid, no, store])

const ids = new WeakMap<Db, string>()

/** What the cursors of this store have in common. It is made when it is needed first. */
async function storeOf(db: Db): Promise<string> {
  const known = ids.get(db)
  if (known !== undefined) return known
  const stored = () => db.selectFrom('parley.facts').select('value').where('name', '=', storeFact).executeTakeFirst()
  let fact = await stored()
  if (!fact) {
    await sql`insert into parley.facts (name, value) values (${storeFact}, to_jsonb(gen_random_uuid()))
      on conflict do nothing`.execute(db)
    fact = await stored()
  }
  const id = String(fact?.value)
  ids.set(db, id)
  return id
}

/** A reader must not go back, for example while an older transaction has begun to write. */
function newer(a: Place, b: Place): Place {
  const [first, second] = [BigInt(a.xid), BigInt(b.xid)]
  if (first !== second) return first > second ? a : b
  return BigInt(a.no) > BigInt(b.no) ? a : b
}

const isTransaction = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{1,20}$/.test(value) && BigInt(value) < 2n ** 64n

function readCursor(state: unknown): Cursor | undefined {
  if (!Array.isArray(state)) return undefined
  const [xid, no, store] = state as unknown[]
  return isTransaction(xid) && isBigint(no) && typeof store === 'string' ? { xid, no, store } : undefined
}

const notOfThisStore = 'is of another store, or of a time before this store was restored from a backup'

function wrongCursor(reason: string): InvalidRequestError {
  const problem = `${reason}. Read the lists again, and go on from a new cursor: changes({ after: "now" })`
  return new InvalidRequestError({
    operation: 'changes',
    message: `changes of the inbox: the cursor ${problem}.`,
    fields: [{ path: 'after', problem }],
    outcome: 'not-done',
  })
}
