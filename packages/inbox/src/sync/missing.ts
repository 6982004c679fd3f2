import { supports } from '@parley/core'
import { isGone } from '@parley/core/operations'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { databaseTime } from '../store/database-time.ts'
import { markDeleted } from '../store/deletions.ts'
import { type RecordKind, type Schema, tables } from '../store/schema.ts'
import { markDue, ranks } from '../store/threads.ts'
import { withListed } from './by-itself.ts'
import { eachAlone } from './each-alone.ts'
import { getters, instantOf, type Pass } from './pass.ts'

type Db = Kysely<Schema>

/** At most this share of an account's records of a kind may be deleted because a list does not show them. */
const ceiling = 0.05
/** In a small account, a share is less than one record. */
const always = 3

/**
 * The parts of a statement that note which stored records a complete read did not find. They are not deleted yet: a vendor
 * may have answered with too little. The part `found` has the records that were missing before.
 *
 * @param seen a query of the refs that the read found.
 * @param since when the read began; what was stored after that is not missing.
 * @param within only records of this conversation.
 */
export function missingFrom(
  { account }: Pass,
  kind: RecordKind,
  seen: RawBuilder<unknown>,
  since: string,
  within?: string,
): RawBuilder<unknown> {
  const table = sql.table(tables[kind])
  const part = within === undefined ? sql`` : sql`and conversation = ${within}`
  return sql`lost as (
    insert into parley.missing as known (ref, account, kind, since)
    select ref, account, ${kind}, clock_timestamp() from ${table}
    where account = ${account.no} ${part} and deleted_at is null and fetched_at < ${since}::timestamptz
      and not exists (select 1 from (${seen}) as seen (ref) where seen.ref = ${table}.ref)
    on conflict (ref) do update set seen = known.seen + 1
  ), found as (
    delete from parley.missing where account = ${account.no} and kind = ${kind} and ref in (${seen}) returning ref
  )`
}

/**
 * Notes what a complete read of all records of a kind did not find, by the pages that it has seen.
 *
 * @returns the records that were missing before, and that it found.
 */
export async function noteMissing(tx: Db, pass: Pass, kind: RecordKind, since: string): Promise<string[]> {
  const seen = sql`select unnest(refs) from parley.seen where account = ${pass.account.no} and kind = ${kind}`
  const { rows } = await sql<{ ref: string }>`
    with ${missingFrom(pass, kind, seen, since)} select ref from found`.execute(tx)
  return rows.map(({ ref }) => ref)
}

/**
 * Notes that the vendor says it does not have a record, if the store has it, or has messages of such a conversation. How often
 * it says so does not count: only complete reads do.
 */
export async function noteGone(tx: Db, pass: Pass, kind: RecordKind, ref: string): Promise<void> {
  const messages =
    kind === 'conversation'
      ? sql`or exists (select 1 from parley.messages where conversation = ${ref} and deleted_at is null)`
      : sql``
  await sql`
    insert into parley.missing (ref, account, kind, since, seen)
    select ${ref}, ${pass.account.no}, ${kind}, clock_timestamp(), 0
    where exists (select 1 from ${sql.table(tables[kind])} where ref = ${ref} and deleted_at is null) ${messages}
    on conflict (ref) do nothing`.execute(tx)
}

/** Notes the conversations that are not stored, although messages of theirs are: the list did not show them. */
export async function noteUnlisted(tx: Db, pass: Pass): Promise<void> {
  await sql`
    insert into parley.missing (ref, account, kind, since, seen)
    select distinct conversation, ${pass.account.no}::smallint, 'conversation', clock_timestamp(), 0 from parley.messages m
    where account = ${pass.account.no} and deleted_at is null and not exists (
      select 1 from parley.conversations c where c.ref = m.conversation and c.deleted_at is null)
    on conflict (ref) do nothing`.execute(tx)
}

/**
 * Reads each missing record on its own, and marks it as deleted if the vendor says that it does not exist. If more than 5 %
 * of a kind are missing, or were deleted within a day, something else is probably wrong: nothing is deleted until a person
 * accepts it.
 *
 * @param only the kind to look at. Default: all.
 */
export async function confirmMissing(pass: Pass, only?: RecordKind): Promise<void> {
  const { account, db } = pass
  const { rows: counts } = await sql<{ kind: RecordKind; missing: string }>`
    select kind, count(*) as missing from parley.missing
    where account = ${account.no} ${only === undefined ? sql`` : sql`and kind = ${only}`} group by kind order by kind`.execute(
    db,
  )
  let isEnd = true
  const accepted = await isAccepted(db, account.no)
  for (const { kind, missing } of counts) {
    const { live, recent } = await countsOf(db, account.no, kind)
    const allowed = Math.max(always, Math.floor((live + recent) * ceiling))
    if (!accepted && Number(missing) + recent > allowed) continue
    isEnd = (await confirmKind(pass, kind)) && isEnd
  }
  if (accepted && only === undefined && isEnd) await pass.fenced((tx) => setAccepted(tx, account.no, false))
}

/** @returns whether all were looked at. */
async function confirmKind(pass: Pass, kind: RecordKind): Promise<boolean> {
  const { account, db } = pass
  // The database's own clock: `databaseTime` can be before what was noted just now.
  const { rows: now } = await sql<{ begun: string }>`select clock_timestamp()::text as begun`.execute(db)
  const begun = now[0]?.begun as string
  // A vendor without such a read: a second complete list has to miss it too.
  const canRead = supports(account.adapter, getters[kind])
  const readEach = eachAlone(pass)
  for (;;) {
    const { rows } = await sql<{ ref: string }>`
      select ref from parley.missing where account = ${account.no} and kind = ${kind}
        and (since <= ${begun}::timestamptz or since > ${begun}::timestamptz + interval '1 minute')
        ${canRead ? sql`` : sql`and seen > 1`} order by since, ref limit 1000`.execute(db)
    if (rows.length === 0) return true
    const isEnough = await readEach(
      rows,
      async ({ ref }) => {
        if (canRead) await confirm(pass, kind, ref)
        else await remove(pass, kind, ref, await databaseTime(db))
      },
      // It comes last, in the next run.
      ({ ref }) =>
        pass.fenced(async (tx) => {
          await sql`update parley.missing set since = clock_timestamp() + interval '1 second' where ref = ${ref}`.execute(
            tx,
          )
        }),
    )
    if (!isEnough) return false
  }
}

/** Reads one record. If the vendor says that there is none, the record is deleted. */
async function confirm(pass: Pass, kind: RecordKind, ref: string): Promise<void> {
  const { adapter } = pass.account
  const fetchedAt = await databaseTime(pass.db)
  try {
    const item = await pass.read(kind, ref, 'sweep')
    // A message by itself can have other fields than in its list, which alone is stored.
    if (kind === 'message') await pass.fenced((tx) => forget(tx, ref))
    else {
      const items = [(await withListed(pass.db, adapter, kind, item as never)) as never]
      await pass.store({ kind, items, fetchedAt }, () => async (tx) => {
        await forget(tx, ref)
        if (kind === 'conversation') await markMessagesDue(tx, pass, item.ref)
      })
    }
    // The vendor answers with the record into which it was merged.
    if (kind !== 'message' && item.ref !== ref) await remove(pass, kind, ref, fetchedAt)
  } catch (error) {
    if (!isGone(error)) throw error
    await remove(pass, kind, ref, fetchedAt)
  }
}

/** The read that found the conversation missing may have skipped its messages. If they could not be read, they wait. */
async function markMessagesDue(tx: Db, { account, clock }: Pass, conversation: string): Promise<void> {
  const { rows } = await sql<{ due_at: string }>`
    select due_at from parley.postponed where ref = ${conversation}`.execute(tx)
  await markDue(tx, account.no, [conversation], {
    rank: ranks['catch-up'],
    at: rows[0]?.due_at ?? instantOf(clock.now()),
  })
}

async function remove(pass: Pass, kind: RecordKind, ref: string, fetchedAt: string): Promise<void> {
  await pass.fenced(async (tx, count) => {
    count('deleted', await markDeleted(tx, pass.account.no, kind, [ref], fetchedAt))
    await forget(tx, ref)
  })
}

const forget = async (tx: Db, ref: string): Promise<void> => {
  await tx.deleteFrom('parley.missing').where('ref', '=', ref).execute()
}

/** A vendor that forgets its records one after another never misses many at once. */
async function countsOf(db: Db, account: number, kind: RecordKind): Promise<{ live: number; recent: number }> {
  // The messages of a deleted conversation were deleted with it.
  const own =
    kind === 'message'
      ? sql`and exists (select 1 from parley.conversations c where c.ref = conversation and c.deleted_at is null)`
      : sql``
  const { rows } = await sql<{ live: string; recent: string }>`
    select count(*) filter (where deleted_at is null) as live, count(*) filter (where deleted_at is not null ${own}) as recent
    from ${sql.table(tables[kind])} where account = ${account} and (deleted_at is null or deleted_at > greatest(
      clock_timestamp() - interval '1 day',
      (select (value #>> '{}')::timestamptz from parley.facts where name = ${lastAcceptance(account)})))`.execute(db)
  return { live: Number(rows[0]?.live), recent: Number(rows[0]?.recent) }
}

const lastAcceptance = (account: number): string => `deletions-accepted-${account}`
const acceptance = (account: number): string => `accepts-deletions-${account}`

async function isAccepted(db: Db, account: number): Promise<boolean> {
  const row = await db
    .selectFrom('parley.facts')
    .select('value')
    .where('name', '=', acceptance(account))
    .executeTakeFirst()
  return row !== undefined
}

/** A person accepts that many records are deleted, once. */
export async function setAccepted(db: Db, account: number, accepted: boolean): Promise<void> {
  if (!accepted) {
    await db.deleteFrom('parley.facts').where('name', '=', acceptance(account)).execute()
    await sql`
      insert into parley.facts (name, value) values (${lastAcceptance(account)}, to_jsonb(clock_timestamp()))
      on conflict (name) do update set value = excluded.value`.execute(db)
  } else
    await sql`
      insert into parley.facts (name, value) values (${acceptance(account)}, 'true')
      on conflict (name) do nothing`.execute(db)
}
