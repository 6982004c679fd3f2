import { accountName, isParleyError } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import { wrongCall } from '../call-options.ts'
import { removeErased } from './erase.ts'
import { announce } from './events.ts'
import { isOfPeople, storeOfPeople } from './import-desk.ts'
import { type Checked, checkLine, type Line, type Lines, noLines, wrongLine } from './import-lines.ts'
import { compareRows, type RecordOf, type Row, rowOf, write } from './records.ts'
import { type RecordKind, type Schema, tables } from './schema.ts'
import type { Imported } from './store.ts'
import { markUnread } from './threads.ts'
import { isRefusedValue } from './transaction.ts'

type Db = Kysely<Schema>

/** How many lines are written at once, and about how many characters. */
const mostLines = 500
const mostCharacters = 4_000_000

/** Imports an export, all of it or nothing. `Store.import` documents it. */
export async function importLines(db: Db, lines: AsyncIterable<string> | Iterable<string>): Promise<Imported> {
  if (!isIterable(lines))
    throw wrongCall('store.import', 'lines', 'must be an iterable of strings, the lines of an export')
  return db.transaction().execute(async (tx) => {
    // The caller may take its time for the next lines.
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
    const file = await begin(tx)
    let number = 0
    let length = 0
    let batch: Checked[] = []
    const flush = async () => {
      await storeOrRefuse(tx, file, batch)
      batch = []
      length = 0
    }
    for await (const text of lines) {
      number++
      if (typeof text !== 'string') throw wrongLine(number, 'is not a string')
      if (text.trim() === '') continue
      const line = checkLine(file.lines, number, text)
      if (!line) continue
      const isOther = batch.length > 0 && batch[0]?.kind !== line.kind
      if (isOther || batch.length === mostLines || length > mostCharacters) await flush()
      batch.push(line)
      length += text.length
    }
    await flush()
    if (file.lines.state !== 'ended')
      throw wrongLine(number + 1, number === 0 ? 'is missing: the file is empty' : 'is missing: the file is cut off')
    if (file.hasErased) await removeErased(tx)
    await markUnread(tx, [...file.accounts.values()])
    return { added: file.added, updated: file.updated, unchanged: file.unchanged, skipped: file.skipped }
  })
}

/** A string is refused, although it has characters to iterate: it is a whole file, or one line of it. */
function isIterable(value: unknown): boolean {
  try {
    const { [Symbol.iterator]: each, [Symbol.asyncIterator]: eachLater } = value as Partial<
      Iterable<unknown> & AsyncIterable<unknown>
    >
    return typeof value !== 'string' && (typeof each === 'function' || typeof eachLater === 'function')
  } catch {
    // Nothing, or a proxy that cannot be read.
    return false
  }
}

interface File extends Imported {
  lines: Lines
  /** The numbers of the accounts by name. */
  accounts: Map<string, number>
  /** Whether the store was empty. Then it gets the history of the file, and no events of its own. */
  isFirst: boolean
  hasErased: boolean
}

async function begin(tx: Db): Promise<File> {
  const { rows } = await sql<{ is_used: boolean }>`
    select exists (select 1 from parley.accounts) or exists (select 1 from parley.changes) as is_used`.execute(tx)
  return {
    ...{ lines: noLines(), accounts: new Map(), isFirst: !rows[0]?.is_used, hasErased: false },
    ...{ added: 0, updated: 0, unchanged: 0, skipped: 0 },
  }
}

/** Whether the database refuses what a line has. 21000: two lines have the same key. */
const isRefusedLine = (error: unknown): error is Error =>
  isRefusedValue(error) || (isParleyError(error) && error.vendorCode === '21000')

/** Stores lines of one kind. If the database refuses them, the error names the first line with which it does. */
async function storeOrRefuse(tx: Db, file: File, batch: readonly Checked[]): Promise<void> {
  const refusalOf = async (lines: readonly Checked[]): Promise<Error | undefined> => {
    await sql`savepoint lines`.execute(tx)
    try {
      await store(tx, file, lines)
      return undefined
    } catch (error) {
      if (!isRefusedLine(error)) throw error
      await sql`rollback to savepoint lines`.execute(tx)
      return error
    }
  }
  const refusal = await refusalOf(batch)
  if (!refusal) return void (await sql`release savepoint lines`.execute(tx))
  // How many of the first lines are accepted together, and how many are not.
  let [accepted, refused] = [0, batch.length]
  while (refused - accepted > 1) {
    const middle = Math.floor((accepted + refused) / 2)
    if (await refusalOf(batch.slice(0, middle))) refused = middle
    else accepted = middle
    await sql`rollback to savepoint lines`.execute(tx)
  }
  throw wrongLine((batch[accepted] as Checked).number, `is refused: ${refusal.message.replace(/\.$/, '')}`)
}

async function store(tx: Db, file: File, batch: readonly Checked[]): Promise<void> {
  const [first] = batch
  if (!first) return
  const { kind } = first
  if (kind === 'account') return storeAccounts(tx, file, batch)
  if (kind === 'erased') return storeErased(tx, file, batch)
  if (Object.hasOwn(tables, kind)) return storeRecords(tx, file, kind as RecordKind, batch)
  const rows = batch.map(({ line }) => ({ ...line, no: file.accounts.get(line['account'] as string) as number }))
  if (isOfPeople(kind)) return storeOfPeople(tx, file.isFirst, kind, rows)
  const json = sql`${JSON.stringify(rows)}::jsonb`
  if (kind === 'stream')
    await sql`
      insert into parley.streams (account, stream, started_at, finished_at, caught_up_at)
      select no, stream, "startedAt", "finishedAt", "caughtUpAt" from jsonb_to_recordset(${json}) as given (
        no smallint, stream text, "startedAt" timestamptz, "finishedAt" timestamptz, "caughtUpAt" timestamptz)
      on conflict do nothing`.execute(tx)
  else if (kind === 'checkpoint')
    await sql`
      insert into parley.checkpoints (account, stream, part, position)
      select no, stream, part, position from jsonb_to_recordset(${json}) as given (
        no smallint, stream text, part text, position jsonb)
      on conflict do nothing`.execute(tx)
  else if (kind === 'thread')
    await sql`
      insert into parley.threads as known (
        account, conversation, is_complete, is_whole, due_at, read_from, verified_at, newest_at, newest_ref)
      select no, conversation, "isComplete", "isWhole", case when "isDue" then clock_timestamp() end, "readFrom", "verifiedAt",
        "newestAt", "newestRef"
      from jsonb_to_recordset(${json}) as given (no smallint, conversation text, "isComplete" boolean, "isWhole" boolean, "isDue" boolean,
        "readFrom" timestamptz, "verifiedAt" timestamptz, "newestAt" timestamptz, "newestRef" text)
      on conflict (conversation) do update set is_complete = known.is_complete or excluded.is_complete,
        is_whole = known.is_whole or excluded.is_whole`.execute(tx)
  else await storeHistory(tx, file, rows)
}

async function storeAccounts(tx: Db, file: File, batch: readonly Checked[]): Promise<void> {
  for (const { line } of batch) {
    const name = line['name'] as string
    await sql`insert into parley.accounts (name, added_at) values (${name}, ${line['addedAt']}::timestamptz)
      on conflict do nothing`.execute(tx)
    const { rows } = await sql<{ no: number }>`select no from parley.accounts where name = ${name}`.execute(tx)
    file.accounts.set(name, rows[0]?.no as number)
  }
}

async function storeErased(tx: Db, file: File, batch: readonly Checked[]): Promise<void> {
  file.hasErased = true
  await sql`
    insert into parley.erased (digest, at)
    select decode(digest, 'hex'), at from jsonb_to_recordset(${JSON.stringify(batch.map(({ line }) => line))}::jsonb)
      as given (digest text, at timestamptz)
    on conflict do nothing`.execute(tx)
}

/** The lines of a file with the same account and time are written together, in the order of their refs. */
async function storeRecords(tx: Db, file: File, kind: RecordKind, batch: readonly Checked[]): Promise<void> {
  let group: Checked[] = []
  const flush = async () => {
    if (group.length > 0) await storeGroup(tx, file, kind, group)
    group = []
  }
  for (const each of batch) {
    const last = group.at(-1)
    if (last && !belongTogether(last.line, each.line)) await flush()
    group.push(each)
  }
  await flush()
}

const recordIn = (line: Line) => line['record'] as RecordOf[RecordKind]

function belongTogether(before: Line, line: Line): boolean {
  const [first, second] = [recordIn(before), recordIn(line)]
  return (
    before['fetchedAt'] === line['fetchedAt'] &&
    first.vendor === second.vendor &&
    first.account === second.account &&
    // Messages get their numbers in the order of their refs.
    Buffer.compare(Buffer.from(first.ref), Buffer.from(second.ref)) < 0
  )
}

async function storeGroup(tx: Db, file: File, kind: RecordKind, group: readonly Checked[]): Promise<void> {
  const [{ line }] = group as [Checked, ...Checked[]]
  const { vendor, account: name } = recordIn(line)
  const account = file.accounts.get(accountName(vendor, name)) as number
  const fetchedAt = line['fetchedAt'] as string
  const batch = { kind, account, fetchedAt, keepPayloads: true }
  const deletedAt = new Map<string, string>()
  const rows = group.map(({ line: own }): Row => {
    const record = recordIn(own)
    const item = own['raw'] === undefined ? record : { ...record, raw: own['raw'] }
    const at = (own['sortAt'] as string | undefined) ?? '-infinity'
    const places = new Map([[record.ref, { at, position: (own['position'] as number | undefined) ?? 0 }]])
    const row = rowOf({ ...batch, places }, item as never)
    if (own['deletedAt'] !== undefined) deletedAt.set(record.ref, own['deletedAt'] as string)
    const isPartial = kind === 'message' && { is_partial: own['isPartial'] === true }
    return { ...row, hash: own['hash'] as string, columns: { ...row.columns, ...isPartial } }
  })
  const compared = await compareRows(tx, batch, rows)
  const isKnown = ({ ref, hash }: Row): boolean => {
    const stored = compared.known.get(ref)
    return deletedAt.has(ref) && stored?.is_deleted === true && stored.hash === hash
  }
  const changed = compared.rows.filter((row) => !isKnown(row))
  const { added, updated, unchanged, skipped } = await write(tx, { ...compared, rows: changed })
  file.added += added.length
  file.updated += updated.length
  file.unchanged += unchanged + compared.rows.length - changed.length
  file.skipped += skipped
  if (file.isFirst) await sql`delete from parley.changes where xid = pg_current_xact_id()`.execute(tx)
  if (deletedAt.size > 0) await markDeletedAt(tx, file, { kind, account, fetchedAt, deletedAt })
}

interface Deletions {
  kind: RecordKind
  account: number
  fetchedAt: string
  deletedAt: ReadonlyMap<string, string>
}

/** Marks records as deleted that the file has as such, unless the store has read them later. */
async function markDeletedAt(tx: Db, file: File, { kind, account, fetchedAt, deletedAt }: Deletions): Promise<void> {
  const conversation = kind === 'message' ? sql`conversation` : kind === 'conversation' ? sql`own.ref` : sql`null`
  const { rows } = await sql<{ ref: string; conversation: string | null }>`
    update ${sql.table(tables[kind])} as own set deleted_at = given.at, fetched_at = ${fetchedAt}::timestamptz
    from unnest(${[...deletedAt.keys()]}::text[], ${[...deletedAt.values()]}::timestamptz[]) as given (ref, at)
    where own.ref = given.ref and own.deleted_at is null and own.fetched_at <= ${fetchedAt}::timestamptz
    returning own.ref, ${conversation} as conversation`.execute(tx)
  if (kind === 'message')
    await sql`delete from parley.search where message in (
      select no from parley.messages where ref = any(${rows.map(({ ref }) => ref)}::text[]))`.execute(tx)
  if (file.isFirst) return
  await announce(
    tx,
    account,
    rows.map((row) => ({ ...row, kind, change: 'deleted', fields: null })),
  )
}

/** The events of the file, unless the store has them, or they are of an erased person. */
async function storeHistory(tx: Db, file: File, lines: readonly (Line & { no: number })[]): Promise<void> {
  await sql`
    insert into parley.changes (at, account, kind, change, ref, conversation, fields)
    select given.at, given.no, given.record, given.change, given.ref, given.conversation, given.fields
    from rows from (jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as (
      at timestamptz, no smallint, record text, change text, ref text, conversation text, fields jsonb)) with ordinality
      as given (at, no, record, change, ref, conversation, fields, place)
    where (${file.isFirst} or not exists (
        select 1 from parley.changes as known
        where known.ref = given.ref and known.at = given.at and known.change = given.change))
      and (given.change = 'erased' or not parley.is_erased(array[given.ref, given.conversation]))
    order by given.place`.execute(tx)
}
