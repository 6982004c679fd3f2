import {
  accountName,
  type Contact,
  type Conversation,
  functionOption,
  type Message,
  type OptionCheck,
  optional,
  parseRef,
  tryParseRef,
} from '@parley/core'
import { type Kysely, sql } from 'kysely'
import { checkCall, wrongCall } from '../call-options.ts'
import {
  among,
  asInPayload,
  erasedEvent,
  eraseOfErased,
  everErased,
  refsOf,
  remember,
  removeMessages,
  removeNotes,
  removePayloads,
} from './erased.ts'
import { announce } from './events.ts'
import { ownersOf } from './named.ts'
import { idColumn } from './records.ts'
import { type Schema, tables } from './schema.ts'
import type { Erased, EraseOptions } from './store.ts'
import { storedRecord } from './stored-record.ts'
import { inTransaction } from './transaction.ts'

type Db = Kysely<Schema>

/** The ref of a contact. */
export const contactOption: OptionCheck = (value) =>
  tryParseRef(value)?.kind === 'contact' ? undefined : 'must be the ref of a contact'

/** Erases a person. `Store.erase` documents it. */
export async function erase(db: Db, ref: string, options: EraseOptions = {}): Promise<Erased> {
  const problem = contactOption(ref)
  if (problem !== undefined) throw wrongCall('store.erase', 'contact', problem)
  checkCall('store.erase', options, { forget: optional(functionOption) })
  const { forget } = options
  const { vendor, account, id } = parseRef(ref)
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
    sql`select ref from parley.conversations where account = ${account} and (contact_id = ${idColumn(id)} or contact = ${contact})
      union select conversation from parley.subjects where contact = ${contact}`,
  )
  const messages = await removeMessages(tx, among(conversations)('conversation'))
  const elsewhere = await removeMessages(tx, among(await writtenBy(tx, contact))('ref'))
  const isKnown = await refsOf(tx, sql`delete from parley.contacts where ref = ${contact} returning ref`)
  const all = [contact, ...conversations, ...[...messages, ...elsewhere].map(({ ref }) => ref)]
  await remember(tx, all)
  await removeNotes(tx, among(all))
  await removePayloads(tx, [id, ...conversations.flatMap((ref) => tryParseRef(ref)?.id ?? [])].map(asInPayload))
  await sql`delete from parley.conversations where ref = any(${conversations}::text[])`.execute(tx)
  await announce(tx, account, [
    ...(isKnown.length > 0 || conversations.length > 0 ? [erasedEvent('contact', contact)] : []),
    ...conversations.map((ref) => erasedEvent('conversation', ref)),
    ...elsewhere.map(({ ref, conversation }) => erasedEvent('message', ref, conversation)),
  ])
  return { conversations: conversations.length, messages: messages.length + elsewhere.length }
}

/**
 * The other messages of a person: in the conversations of others, and in those that are not stored. No column has their
 * people, because every message would be slower to store: this looks through all texts of the account.
 */
export async function writtenBy(db: Db, contact: string): Promise<string[]> {
  const { vendor, account, id } = parseRef(contact)
  const { rows } = await sql<{ ref: string; body: Message }>`
    select ref, body from parley.messages
    where account = (select no from parley.accounts where name = ${accountName(vendor, account)}) and strpos(body::text, ${JSON.stringify(id)}) > 0`.execute(
    db,
  )
  return rows.flatMap(({ ref, body }) => (ownersOf('message', body).split(' ').includes(contact) ? ref : []))
}

/** How many records are looked at together. */
const perPage = 500

/** Erases the records that have an erased person, of whom the file has only a digest. */
async function eraseOwned(tx: Db, kind: 'conversation' | 'message'): Promise<void> {
  for (let after = ''; ; ) {
    const { rows } = await sql<{ ref: string; account: number; body: Conversation | Message }>`
      select ref, account, body from ${sql.table(tables[kind])} where ref > ${after} order by ref limit ${perPage}`.execute(
      tx,
    )
    const last = rows.at(-1)
    if (!last) return
    after = last.ref
    for (const account of new Set(rows.map((row) => row.account))) {
      const own = rows.filter((row) => row.account === account)
      await eraseOfErased(
        tx,
        account,
        kind,
        own.map(({ ref, body }) => ({ ref, owners: ownersOf(kind, body) })),
      )
    }
  }
}

/** Removes what belongs to erased people, after an import of digests. */
export async function removeErased(tx: Db): Promise<void> {
  await removeMessages(tx, everErased('ref', 'conversation'))
  for (const table of ['conversations', 'contacts'])
    await sql`delete from ${sql.table(`parley.${table}`)} where ${everErased('ref')}`.execute(tx)
  await removeNotes(tx, everErased)
  await removePayloads(tx)
  await eraseOwned(tx, 'conversation')
  await eraseOwned(tx, 'message')
}
