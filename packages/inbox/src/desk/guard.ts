import { type Adapter, ConflictError, type Message, supports, tryParseRef } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import { wrongArgument } from '../ref-parts.ts'
import { isUuid } from '../store/cursor-parts.ts'
import { messagesPage } from '../store/list-messages.ts'
import type { Schema } from '../store/schema.ts'
import type { DeskContext } from './context.ts'
import { tellMoved } from './moved.ts'
import { type OutboxRow, rowOf, rowsWhere, type StoredInput, sendsOf } from './outbox.ts'

type Db = Kysely<Schema>

/** What was found about a conversation before something is sent. */
export interface Seen {
  /** The vendor's id of the newest message. */
  newest: string | undefined
  /** The messages after the expected one that the contact can see, oldest first. */
  newer: Message[]
  /** All that was read, newest first. */
  page: Message[]
  /** When it was read, by the clock of the database, which no process can set. */
  readAt: string
  /** The send that the person saw last. */
  expectedSend: OutboxRow | undefined
  expected: string | null
}

export async function movedError(db: Db, newer: Message[], sends: readonly OutboxRow[]): Promise<ConflictError> {
  const problem = 'is no longer the newest message'
  const error = new ConflictError({
    operation: 'reply',
    message: `reply: the conversation has moved on: expectLastMessage ${problem}. Nothing was sent.`,
    fields: [{ path: 'expectLastMessage', problem }],
    outcome: 'not-done',
  })
  tellMoved(error, { newer, sends: await sendsOf(db, sends) })
  return error
}

/** Whether the contact can see a message. Notes and events of the platform do not move a conversation on. */
const isVisible = ({ direction, type }: Message): boolean =>
  direction !== 'internal' && !/^(?:note|activity|tool)$/.test(type.value)

const pageSize = 30
const mostPages = 4

/**
 * Reads the newest messages of the conversation from the vendor, and finds those that come after the expected one.
 *
 * @param expected the ref of a message, the id of a send, or `null`: there was none.
 * @throws InvalidRequestError for anything else.
 */
async function look(
  { db, accounts }: DeskContext,
  conversation: string,
  expected: string | null,
  timeout: number,
): Promise<Seen> {
  const wrong = 'must be null, the id of a send, or the ref of a message of this account'
  const expectedSend = expected !== null && isUuid(expected) ? await rowOf(db, expected) : undefined
  if (expectedSend && expectedSend.conversation !== conversation)
    throw wrongArgument('reply', 'expectLastMessage', 'must be of this conversation')
  const adapter = accounts.of(conversation)
  const own = tryParseRef(expected)
  const isRef = own?.kind === 'message' && own.vendor === adapter.vendor && own.account === adapter.account
  if (expected !== null && !expectedSend && !isRef) throw wrongArgument('reply', 'expectLastMessage', wrong)
  const { base, texts } = await baseOf(db, expected, expectedSend)
  const { rows } = await sql<{ now: string }>`select clock_timestamp() as now`.execute(db)
  const readAt = rows[0]?.now as string
  const page = await newestUntil(db, adapter, conversation, base, timeout)
  const index = page.findIndex(({ ref }) => ref === base)
  const later =
    base === undefined
      ? afterSend(page, expectedSend as OutboxRow)
      : index < 0
        ? await withoutIndex(db, page, base)
        : page.slice(0, index)
  const newer = later.filter(isVisible)
  // What the person saw as a send is no message that they did not see.
  for (const text of texts) {
    const place = newer.findLastIndex((message) => message.text === text && message.direction !== 'inbound')
    if (place >= 0) newer.splice(place, 1)
  }
  return { newest: page[0]?.id, newer: newer.toReversed(), page, readAt, expectedSend, expected }
}

/**
 * The message after which everything is newer. `undefined`: not known, because the person saw a send that has no message yet
 * and named none before it.
 *
 * @returns also the texts of the sends after it that the person saw.
 */
async function baseOf(
  db: Db,
  expected: string | null,
  send: OutboxRow | undefined,
): Promise<{ base: string | null | undefined; texts: string[] }> {
  const texts: string[] = []
  let [base, row] = [expected as string | null | undefined, send]
  for (let steps = 0; row && steps < 20; steps++) {
    if (row.message !== null) return { base: row.message, texts }
    // One that failed is not in the conversation.
    if (row.state !== 'failed') texts.push(row.input.text)
    base = row.input.expectLastMessage
    row = isUuid(base) ? await rowOf(db, base) : undefined
  }
  return { base, texts }
}

/** The newest messages, down to the expected one if it is among the first hundred. */
async function newestUntil(
  db: Db,
  adapter: Adapter,
  conversation: string,
  base: string | null | undefined,
  timeout: number,
): Promise<Message[]> {
  if (!supports(adapter, 'messages.list'))
    return (await messagesPage(db, conversation, { limit: pageSize }, undefined, false)).items
  const found: Message[] = []
  const id = tryParseRef(conversation)?.id as string
  let pages = 0
  for await (const page of adapter.messages.list(id, { limit: pageSize }, { priority: 'send', timeout }).pages()) {
    found.push(...page.items)
    const isEnough = base === null || base === undefined || found.some(({ ref }) => ref === base)
    if (isEnough || ++pages >= mostPages) break
  }
  return found
}

/**
 * What is newer than a send that has no message yet: what follows its text, or what was the newest message when it was sent, or
 * else by its time, which is of another clock.
 */
function afterSend(page: readonly Message[], { input, attempt, recorded_at }: OutboxRow): Message[] {
  const own = page.findIndex(({ text, direction }) => text === input.text && direction !== 'inbound')
  const place = own >= 0 ? own : page.findIndex(({ id }) => id === attempt?.after)
  // What has no time may be newer.
  return place >= 0 ? page.slice(0, place) : page.filter(({ createdAt }) => !createdAt || createdAt > recorded_at)
}

/** What is newer than a message that is not among the newest ones: by its time, if it is known, or else everything. */
async function withoutIndex(db: Db, page: readonly Message[], base: string | null): Promise<Message[]> {
  if (base === null) return [...page]
  const { rows } = await sql<{ body: Message }>`select body from parley.messages where ref = ${base}`.execute(db)
  const at = rows[0]?.body.createdAt
  return page.filter(({ createdAt }) => !at || !createdAt || createdAt > at)
}

/**
 * Looks at the conversation before a guarded reply is sent. `undefined`: it has no guard.
 *
 * @throws ConflictError if it has moved on or, for an automation, if a person is in control.
 */
export async function checkGuard(
  context: DeskContext,
  conversation: string,
  { expectLastMessage: expected, isAutomatic }: StoredInput,
  timeout: number,
): Promise<Seen | undefined> {
  if (expected === undefined) return undefined
  const seen = await look(context, conversation, expected, timeout)
  if (seen.newer.length > 0) throw await movedError(context.db, seen.newer, [])
  if (isAutomatic) await checkControl(context, conversation, timeout)
  return seen
}

/** For how long what was seen counts, in milliseconds. */
const freshFor = 1000

/** Whether what was seen still counts, because it was read just now. */
export async function isFresh(db: Db, { readAt }: Seen): Promise<boolean> {
  const { rows } = await sql`select where clock_timestamp()
    between ${readAt}::timestamptz and ${readAt}::timestamptz + ${freshFor}::float8 * interval '1 millisecond'`.execute(
    db,
  )
  return rows.length > 0
}

/** Reads the vendor's state of control. @throws ConflictError if a person is in control. */
async function checkControl({ accounts }: DeskContext, conversation: string, timeout: number): Promise<void> {
  const adapter = accounts.of(conversation)
  const id = tryParseRef(conversation)?.id as string
  const options = { priority: 'send', timeout } as const
  const control = supports(adapter, 'control.get')
    ? await adapter.control.get(id, options)
    : supports(adapter, 'conversations.get')
      ? (await adapter.conversations.get(id, options)).control
      : undefined
  if (control?.holder !== 'operator') return
  throw new ConflictError({
    operation: 'reply',
    message: 'reply: a person is in control of the conversation, so the automation does not answer. Nothing was sent.',
    outcome: 'not-done',
  })
}

/** How long the vendor may take to show a message that it has accepted, in milliseconds. */
const visibilityLag = 120_000

/**
 * The sends of others that the person has not seen: those that are going on, and those that the vendor has, or may have, and did
 * not show yet. Ask in the transaction that records the send, under the lock of the conversation.
 */
export async function sendsSince(tx: Db, conversation: string, seen: Seen): Promise<OutboxRow[]> {
  const { page, readAt, expectedSend, expected } = seen
  const rows = await rowsWhere(
    tx,
    sql`send.conversation = ${conversation} and send.kind = 'reply' and send.place = 'vendor'
      and (send.state in ('recorded', 'claimed')
        or (send.state in ('sent', 'unknown')
          and coalesce(send.ended_at, send.claimed_until) > ${readAt}::timestamptz - ${visibilityLag}::float8 * interval '1 millisecond'))
      and send.no > ${expectedSend?.no ?? '0'}::bigint`,
    sql`send.no`,
    50,
  )
  return rows.filter(({ state, message, ended_at, input }) => {
    if (state === 'recorded' || state === 'claimed') return true
    if (message !== null && message === expected) return false
    if (ended_at !== null && ended_at >= readAt) return true
    // It ended just before the read, and the vendor does not show it yet.
    if (message === null) return state === 'unknown' && !page.some(({ text }) => text === input.text)
    return !page.some(({ ref }) => ref === message)
  })
}
