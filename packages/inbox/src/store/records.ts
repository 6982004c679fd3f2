import {
  type Agent,
  type Contact,
  type Conversation,
  encodeRefId,
  type JsonObject,
  type Message,
  serialize,
} from '@parley/core'
import { type Kysely, sql } from 'kysely'
import { isOfFuture, storableTime } from './database-time.ts'
import { differences } from './differences.ts'
import { digestOf, stableJson } from './digest.ts'
import { eraseOfErased } from './erased.ts'
import { announce, type Event } from './events.ts'
import { measuredColumns, measuredConversation, measuredMessage } from './measured.ts'
import { columnsAt, conversationOf, isAt, type MessagePlace, move, placed, placesOf } from './message-order.ts'
import { ownersOf } from './named.ts'
import { type RecordKind, recordSchema, type Schema, tables } from './schema.ts'
import { searchVector, storable } from './search-words.ts'
import { textArray } from './text-array.ts'

type Db = Kysely<Schema>

export interface RecordOf {
  agent: Agent
  contact: Contact
  conversation: Conversation
  message: Message
}

/** Records that were read together. */
export interface Batch<Kind extends RecordKind = RecordKind> {
  kind: Kind
  /** The number of the account in the store. */
  account: number
  items: readonly RecordOf[Kind][]
  /** When the read began, by the clock of the database (`databaseTime`). */
  fetchedAt: string
  /**
   * For a page of a thread, newest first, in the vendor's order: what `endOf` returns for the pages before. Without this, and
   * without `places`, stored messages stay where they are.
   */
  before?: readonly Message[]
  /** The places of messages. */
  places?: ReadonlyMap<string, MessagePlace>
  /**
   * Writes also what has not changed, so that a page that was read before, and comes later, does not change it. For a few
   * records that are read because something just happened to them.
   */
  isLatest?: boolean
  /** Whether the vendor's payloads are stored as well. */
  keepPayloads?: boolean
}

/** What became of the records of a batch. */
export interface Written {
  added: string[]
  /** Updated, or restored after a deletion. */
  updated: string[]
  unchanged: number
  /** The store has a newer version, or the record is about a person who was erased. */
  skipped: number
}

/** A record as it is written. */
export interface Row {
  ref: string
  item: RecordOf[RecordKind]
  hash: string
  body: string
  raw: string | null
  version: string | null
  /** The text that a search finds a message by. */
  text: string | null
  columns: Record<string, unknown>
}

/** What the store has of a record. */
interface Stored {
  ref: string
  hash: string
  fetched_at: string
  version: string | null
  is_deleted: boolean
  /** Of a message; of other records nothing. */
  sort_at: string
  position: number
}

/** A record that cannot be stored. */
interface Refused {
  item: unknown
  reason: string
}

/** The records as they are written, each once, and those that cannot be: their payload is nested too deeply. */
export function rowsOf<Kind extends RecordKind>(batch: Batch<Kind>): { rows: Row[]; bad: Refused[] } {
  const rows = new Map<string, Row>()
  const bad: Refused[] = []
  for (const item of batch.items)
    try {
      // A vendor that sends an item twice on one page sends the newer one first.
      if (rows.has(item.ref)) continue
      rows.set(item.ref, rowOf(batch, item))
    } catch {
      bad.push({ item, reason: `A ${batch.kind} cannot be written as JSON.` })
    }
  return { rows: [...rows.values()], bad }
}

/**
 * Compares the records with the stored ones and finds those that must be written. This writes nothing, so it can be done
 * before a transaction begins.
 */
export async function compareRows(db: Db, batch: Omit<Batch, 'items'>, rows: readonly Row[]): Promise<Comparison> {
  const { kind, before = [], isLatest } = batch
  const refs = [...rows, ...before].map(({ ref }) => ref)
  const known = new Map((await storedOf(db, kind, refs)).map((stored) => [stored.ref, stored]))
  const changed = withPlaces(batch, rows, known).filter((row) => {
    const stored = known.get(row.ref)
    return (
      isLatest ||
      stored === undefined ||
      stored.hash !== row.hash ||
      stored.is_deleted ||
      (kind === 'message' && !isAt(stored, row.columns))
    )
  })
  return { batch, rows: changed, known, unchanged: rows.length - changed.length }
}

/** The rows of messages with their places, as far as these depend on what is stored. */
function withPlaces(
  { kind, before, places }: Omit<Batch, 'items'>,
  rows: readonly Row[],
  known: ReadonlyMap<string, Stored>,
): readonly Row[] {
  if (kind !== 'message' || places) return rows
  const timeOf = ({ columns }: Row) => (columns['sort_at'] === '-infinity' ? null : (columns['sort_at'] as string))
  const page = rows.map((row) => ({ ref: row.ref, time: timeOf(row) }))
  const found = before && placesOf(before.map(placed), page, (ref) => known.get(ref)?.position)
  return rows.map((row) => {
    const stored = known.get(row.ref)
    const isThere = stored && (timeOf(row) ?? stored.sort_at) === stored.sort_at
    const place = found?.get(row.ref) ?? (isThere ? { at: stored.sort_at, position: stored.position } : undefined)
    return place ? { ...row, columns: { ...row.columns, ...columnsAt(place) } } : row
  })
}

/** What `compareRows` found. */
export interface Comparison {
  readonly batch: Omit<Batch, 'items'>
  /** The rows that differ from the stored ones. */
  readonly rows: readonly Row[]
  readonly known: ReadonlyMap<string, Stored>
  readonly unchanged: number
}

/**
 * Writes what `compareRows` found, with its search words and its events in the change feed. Call it in a transaction, together
 * with the checkpoint. A record that was read before the stored one, or whose vendor's version is older, changes nothing.
 */
export async function write(tx: Db, comparison: Comparison): Promise<Written> {
  const { batch, known, unchanged } = comparison
  const { kind } = batch
  const isMoved = ({ ref, hash }: Row): boolean =>
    kind === 'message' && !batch.isLatest && known.get(ref)?.hash === hash && known.get(ref)?.is_deleted === false
  const moved = comparison.rows.filter(isMoved)
  const rows = comparison.rows.filter((row) => !isMoved(row))
  const written: Written = { added: [], updated: [], unchanged: unchanged + moved.length, skipped: 0 }
  await move(
    tx,
    moved.map(({ ref, columns }) => ({
      ref,
      at: columns['sort_at'] as string,
      position: columns['position'] as number,
    })),
  )
  if (rows.length === 0) return written
  const before = await bodiesOf(
    tx,
    kind,
    rows.map(({ ref }) => ref).filter((ref) => known.has(ref)),
  )
  const done = await upsert(tx, batch, rows)
  if (done.size < rows.length)
    await eraseOfErased(
      tx,
      batch.account,
      kind,
      rows.flatMap(({ ref, item }) => (done.has(ref) ? [] : { ref, owners: ownersOf(kind, item) })),
    )
  written.skipped += rows.length - done.size
  const events: Event[] = []
  for (const row of rows) {
    const result = done.get(row.ref)
    if (!result) continue
    const stored = known.get(row.ref)
    const change = result.is_new ? 'added' : stored?.is_deleted ? 'restored' : 'updated'
    const fields = change === 'updated' ? differences(kind, before.get(row.ref), JSON.parse(row.body)) : null
    // Only its place in the thread has changed.
    if (fields && Object.keys(fields).length === 0) {
      written.unchanged++
      continue
    }
    if (result.is_new) written.added.push(row.ref)
    else written.updated.push(row.ref)
    events.push({ kind, change, ref: row.ref, conversation: conversationIn(kind, row), fields })
  }
  if (kind === 'message') await index(tx, batch.account, rows, done)
  await announce(tx, batch.account, events)
  return written
}

/** Compares and writes. */
export async function writeRecords<Kind extends RecordKind>(tx: Db, batch: Batch<Kind>): Promise<Written> {
  return write(tx, await compareRows(tx, batch, rowsOf(batch).rows))
}

const filled = (value: string | null | undefined): string | null =>
  value === undefined ? null : value === null ? '' : storable(value)

/** An id as it is compared: as in refs, so that two that differ stay different. '' where the vendor says that there is none. */
export const idColumn = (id: string | null | undefined): string | null =>
  id === undefined ? null : id ? encodeRefId(id) : ''

/** Addresses as they are looked up. Contacts whose addresses differ can have the same: compare them once more. */
export const plainEmail = (email: string): string => email.replace(/\s/g, '').normalize('NFC').toLowerCase()
export const plainPhone = (phone: string): string => phone.replace(/\D/g, '')

/** The text that the filter `search` of a list looks through. */
const wordsOf = (...texts: (string | null | undefined)[]): string =>
  storable(
    texts
      .filter((text) => text)
      .join('\n')
      .toLowerCase(),
  )

export function rowOf<Kind extends RecordKind>(batch: Omit<Batch<Kind>, 'items'>, item: RecordOf[Kind]): Row {
  const columns = columnsOf(batch, item)
  return {
    ref: item.ref,
    item,
    hash: digestOf(stableJson(item)).toString('hex'),
    body: serialize(item),
    raw: batch.keepPayloads && item.raw !== undefined ? JSON.stringify(item.raw) : null,
    version: storableTime(item.updatedAt),
    text: batch.kind === 'message' ? ((item as Message).text ?? null) : null,
    columns,
  }
}

/** The columns that one kind has more than the others. */
function columnsOf<Kind extends RecordKind>(
  { kind, places }: Omit<Batch<Kind>, 'items'>,
  item: RecordOf[RecordKind],
): Record<string, unknown> {
  if (kind === 'conversation') {
    const { lastActivityAt, unreadCount, isStarred, status, channel, agentId, contact, assignee, control, ...rest } =
      item as Conversation
    return {
      sort_at: storableTime(lastActivityAt) ?? '-infinity',
      unread: unreadCount ?? null,
      is_starred: isStarred ?? null,
      status: status.value === 'unknown' ? null : status.value,
      channel: channel?.value === 'unknown' ? null : filled(channel === null ? null : channel?.value),
      agent_id: filled(agentId),
      contact_id: idColumn(contact === null ? null : contact?.id),
      assignee_id: idColumn(assignee === null ? null : assignee?.id),
      contact: contact?.ref ?? null,
      control: control.holder,
      ...measuredConversation(item as Conversation),
      words: wordsOf(
        rest.title,
        rest.summary,
        contact?.name,
        contact?.email,
        contact?.phone,
        rest.lastMessage?.text?.slice(0, 2000),
      ),
    }
  }
  if (kind === 'message') {
    const { ref, createdAt, text, direction, author } = item as Message
    const place = places?.get(ref) ?? { at: storableTime(createdAt) ?? '-infinity', position: 0 }
    return {
      ...columnsAt(place),
      is_partial: text === undefined,
      from_contact: direction === 'inbound' && /^(?:contact|unknown)$/.test(author.kind),
      conversation: conversationOf(item as Message),
      ...measuredMessage(item as Message),
    }
  }
  if (kind === 'contact') {
    const { email, phone, externalId, name, firstName, lastName, companyName } = item as Contact
    return {
      email: filled(email && plainEmail(email)),
      phone: filled(phone && plainPhone(phone)),
      external_id: idColumn(externalId),
      words: wordsOf(name, firstName, lastName, companyName, email, phone),
    }
  }
  return {}
}

const conversationIn = (kind: RecordKind, row: Row): string | null =>
  kind === 'conversation' ? row.ref : kind === 'message' ? (row.columns['conversation'] as string) : null

/** The columns of each kind besides those of every record, with their types. */
const ownColumns: Readonly<Record<RecordKind, Readonly<Record<string, string>>>> = {
  agent: {},
  contact: { email: 'text', phone: 'text', external_id: 'text', words: 'text' },
  conversation: {
    ...{ sort_at: 'timestamptz', unread: 'integer', is_starred: 'boolean', status: 'text', channel: 'text' },
    ...{ agent_id: 'text', contact_id: 'text', assignee_id: 'text', contact: 'text', control: 'text', words: 'text' },
    ratings: 'text',
  },
  message: {
    ...{ sort_at: 'timestamptz', position: 'integer', is_partial: 'boolean', from_contact: 'boolean' },
    conversation: 'text',
    ...measuredColumns,
  },
}

async function storedOf(db: Db, kind: RecordKind, refs: readonly string[]): Promise<Stored[]> {
  if (refs.length === 0) return []
  const place = kind === 'message' ? sql`sort_at, position` : sql`'' as sort_at, 0 as position`
  const { rows: stored } = await sql<Stored>`
    select ref, encode(hash, 'hex') as hash, fetched_at, version, deleted_at is not null as is_deleted, ${place}
    from ${sql.table(tables[kind])} where ref = any(${refs}::text[])`.execute(db)
  return stored
}

async function bodiesOf(db: Db, kind: RecordKind, refs: readonly string[]): Promise<Map<string, JsonObject>> {
  if (refs.length === 0) return new Map()
  const { rows } = await sql<{ ref: string; body: JsonObject }>`
    select ref, body from ${sql.table(tables[kind])} where ref = any(${refs}::text[])`.execute(db)
  return new Map(rows.map(({ ref, body }) => [ref, body]))
}

interface Upserted {
  ref: string
  is_new: boolean
  no: string | null
}

async function upsert(
  tx: Db,
  { kind, account, fetchedAt }: Omit<Batch, 'items'>,
  rows: readonly Row[],
): Promise<Map<string, Upserted>> {
  const own = Object.entries(ownColumns[kind])
  const names = own.map(([name]) => sql.ref(name))
  const table = sql.table(tables[kind])
  const values = own.map(([name, type]) => {
    return sql`${rows.map(({ columns }) => columns[name])}::${sql.raw(type)}[]`
  })
  const all = [...['hash', 'body', 'raw', 'version', 'fetched_at', 'schema'].map((name) => sql.ref(name)), ...names]
  const { rows: done } = await sql<Upserted>`
    insert into ${table} as stored (account, fetched_at, schema, ref, hash, body, raw, version
      ${names.length > 0 ? sql`, ${sql.join(names)}` : sql``})
    select ${account}, ${fetchedAt}::timestamptz, ${recordSchema}, given.ref, decode(given.hash, 'hex'), given.body::json,
      given.raw::json, given.version ${names.length > 0 ? sql`, ${sql.join(names.map((name) => sql`given.${name}`))}` : sql``}
    from unnest(${textArray(rows.map(({ ref }) => ref))}::text[], ${textArray(rows.map(({ hash }) => hash))}::text[],
      ${textArray(rows.map(({ body }) => body))}::text[], ${textArray(rows.map(({ raw }) => raw))}::text[],
      ${rows.map(({ version }) => version)}::timestamptz[], ${textArray(rows.map(({ item }) => ownersOf(kind, item)))}::text[]
      ${values.length > 0 ? sql`, ${sql.join(values)}` : sql``})
      as given (ref, hash, body, raw, version, owners ${names.length > 0 ? sql`, ${sql.join(names)}` : sql``})
    -- What belongs to a person who was erased must not come back.
    where ((select not exists (select from parley.erased)) or not parley.is_erased(string_to_array(given.owners, ' ')))
      ${kind === 'message' ? notDeletedSince(fetchedAt) : sql``}
    -- In one order everywhere, so that two writers cannot wait for each other.
    order by given.ref collate "C"
    on conflict (ref) do update set
      ${sql.join(all.map((name) => sql`${name} = excluded.${name}`))}, deleted_at = null
    where (excluded.fetched_at >= stored.fetched_at or ${isOfFuture('stored')})
      and (stored.version is null or excluded.version is null or excluded.version >= stored.version
        -- A vendor that went back in time, and not a read of an old copy.
        or excluded.fetched_at > stored.fetched_at + interval '1 hour')
    returning ref, (xmax = 0) as is_new, ${kind === 'message' ? sql`no` : sql`null`} as no`.execute(tx)
  return new Map(done.map((row) => [row.ref, row]))
}

/** Leaves out the messages of a conversation that was found to be deleted after they were read. */
const notDeletedSince = (fetchedAt: string) => sql`and not exists (
  select 1 from parley.conversations c
  where c.ref = given.conversation and c.deleted_at is not null and c.fetched_at >= ${fetchedAt}::timestamptz)`

/** Writes the words of the messages for the search. A message without text has none. */
async function index(
  tx: Db,
  account: number,
  rows: readonly Pick<Row, 'ref' | 'text' | 'columns'>[],
  done: ReadonlyMap<string, Upserted>,
): Promise<void> {
  const numbers: string[] = []
  const texts: string[] = []
  const times: string[] = []
  const silent: string[] = []
  for (const row of rows) {
    const result = done.get(row.ref)
    if (!result) continue
    const { text } = row
    if (text) {
      numbers.push(result.no as string)
      texts.push(searchVector(text))
      times.push(row.columns['sort_at'] as string)
    } else if (!result.is_new) silent.push(result.no as string)
  }
  if (silent.length > 0) await sql`delete from parley.search where message = any(${silent}::bigint[])`.execute(tx)
  if (numbers.length === 0) return
  await sql`
    insert into parley.search (message, account, created_at, words)
    select message, ${account}, created_at, text::tsvector
    from unnest(${numbers}::bigint[], ${times}::timestamptz[], ${textArray(texts)}::text[]) as given (message, created_at, text)
    on conflict (message) do update set created_at = excluded.created_at, words = excluded.words`.execute(tx)
}

/**
 * Completes a message of which the list omits the text. Its hash stays that of the list, so that the list does not seem to
 * change it back.
 *
 * @param message the complete message; `null`: the vendor does not show more of it.
 */
export async function completeMessage(
  tx: Db,
  account: number,
  listed: { ref: string; hash: string },
  message: Message | null,
): Promise<void> {
  if (message) await eraseOfErased(tx, account, 'message', [{ ref: listed.ref, owners: ownersOf('message', message) }])
  const body = message && serialize(message)
  const { rows } = await sql<{ no: string; sort_at: string; conversation: string }>`
    update parley.messages set is_partial = false, body = coalesce(${body}::json, body)
    where ref = ${listed.ref} and hash = decode(${listed.hash}, 'hex') and is_partial
    returning no, sort_at, conversation`.execute(tx)
  const [row] = rows
  if (!row || body === null) return
  const { sort_at, conversation } = row
  const written = { ref: listed.ref, text: message?.text ?? null, columns: { sort_at, conversation } }
  await index(tx, account, [written], new Map([[listed.ref, { ref: listed.ref, is_new: false, no: row.no }]]))
  await announce(tx, account, [
    { kind: 'message', change: 'updated', ref: listed.ref, conversation, fields: { text: true } },
  ])
}
