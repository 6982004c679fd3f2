import { accountName, type Contact, InvalidRequestError, tryParseRef } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import {
  among,
  asInPayload,
  erasedEvent,
  everErased,
  refsOf,
  remember,
  removeMessages,
  removeNotes,
  removePayloads,
} from './erased.ts'
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
  const messages = await removeMessages(tx, among(conversations)('conversation'))
  const isKnown = await refsOf(tx, sql`delete from parley.contacts where ref = ${contact} returning ref`)
  const all = [contact, ...conversations, ...messages]
  await remember(tx, all)
  await removeNotes(tx, among(all))
  await removePayloads(tx, [id, ...conversations.flatMap((ref) => tryParseRef(ref)?.id ?? [])].map(asInPayload))
  await sql`delete from parley.conversations where ref = any(${conversations}::text[])`.execute(tx)
  await announce(tx, account, [
    ...(isKnown.length > 0 || conversations.length > 0 ? [erasedEvent('contact', contact)] : []),
    ...conversations.map((ref) => erasedEvent('conversation', ref)),
  ])
  return { conversations: conversations.length, messages: messages.length }
}

/** Removes what belongs to erased people, after an import of digests. */
export async function removeErased(tx: Db): Promise<void> {
  await removeMessages(tx, everErased('ref', 'conversation'))
  for (const table of ['conversations', 'contacts'])
    await sql`delete from ${sql.table(`parley.${table}`)} where ${everErased('ref')}`.execute(tx)
  await removeNotes(tx, everErased)
  await removePayloads(tx)
}
