import { buildRef, type Message, type SendAttempt, tryParseRef, type Warning } from '@parley/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { announceAdded } from '../store/events.ts'
import type { Schema } from '../store/schema.ts'
import { inTransaction } from '../store/transaction.ts'
import { endSendEntry } from './audit.ts'
import type { DeskReplyInput, Send, SendAttachment, SendState } from './desk.ts'
import type { Place } from './desk-conversation.ts'
import type { PersonSummary } from './person.ts'

type Db = Kysely<Schema>

/** What is sent, as it is stored: the bytes of files are in a table of their own. */
export interface StoredInput extends Omit<DeskReplyInput, 'attachments' | 'key'> {
  attachments?: StoredAttachment[]
  mentions?: string[]
  /** Whether it is of an automation, which does not answer while a person is in control. */
  isAutomatic?: true
}

export interface StoredAttachment {
  url?: string
  uploadId?: string
  fileName?: string
  contentType?: string
  /** In bytes, of a file whose content is stored. */
  size?: number
  /** SHA-256 of the content, in hexadecimal digits. */
  digest?: string
}

/** A row of the outbox. */
export interface OutboxRow {
  id: string
  no: string
  /** The number of the account in the store. */
  account_no: number
  account: string
  conversation: string
  kind: 'reply' | 'note'
  place: Place
  state: SendState
  input: StoredInput
  person: PersonSummary
  operator_id: string | null
  key: string | null
  attempt: SendAttempt | null
  message: string | null
  error: { code: string; message: string } | null
  warnings: Warning[] | null
  recorded_at: string
  ended_at: string | null
  tries: number
  retry_of: string | null
  retried_by: string | null
  dismissed_at: string | null
}

const outboxColumns: RawBuilder<unknown> = sql`
  send.id, send.no, send.account as account_no, account.name as account, send.conversation, send.kind, send.place, send.state,
  send.input, send.person, send.operator_id, send.key, send.attempt, send.message, send.error, send.warnings,
  send.recorded_at, send.ended_at, send.tries, send.retry_of, send.dismissed_at,
  (select next.id from parley.outbox as next where next.retry_of = send.id) as retried_by`

/** A person has to look at a send. */
export const waitsForPerson: RawBuilder<unknown> = sql`(send.state = 'unknown' or (send.state = 'failed'
  and send.dismissed_at is null and not exists (select from parley.outbox as next where next.retry_of = send.id)))`

const fromOutbox = sql`parley.outbox as send join parley.accounts as account on account.no = send.account`

export async function rowOf(db: Db, id: string): Promise<OutboxRow | undefined> {
  const { rows } = await sql<OutboxRow>`
    select ${outboxColumns} from ${fromOutbox} where send.id = ${id}::uuid`.execute(db)
  return rows[0]
}

export async function rowsWhere(
  db: Db,
  condition: RawBuilder<unknown>,
  order: RawBuilder<unknown> = sql`send.no desc`,
  count = 1000,
): Promise<OutboxRow[]> {
  const { rows } = await sql<OutboxRow>`
    select ${outboxColumns} from ${fromOutbox} where ${condition} order by ${order} limit ${count}`.execute(db)
  return rows
}

export interface NewSend
  extends Pick<OutboxRow, 'account_no' | 'conversation' | 'kind' | 'place' | 'input' | 'person'> {
  id: string
  operatorId: string | undefined
  key: string | undefined
  retryOf: string | undefined
  files: readonly (Uint8Array | undefined)[]
}

/** Records a send. Nothing is sent yet; a note of the overlay has ended with that. */
export async function record(tx: Db, send: NewSend): Promise<void> {
  const { id, conversation, kind, place, input } = send
  const isEnded = place === 'overlay'
  await sql`
    insert into parley.outbox (id, account, conversation, kind, place, state, input, person, operator_id, key, retry_of, ended_at)
    values (${id}::uuid, ${send.account_no}, ${conversation}, ${kind}, ${place}, ${isEnded ? 'sent' : 'recorded'},
      ${JSON.stringify(input)}::json, ${JSON.stringify(send.person)}::jsonb, ${send.operatorId ?? null}, ${send.key ?? null},
      ${send.retryOf ?? null}::uuid, ${isEnded ? sql`clock_timestamp()` : sql`null`})`.execute(tx)
  for (const [index, content] of send.files.entries())
    if (content)
      await sql`insert into parley.outbox_files (send, place, content)
        values (${id}::uuid, ${index}, ${Buffer.from(content)})`.execute(tx)
  await announceAdded(tx, send.account_no, [conversation], 'sends')
}

/** The content of the files of a send, by their place among its attachments. */
export async function filesOf(db: Db, id: string): Promise<Map<number, Uint8Array>> {
  const { rows } = await sql<{ place: number; content: Uint8Array }>`
    select place, content from parley.outbox_files where send = ${id}::uuid`.execute(db)
  return new Map(rows.map(({ place, content }) => [place, content]))
}

/**
 * Claims a send, if nobody else has and no other one of the conversation is being sent or was recorded before. The same claim
 * can be made again, because its answer may have been lost.
 *
 * @param claim identifies who sends it.
 * @param lease how long it may take, in milliseconds. Nothing may be sent after it.
 */
export async function claimSend(db: Db, id: string, claim: string, lease: number): Promise<boolean> {
  // Of two that look at the same moment, the unique index lets only one have its conversation.
  const { rows } = await sql`
    update parley.outbox as send set state = 'claimed', claim = ${claim}::uuid,
      claimed_until = clock_timestamp() + ${lease}::float8 * interval '1 millisecond'
    where id = ${id}::uuid and (${isMine(id, claim)} or (state = 'recorded' and not exists (
      select from parley.outbox as other where other.conversation = send.conversation
        and (other.state = 'claimed' or (other.state = 'recorded' and other.no < send.no)))))
    returning id`
    .execute(db)
    .catch((error) => {
      if (error?.vendorCode === '23505') return { rows: [] }
      throw error
    })
  return rows.length > 0
}

const isMine = (id: string, claim: string): RawBuilder<unknown> =>
  sql`id = ${id}::uuid and claim = ${claim}::uuid and state = 'claimed' and claimed_until > clock_timestamp()`

/** Whether the claim still holds. Asked immediately before the request. */
export async function holdsClaim(db: Db, id: string, claim: string): Promise<boolean> {
  const { rows } = await sql`select from parley.outbox where ${isMine(id, claim)}`.execute(db)
  return rows.length > 0
}

/** Stores the attempt with which the send can be reconciled. @returns whether the claim still holds. */
export async function keepAttempt(db: Db, id: string, claim: string, attempt: SendAttempt): Promise<boolean> {
  const { rows } = await sql`
    update parley.outbox set attempt = ${JSON.stringify(attempt)}::json where ${isMine(id, claim)} returning id`.execute(
    db,
  )
  return rows.length > 0
}

/** Lets the sends of a conversation be recorded and ended one after the other, in all processes. Until the transaction ends. */
export async function lockConversation(tx: Db, conversation: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${conversation}, 0))`.execute(tx)
}

/** How a send has ended. */
export interface SendEnd {
  state: 'sent' | 'failed' | 'unknown'
  message?: string | null
  attempt?: SendAttempt
  error?: { code: string; message: string }
  warnings?: readonly Warning[]
  /** Of an unknown send, when it is reconciled, in milliseconds from now. `undefined`: not by itself. */
  reconcileIn?: number
}

/**
 * Stores how a send has ended. Who does not have the claim any more may still say that it was sent, because that is true
 * whoever says it.
 *
 * @param claim `undefined`: a person says it.
 */
export async function endSend(db: Db, row: OutboxRow, claim: string | undefined, end: SendEnd): Promise<boolean> {
  const { id, conversation, account_no } = row
  const { state, attempt, error, warnings, reconcileIn } = end
  const isFree =
    claim === undefined ? sql`state = 'unknown'` : sql`claim = ${claim}::uuid and state in ('claimed', 'unknown')`
  return inTransaction(db, async (tx) => {
    // Two attempts with the same text: the message belongs to one of them.
    await lockConversation(tx, conversation)
    const { rows } = await sql`
      update parley.outbox as send set state = ${state}, ended_at = clock_timestamp(), claim = null, claimed_until = null,
        message = coalesce(message, ${end.message ?? null}), attempt = coalesce(${attempt ? JSON.stringify(attempt) : null}::json, attempt),
        error = ${error ? JSON.stringify(error) : null}::jsonb,
        warnings = coalesce(${warnings?.length ? JSON.stringify(warnings) : null}::json, warnings),
        next_at = clock_timestamp() + ${reconcileIn ?? null}::float8 * interval '1 millisecond'
      where id = ${id}::uuid and (${isFree} ${claim !== undefined && state === 'sent' ? sql`or state <> 'sent'` : sql``})
        and not exists (select from parley.outbox as other where other.message = ${end.message ?? null} and other.id <> send.id)
      returning id`.execute(tx)
    if (rows.length === 0) return false
    if (state === 'sent') await sql`delete from parley.outbox_files where send = ${id}::uuid`.execute(tx)
    await endSendEntry(tx, id, state === 'sent' ? 'done' : state, error?.code)
    await announceAdded(tx, account_no, [conversation], 'sends')
    return true
  })
}

/** Puts a failed send away, with its files. @returns whether it could be. */
export async function dismissSend(db: Db, { id, conversation, account_no }: OutboxRow): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql`
      update parley.outbox as send set dismissed_at = clock_timestamp()
      where id = ${id}::uuid and send.state = 'failed' and ${waitsForPerson} returning id`.execute(tx)
    if (rows.length === 0) return false
    await sql`delete from parley.outbox_files where send = ${id}::uuid`.execute(tx)
    await announceAdded(tx, account_no, [conversation], 'sends')
    return true
  })
}

export const interrupted: { code: string; message: string } = {
  code: 'network',
  message: 'The process ended before anything was sent. Look at the conversation, and retry it.',
}

/**
 * Takes over the send of a process that has ended or hangs: from now on it is only read back. Without an attempt, nothing was
 * sent, and it has failed.
 *
 * @returns the row, if it is to be read back now.
 */
export async function takeOverSend(db: Db, id: string, claim: string, lease: number): Promise<OutboxRow | undefined> {
  const { rows } = await sql`
    update parley.outbox set state = 'unknown', claim = ${claim}::uuid,
      next_at = clock_timestamp() + ${lease}::float8 * interval '1 millisecond'
    where id = ${id}::uuid and state = 'claimed' and claimed_until <= clock_timestamp() returning id`.execute(db)
  const row = rows.length > 0 ? await rowOf(db, id) : undefined
  if (row?.attempt !== null) return row
  await endSend(db, row, claim, { state: 'failed', error: interrupted })
  return undefined
}

/** Takes the turn to reconcile an unknown send. */
export async function claimReconciliation(
  db: Db,
  id: string,
  claim: string,
  lease: number,
): Promise<OutboxRow | undefined> {
  const { rows } = await sql`
    update parley.outbox set claim = ${claim}::uuid, tries = tries + 1,
      next_at = clock_timestamp() + ${lease}::float8 * interval '1 millisecond'
    where id = ${id}::uuid and state = 'unknown' and next_at <= clock_timestamp() returning id`.execute(db)
  return rows.length > 0 ? rowOf(db, id) : undefined
}

/** The vendor's ids of the messages that belong to other sends of the conversation. */
export async function otherMessageIds(db: Db, { id, conversation }: OutboxRow): Promise<string[]> {
  const { rows } = await sql<{ message: string }>`
    select message from parley.outbox where conversation = ${conversation} and id <> ${id}::uuid and message is not null`.execute(
    db,
  )
  return rows.flatMap(({ message }) => tryParseRef(message)?.id ?? [])
}

/** The ref of a message that a vendor named by its id. */
export function messageRef({ conversation }: Pick<OutboxRow, 'conversation'>, id: string | null): string | null {
  const parts = tryParseRef(conversation)
  return parts && id !== null ? buildRef({ vendor: parts.vendor, account: parts.account, kind: 'message', id }) : null
}

/** How much earlier than the send a message may be, in milliseconds, because clocks differ. */
const clockDifference = 600_000

/**
 * The sends as the callers see them. For each one without a message yet, it looks for the stored message that most likely is
 * it, because a webhook or a poll can bring the message before the vendor's answer does.
 */
export async function sendsOf(db: Db, rows: readonly OutboxRow[]): Promise<Send[]> {
  const open = rows.filter(
    ({ state, message, place }) => /^(?:claimed|unknown)$/.test(state) && message === null && place === 'vendor',
  )
  const shown = open.length > 0 ? await shownOf(db, open) : new Map<string, string>()
  return rows.map((row) => sendOf(row, shown.get(row.id) ?? null))
}

async function shownOf(db: Db, open: readonly OutboxRow[]): Promise<Map<string, string>> {
  const conversations = [...new Set(open.map(({ conversation }) => conversation))]
  const { rows } = await sql<{ conversation: string; body: Message }>`
    select given.conversation, message.body
    from unnest(${conversations}::text[]) as given (conversation) cross join lateral (
      select body from parley.messages as one
      where one.conversation = given.conversation and deleted_at is null and not from_contact
        and not exists (select from parley.outbox where outbox.message = one.ref)
      order by sort_at desc, position desc, ref limit 50) as message`.execute(db)
  const found = new Map<string, string>()
  const taken = new Set<string>()
  // The older send is the older message.
  for (const row of open.toSorted((a, b) => Number(BigInt(a.no) - BigInt(b.no)))) {
    const earliest = Date.parse(row.recorded_at) - clockDifference
    const messages = rows
      .filter(({ conversation, body }) => conversation === row.conversation && body.text === row.input.text)
      .map(({ body }) => body)
      .filter(({ ref, createdAt }) => !taken.has(ref) && (!createdAt || Date.parse(createdAt) >= earliest))
    const oldest = messages.at(-1)
    if (!oldest) continue
    taken.add(oldest.ref)
    found.set(row.id, oldest.ref)
  }
  return found
}

export function sendOf(row: OutboxRow, shownBy: string | null): Send {
  const { text, html, subject, channel, attachments = [] } = row.input
  return {
    ...{
      id: row.id,
      kind: row.kind,
      place: row.place,
      state: row.state,
      conversation: row.conversation,
      account: row.account,
    },
    text,
    ...(html !== undefined && { html }),
    ...(subject !== undefined && { subject }),
    ...(channel !== undefined && { channel }),
    attachments: attachments.map(
      ({ fileName = null, contentType = null, size = null }): SendAttachment => ({ fileName, contentType, size }),
    ),
    by: row.person,
    ...(row.operator_id !== null && { operatorId: row.operator_id }),
    ...(row.key !== null && { key: row.key }),
    ...{
      message: row.message,
      shownBy,
      recordedAt: row.recorded_at,
      endedAt: row.ended_at,
    },
    ...(row.error !== null && { error: row.error }),
    ...{
      retryOf: row.retry_of,
      retriedBy: row.retried_by,
      dismissedAt: row.dismissed_at,
      warnings: row.warnings ?? [],
    },
  }
}
