import { accountName, type Contact, InvalidRequestError, tryParseRef } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import { digestIn } from './digest.ts'
import { erasedEvent, ofConversations, refsOf, remember, removeMessages, removeNotes } from './erased.ts'
import { announce } from './events.ts'
import type { Schema } from './schema.ts'
import type { Erased, EraseOptions } from './store.ts'
import { storedRecord } from './stored-record.ts'
import { inTransaction } from './transaction.ts'

type Db = Kysely<Schema>

/** Erases a person. `Store.erase` documents it. */
export async function erase(db: Db, ref: string, { forget }: EraseOptions = {}): Promise<Erased> {
  const parts = tryParseRef(ref)
  if (parts?.kind !== 'contact') {
    const problem = 'must be the ref of a contact'
    throw new InvalidRequestError({ message: `erase: contact ${problem}.`, fields: [{ path: 'contact', problem }] })
  }
  const { vendor, account, id } = parts
  // Before anything is erased, so that it can be tried again if this fails.
  await forget?.((await storedRecord(db, 'contact', ref, false)) as Contact | undefined)
  return inTransaction(db, (tx) => eraseAll(tx, ref, accountName(vendor, account), id))
}

async function eraseAll(tx: Db, contact: string, name: string, id: string): Promise<Erased> {
  // Waits for the writers that have looked into the table before. Later ones see the new rows.
  await sql`lock table parley.erased in access exclusive mode`.execute(tx)
  const { rows } = await sql<{ no: number }>`select no from parley.accounts where name = ${name}`.execute(tx)
  const account = rows[0]?.no
  if (account === undefined) {
    await remember(tx, [contact])
    return { conversations: 0, messages: 0 }
  }
  const conversations = await refsOf(
    tx,
    sql`select ref from parley.conversations where account = ${account} and (contact_id = ${id} or contact = ${contact})`,
  )
  const messages = await removeMessages(tx, ofConversations(conversations))
  const isKnown = await refsOf(tx, sql`delete from parley.contacts where ref = ${contact} returning ref`)
  const all = [contact, ...conversations, ...messages]
  await remember(tx, all)
  await removeNotes(tx, account, all, conversations)
  await sql`
    update parley.seen set refs = array(select ref from unnest(refs) as own (ref) where ref <> all(${all}::text[]))
    where account = ${account} and refs && ${all}::text[]`.execute(tx)
  // A payload names the person by the vendor's id.
  const names = (column: string) => sql`exists (
    select 1 from unnest(${[id, ...conversations.flatMap((ref) => tryParseRef(ref)?.id ?? [])]}::text[]) as own (id)
    where strpos(${sql.ref(column)}::text, to_json(own.id)::text) > 0)`
  await sql`delete from parley.hints where account = ${account}
    and (message = any(${messages}::text[]) or contact = ${contact} or ${names('raw')})`.execute(tx)
  await sql`delete from parley.quarantine where account = ${account} and ${names('payload')}`.execute(tx)
  await sql`delete from parley.conversations where ref = any(${conversations}::text[])`.execute(tx)
  await announce(tx, account, [
    ...(isKnown.length > 0 || conversations.length > 0 ? [erasedEvent('contact', contact)] : []),
    ...conversations.map((ref) => erasedEvent('conversation', ref)),
  ])
  return { conversations: conversations.length, messages: messages.length }
}

/** Removes records that belong to erased people, after an import of older ones. */
export async function removeErased(tx: Db): Promise<void> {
  const isErased = (ref: string) => sql`${digestIn(sql.ref(ref))} in (select digest from parley.erased)`
  await removeMessages(tx, sql`${isErased('ref')} or ${isErased('conversation')}`)
  await sql`delete from parley.threads where ${isErased('conversation')}`.execute(tx)
  for (const table of ['conversations', 'contacts'])
    await sql`delete from ${sql.table(`parley.${table}`)} where ${isErased('ref')}`.execute(tx)
  await sql`delete from parley.changes
    where change <> 'erased' and (${isErased('ref')} or ${isErased('conversation')})`.execute(tx)
}
