import { type Kysely, type RawBuilder, sql } from 'kysely'
import { digestIn } from './digest.ts'
import { announce, type Event } from './events.ts'
import { refsNamed } from './named.ts'
import type { RecordKind, Schema } from './schema.ts'

type Db = Kysely<Schema>

/** Only digests of erased refs are kept. */
export const remember = async (tx: Db, refs: readonly string[]): Promise<void> => {
  await sql`insert into parley.erased (digest)
    select distinct ${digestIn(sql`ref`)} from unnest(${refs}::text[]) as given (ref)
    on conflict do nothing`.execute(tx)
}

export const erasedEvent = (kind: RecordKind, ref: string, conversation: string | null = null): Event => ({
  kind,
  change: 'erased',
  ref,
  conversation: kind === 'conversation' ? ref : conversation,
  fields: null,
})

/** The refs that a statement returns. */
export async function refsOf(tx: Db, statement: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await (statement as RawBuilder<{ ref: string }>).execute(tx)
  return rows.map(({ ref }) => ref)
}

/** Whether one of some columns has a ref that is erased. */
export type Erased = (...columns: string[]) => RawBuilder<unknown>

const anyOf = (condition: (column: string) => RawBuilder<unknown>): Erased => {
  return (...columns) => sql`(${sql.join(columns.map(condition), sql` or `)})`
}

/** By the refs themselves. */
export const among = (refs: readonly string[]): Erased =>
  anyOf((column) => sql`${sql.ref(column)} = any(${refs}::text[])`)

/** By all digests, for a statement that looks at every row of a table. */
export const everErased: Erased = anyOf(
  (column) => sql`${digestIn(sql.ref(column))} in (select digest from parley.erased)`,
)

/** Removes messages, and what the search knows of them. */
export async function removeMessages(
  tx: Db,
  condition: RawBuilder<unknown>,
): Promise<{ ref: string; conversation: string }[]> {
  const { rows } = await sql<{ ref: string; conversation: string; no: string }>`
    delete from parley.messages where ${condition} returning ref, conversation, no`.execute(tx)
  await sql`delete from parley.search where message = any(${rows.map(({ no }) => no)}::bigint[])`.execute(tx)
  return rows
}

/** The columns with the refs of what the sync has noted, and of what people have added. The triggers of these tables look at the same. */
const notes = {
  threads: ['conversation'],
  hints: ['conversation', 'message', 'contact'],
  quarantine: ['conversation'],
  missing: ['ref'],
  postponed: ['ref'],
  subjects: ['conversation', 'contact'],
  overlays: ['conversation'],
  outbox: ['conversation'],
  audit: ['target'],
  links: ['a', 'b'],
} as const

/** Removes what the sync has noted of records that are erased, what people have added to them, and their past changes. */
export async function removeNotes(tx: Db, isErased: Erased): Promise<void> {
  for (const [table, columns] of Object.entries(notes))
    await sql`delete from ${sql.table(`parley.${table}`)} where ${isErased(...columns)}`.execute(tx)
  await sql`update parley.threads set newest_ref = null where ${isErased('newest_ref')}`.execute(tx)
  await sql`
    update parley.seen set refs = array(select ref from unnest(refs) as own (ref) where not ${isErased('ref')})
    where exists (select from unnest(refs) as own (ref) where ${isErased('ref')})`.execute(tx)
  await sql`
    delete from parley.checkpoints where exists (
      select from unnest(string_to_array(part, ' ') || (position #>> '{}')) as own (ref) where ${isErased('ref')})`.execute(
    tx,
  )
  // A consumer that has seen them learns by the event `erased` that they are void.
  await sql`delete from parley.changes where change <> 'erased' and ${isErased('ref', 'conversation')}`.execute(tx)
}

/** How many payloads are looked at together. */
const perPage = 100

/**
 * Removes the vendor's payloads that name what is erased. A hint that is still to be followed stays, without its payload.
 *
 * @param texts only payloads that have one of them somewhere. Default: all.
 */
export async function removePayloads(tx: Db, texts?: readonly string[]): Promise<void> {
  for (const [table, column] of [
    ['hints', 'raw'],
    ['quarantine', 'payload'],
  ] as const) {
    const name = sql.table(`parley.${table}`)
    const has = texts
      ? sql`exists (select from unnest(${texts}::text[]) as own (part) where strpos(${sql.ref(column)}::text, own.part) > 0)`
      : sql`true`
    for (let after = '(0,0)'; ; ) {
      const { rows } = await sql<{ place: string; account: string; payload: unknown }>`
        select own.ctid::text as place, account.name as account, ${sql.ref(column)} as payload
        from ${name} as own join parley.accounts as account on account.no = own.account
        where own.ctid > ${after}::tid and ${sql.ref(column)} is not null and ${has}
        order by own.ctid limit ${perPage}`.execute(tx)
      const named = rows.map(({ account, payload }) => refsNamed(account, payload).join(' '))
      const { rows: gone } = await sql<{ place: string }>`
        select place from unnest(${rows.map(({ place }) => place)}::text[], ${named}::text[]) as given (place, refs)
        where parley.is_erased(string_to_array(refs, ' '))`.execute(tx)
      const places = gone.map(({ place }) => place)
      const isHere = sql`ctid = any(${places}::text[]::tid[])`
      const isDue = table === 'hints' ? sql`due_at is not null` : sql`false`
      await sql`delete from ${name} where ${isHere} and not ${isDue}`.execute(tx)
      if (table === 'hints') await sql`update parley.hints set raw = null where ${isHere} and ${isDue}`.execute(tx)
      if (rows.length < perPage) break
      after = (rows.at(-1) as { place: string }).place
    }
  }
}

/** A payload has an id as a text, a number, or a key. */
export const asInPayload = (id: string): string => JSON.stringify(id).slice(1, -1)

/**
 * Erases records that a vendor shows to be of an erased person only after the person was erased. Of a conversation, the
 * messages can be stored already, and no later read must bring them back.
 *
 * @param refused records that were not written, each with its owners (`ownersOf`).
 */
export async function eraseOfErased(
  tx: Db,
  account: number,
  kind: RecordKind,
  refused: readonly { ref: string; owners: string }[],
): Promise<void> {
  if (refused.length === 0) return
  const found = await refsOf(
    tx,
    sql`select ref from unnest(${refused.map(({ ref }) => ref)}::text[], ${refused.map(({ owners }) => owners)}::text[])
        as given (ref, owners)
      where parley.is_erased(string_to_array(owners, ' ')) and not parley.is_erased(array[ref])`,
  )
  if (found.length === 0) return
  const messages = await removeMessages(tx, among(found)('ref', 'conversation'))
  const conversations = await refsOf(
    tx,
    sql`delete from parley.conversations where ${among(found)('ref')} returning ref`,
  )
  const all = [...new Set([...found, ...messages.map(({ ref }) => ref)])]
  await remember(tx, all)
  await removeNotes(tx, among(all))
  const events =
    kind === 'message'
      ? messages.map(({ ref, conversation }) => erasedEvent('message', ref, conversation))
      : messages.length + conversations.length > 0
        ? found.map((ref) => erasedEvent('conversation', ref))
        : []
  await announce(tx, account, events)
}
