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

/** The refs that a statement returns. Of messages, what the search knows of them is removed. */
export async function refsOf(tx: Db, statement: RawBuilder<unknown>, ofMessages = false): Promise<string[]> {
  const { rows } = await (statement as RawBuilder<{ ref: string; no?: string }>).execute(tx)
  if (ofMessages)
    await sql`delete from parley.search where message = any(${rows.map(({ no }) => no)}::bigint[])`.execute(tx)
  return rows.map(({ ref }) => ref)
}

/** The messages of these conversations are removed. */
export const removeMessages = (tx: Db, conversations: readonly string[]): Promise<string[]> =>
  refsOf(
    tx,
    sql`delete from parley.messages where conversation = any(${conversations}::text[]) returning ref, no`,
    true,
  )

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
  const messages = await removeMessages(tx, conversations)
  await remember(tx, [...conversations, ...messages])
  for (const table of ['threads', 'hints', 'quarantine'])
    await sql`delete from ${sql.table(`parley.${table}`)}
      where account = ${account} and conversation = any(${conversations}::text[])`.execute(tx)
  if (messages.length === 0) return
  for (const table of ['missing', 'postponed'])
    await sql`delete from ${sql.table(`parley.${table}`)}
      where ref = any(${[...conversations, ...messages]}::text[])`.execute(tx)
  await sql`delete from parley.changes
    where change <> 'erased' and conversation = any(${conversations}::text[])`.execute(tx)
  await announce(
    tx,
    account,
    conversations.map((ref) => erasedEvent('conversation', ref)),
  )
}
