import {
  type Adapter,
  type Answer,
  accountName,
  buildRef,
  type Control,
  type EntityKind,
  isRecord,
  type JsonObject,
  type JsonValue,
  type Message,
  supports,
  tryParseRef,
} from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { Done } from '../recording-adapter.ts'
import { saysNoMore } from '../sync/by-itself.ts'
import { checkedRecord } from './checked.ts'
import { databaseTime, storableTime } from './database-time.ts'
import { markDeleted } from './deletions.ts'
import { conversationOf, type MessagePlace } from './message-order.ts'
import { idColumn, type RecordOf, writeRecords } from './records.ts'
import { type RecordKind, type Schema, tables } from './schema.ts'
import { storedRecord } from './stored-record.ts'
import { markDue } from './threads.ts'
import { inTransaction } from './transaction.ts'

type Db = Kysely<Schema>
type Entity = RecordOf[RecordKind]

/**
 * Stores what a write through the inbox has changed: the records that it returned, and a note that the conversation is to be
 * read. An account that was never synced is not stored.
 */
export async function keepDone(db: Db, done: Done): Promise<void> {
  const { adapter, operation, result } = done
  const name = accountName(adapter.vendor, adapter.account)
  const { rows } = await sql<{ no: number }>`select no from parley.accounts where name = ${name}`.execute(db)
  const account = rows[0]?.no
  if (account === undefined) return
  const control = await controlAfter(done)
  await inTransaction(db, async (tx) => {
    const [verb] = operation.split('.').slice(-1)
    const isDone = result !== undefined
    if (isDone && (verb === 'delete' || verb === 'deleteForContact')) return remove(tx, account, done)
    if (isDone) {
      const entities = entitiesIn(result)
      if (control) entities.push(...(await controlled(tx, done, control)))
      if (entities.length > 0) await store(tx, account, done, entities)
    }
    await markDue(tx, account, await conversationsOf(tx, done))
  })
}

/** The records that an operation returned. */
function entitiesIn(result: unknown): Entity[] {
  if (!isRecord(result)) return []
  if (typeof result['ref'] === 'string') return kindOf(result as never) ? [result as never] : []
  const { message, contact, answer } = result
  // An answer has its message also among its messages.
  const messages = Array.isArray(result['messages']) ? (result as unknown as Answer).messages : [message]
  return [...messages, contact, ...entitiesIn(answer)].filter(isRecord) as never
}

const kindOf = ({ ref }: Entity): RecordKind | undefined => {
  const kind = tryParseRef(ref)?.kind
  return kind !== undefined && Object.hasOwn(tables, kind) ? (kind as RecordKind) : undefined
}

const idOf = (target: unknown): string | undefined => {
  const id = isRecord(target) ? target['id'] : target
  return typeof id === 'string' && id !== '' ? id : undefined
}

const refIn = ({ adapter: { vendor, account } }: Done, kind: EntityKind, id: string): string =>
  buildRef({ vendor, account, kind, id })

/** Who is in control after a write that may change it. An agent that has got an input may wait for another one. */
async function controlAfter({ adapter, operation, target, result }: Done): Promise<Control | undefined> {
  if (result === undefined) return undefined
  if (operation === 'control.takeOver' || operation === 'control.release') return result as Control
  const mayWait = operation === 'messages.provideInput' || Object(result)['outcome'] === 'needs-input'
  const id = idOf(Object(result)['conversationId'] ?? target)
  if (!mayWait || id === undefined || !supports(adapter, 'control.get')) return undefined
  // The next sync reads it too.
  return adapter.control.get(id).catch(() => undefined)
}

/** The conversation with its new state of control. */
async function controlled(tx: Db, done: Done, control: Control): Promise<Entity[]> {
  const id = idOf(Object(done.result)['conversationId'] ?? done.target)
  const ref = id === undefined ? undefined : refIn(done, 'conversation', id)
  const known = ref === undefined ? undefined : await storedRecord(tx, 'conversation', ref, false)
  return known ? [{ ...known, control }] : []
}

/** The time of the database at which a write of this length began. */
async function timeBefore(tx: Db, elapsed: number): Promise<string> {
  const { rows } = await sql<{ time: string }>`
    select to_char((clock_timestamp() - ${elapsed}::float8 * interval '1 millisecond') at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as time`.execute(tx)
  return rows[0]?.time as string
}

/** A record as it is after a write. What the vendor does not repeat, or repeats in fewer words, keeps its value. */
function afterWrite(known: object, said: object): object {
  const before = known as JsonObject
  const isKept = (name: string, value: JsonValue) => before[name] !== undefined && saysNoMore(value, before[name])
  const fields = Object.entries({ ...before, ...(said as JsonObject) })
  return Object.fromEntries(fields.map(([name, value]) => [name, isKept(name, value) ? before[name] : value]))
}

async function store(tx: Db, account: number, { adapter, elapsed }: Done, entities: readonly Entity[]): Promise<void> {
  const fetchedAt = await timeBefore(tx, elapsed)
  for (const entity of entities) {
    const kind = kindOf(entity)
    if (kind === undefined) continue
    const known = await storedRecord(tx, kind, entity.ref, false)
    const item = recordOf(afterWrite(known ?? {}, entity), kind, adapter)
    if (item === undefined) continue
    const places = kind === 'message' ? new Map([[item.ref, await placeOf(tx, item as Message)]]) : undefined
    await writeRecords(tx, { kind, account, items: [item], fetchedAt, ...(places && { places }) })
  }
}

/** What is no record is not stored. The conversation is read again, and then it is kept aside. */
function recordOf(item: object, kind: RecordKind, adapter: Adapter): Entity | undefined {
  try {
    return checkedRecord(item, kind, adapter)
  } catch {
    return undefined
  }
}

/** The place that a message has, or else the one after all others of its time. */
async function placeOf(tx: Db, message: Message): Promise<MessagePlace> {
  const time = storableTime(message.createdAt)
  const isThen = time === null ? sql`` : sql`and sort_at = ${time}::timestamptz`
  const { rows } = await sql<MessagePlace>`
    select sort_at as at, position + (ref <> ${message.ref})::int as position from parley.messages
    where (ref = ${message.ref} or (conversation = ${conversationOf(message)} and deleted_at is null)) ${isThen}
    order by ref = ${message.ref} desc, sort_at desc, messages.position desc limit 1`.execute(tx)
  return rows[0] ?? { at: time ?? '-infinity', position: 0 }
}

/** The conversations that a write has changed. */
async function conversationsOf(tx: Db, done: Done): Promise<string[]> {
  const { operation, target, result } = done
  const id = idOf(target)
  const refs = new Set<string>()
  const [group] = operation.split('.')
  if (isRecord(result)) {
    if (typeof result['conversationId'] === 'string') refs.add(refIn(done, 'conversation', result['conversationId']))
    const { ref } = result
    if (typeof ref === 'string' && tryParseRef(ref)?.kind === 'conversation') refs.add(ref)
  }
  if (operation === 'messages.cancel' || operation === 'messages.setStatus' || operation === 'feedback.give') {
    if (id === undefined) return [...refs]
    const { rows } = await sql<{ conversation: string }>`
      select conversation from parley.messages where ref = ${refIn(done, 'message', id)}`.execute(tx)
    for (const { conversation } of rows) refs.add(conversation)
  } else if (operation === 'messages.reconcile') {
    const { conversationId } = Object(target) as { conversationId?: unknown }
    if (typeof conversationId === 'string') refs.add(refIn(done, 'conversation', conversationId))
  } else if (/^(?:conversations|messages|control)$/.test(group as string) && id !== undefined) {
    // A new conversation is addressed by its contact.
    if (!/\.(?:create|start)$/.test(operation)) refs.add(refIn(done, 'conversation', id))
  }
  return [...refs]
}

async function remove(tx: Db, account: number, done: Done): Promise<void> {
  const id = idOf(done.target)
  if (id === undefined) return
  const [group, verb] = done.operation.split('.')
  const at = await databaseTime(tx)
  if (verb === 'deleteForContact') {
    const { rows } = await sql<{ ref: string }>`
      select ref from parley.conversations where account = ${account} and contact_id = ${idColumn(id)} and deleted_at is null`.execute(
      tx,
    )
    await markDeleted(
      tx,
      account,
      'conversation',
      rows.map(({ ref }) => ref),
      at,
    )
    return
  }
  const kind = (group as string).slice(0, -1) as RecordKind
  await markDeleted(tx, account, kind, [refIn(done, kind, id)], at)
}
