import { type Kysely, type RawBuilder, sql } from 'kysely'
import { digestIn } from './digest.ts'
import { announce, type Event } from './events.ts'
import type { Schema } from './schema.ts'

type Db = Kysely<Schema>

/** Only digests of erased refs are kept. */
export const remember = async (tx: Db, refs: readonly string[]): Promise<void> => {
  await sql`insert into parley.erased (digest)
    select distinct ${digestIn(sql`ref`)} from unnest(${refs}::text[]) as given (ref)
    on conflict do nothing`.execute(tx)
}

export const erasedEvent = (kind: 'contact' | 'conversation', ref: string): Event => ({
  kind,
  change: 'erased',
  ref,
  conversation: kind === 'conversation' ? ref : null,
  fields: null,
})

/** The refs that a statement returns. */
export async function refsOf(tx: Db, statement: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await (statement as RawBuilder<{ ref: string }>).execute(tx)
  return rows.map(({ ref }) => ref)
}

/** Removes messages, and what the search knows of them. @returns their refs. */
export async function removeMessages(tx: Db, condition: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ ref: string; no: string }>`
    delete from parley.messages where ${condition} returning ref, no`.execute(tx)
  await sql`delete from parley.search where message = any(${rows.map(({ no }) => no)}::bigint[])`.execute(tx)
  return rows.map(({ ref }) => ref)
}

export const ofConversations = (conversations: readonly string[]): RawBuilder<unknown> =>
  sql`conversation = any(${conversations}::text[])`

/**
 * Removes what the sync has noted of records that are erased, and their past changes.
 *
 * @param refs of all of them, also of the conversations.
 */
export async function removeNotes(
  tx: Db,
  account: number,
  refs: readonly string[],
  conversations: readonly string[],
): Promise<void> {
  for (const table of ['threads', 'hints', 'quarantine'])
    await sql`delete from ${sql.table(`parley.${table}`)} where account = ${account} and ${ofConversations(conversations)}`.execute(
      tx,
    )
  for (const table of ['missing', 'postponed'])
    await sql`delete from ${sql.table(`parley.${table}`)} where ref = any(${refs}::text[])`.execute(tx)
  // A consumer that has seen them learns by the event `erased` that they are void.
  await sql`delete from parley.changes
    where change <> 'erased' and (ref = any(${refs}::text[]) or ${ofConversations(conversations)})`.execute(tx)
}

/**
 * Erases the conversations of an erased person that were not stored when the person was erased: the vendor shows only now
 * whose they are. Their messages can be stored already, and no later read must bring them back.
 *
 * @param given conversations, each with the ref of its contact.
 */
export async function eraseOfErased(
  tx: Db,
  account: number,
  given: readonly { ref: string; person: string }[],
): Promise<void> {
  if (given.length === 0) return
  const conversations = await refsOf(
    tx,
    sql`select ref from unnest(${given.map(({ ref }) => ref)}::text[], ${given.map(({ person }) => person)}::text[])
        as given (ref, person)
      where exists (select 1 from parley.erased e where e.digest = ${digestIn(sql.ref('given.person'))})`,
  )
  if (conversations.length === 0) return
  const messages = await removeMessages(tx, ofConversations(conversations))
  const all = [...conversations, ...messages]
  await remember(tx, all)
  await removeNotes(tx, account, all, conversations)
  if (messages.length === 0) return
  await announce(
    tx,
    account,
    conversations.map((ref) => erasedEvent('conversation', ref)),
  )
}
