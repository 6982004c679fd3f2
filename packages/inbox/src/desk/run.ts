import { isParleyError, requireOperation, sleep } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { Schema } from '../store/schema.ts'
import type { DeskContext } from './context.ts'
import type { DeskRunOptions } from './desk.ts'
import { followChanges } from './follow.ts'
import { followInbound } from './inbound.ts'
import { linkAutomatically } from './links.ts'
import {
  claimReconciliation,
  endSend,
  interrupted,
  messageRef,
  type OutboxRow,
  otherMessageIds,
  type SendEnd,
  takeOverSend,
} from './outbox.ts'
import { isLeftBehind, sendLeft } from './sending.ts'

type Db = Kysely<Schema>

/** How often the desk looks for work, in milliseconds. */
const turnMs = 1000
/** How many sends are looked at in one turn. */
const most = 100
/** How long one read takes at most, in milliseconds. */
const readTime = 60_000
/** The pauses between reconciliations, in milliseconds. After the last one, every hour for three days. */
const pauses = [10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000]
const lastPause = 3_600_000
const mostTries = 80

/** Works until the signal is aborted. A failure of the database ends only a turn. */
export async function runDesk(context: DeskContext, options: DeskRunOptions): Promise<void> {
  const { signal } = options
  while (!signal.aborted) {
    await turn(context, options).catch(context.onError)
    await sleep(context.clock, turnMs, signal).catch(() => {})
  }
}

/** Does what is due. @returns how many sends, conversations and messages it changed or handled. */
export async function turn(context: DeskContext, options: Partial<DeskRunOptions>): Promise<number> {
  const { db } = context
  const isOver = () => options.signal?.aborted === true
  let changed = await wake(db)
  for (const id of await leftSends(context)) if (!isOver() && (await sendLeft(context, id))) changed++
  for (const id of await expiredClaims(context)) if (!isOver() && (await takeOver(context, id))) changed++
  for (const id of await dueReads(context)) if (!isOver() && (await readBack(context, id))) changed++
  if (options.onInbound && !isOver()) changed += await followInbound(context, options as DeskRunOptions)
  if (options.linkContacts && !isOver()) changed += await linkNew(context, options.signal)
  return changed
}

/** Links the contacts that are new or have changed. */
const linkNew = (context: DeskContext, signal: AbortSignal | undefined): Promise<number> =>
  followChanges(context, {
    ...{ fact: 'desk.links', isFromNow: false, signal },
    concerns: ({ kind, change }) => kind === 'contact' && /^(?:added|updated|restored)$/.test(change),
    handle: ({ ref }) => linkAutomatically(context, ref),
  })

/** Wakes the conversations whose time has come. */
async function wake(db: Db): Promise<number> {
  const { rows } = await sql`
    with woken as (
      update parley.overlays set snoozed_until = null, changed_at = clock_timestamp()
      where snoozed_until <= clock_timestamp() returning account, conversation)
    insert into parley.changes (account, kind, change, ref, conversation, fields)
    select account, 'conversation', 'updated', conversation, conversation, '{"overlay": true}' from woken
    returning no`.execute(db)
  return rows.length
}

/** The sends of the accounts of this desk that match. */
async function idsWhere({ db, accounts }: DeskContext, condition: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select send.id from parley.outbox as send join parley.accounts as account on account.no = send.account
    where account.name = any(${accounts.names}::text[]) and ${condition} order by send.no limit ${most}`.execute(db)
  return rows.map(({ id }) => id)
}

const leftSends = (context: DeskContext): Promise<string[]> => idsWhere(context, isLeftBehind)

const expiredClaims = (context: DeskContext): Promise<string[]> =>
  idsWhere(context, sql`send.state = 'claimed' and send.claimed_until <= clock_timestamp()`)

const dueReads = (context: DeskContext): Promise<string[]> =>
  idsWhere(context, sql`send.state = 'unknown' and send.next_at <= clock_timestamp()`)

/** Takes over what another process was sending. It is never sent again. */
async function takeOver(context: DeskContext, id: string): Promise<boolean> {
  const claim = crypto.randomUUID()
  const row = await takeOverSend(context.db, id, claim, readTime + turnMs)
  if (row) await reconcile(context, row, claim)
  return true
}

async function readBack(context: DeskContext, id: string): Promise<boolean> {
  const claim = crypto.randomUUID()
  const row = await claimReconciliation(context.db, id, claim, readTime + turnMs)
  return row !== undefined && reconcile(context, row, claim)
}

/** Finds out whether an attempt was sent, by reading. @returns whether it is decided. */
async function reconcile(context: DeskContext, row: OutboxRow, claim: string): Promise<boolean> {
  const { db } = context
  const end = await readOutcome(context, row)
  if (end.state !== 'unknown') return endSend(db, row, claim, end)
  const next = row.tries >= mostTries ? undefined : (pauses[row.tries] ?? lastPause)
  await sql`
    update parley.outbox set claim = null, attempt = coalesce(${end.attempt ? JSON.stringify(end.attempt) : null}::json, attempt),
      next_at = clock_timestamp() + ${next ?? null}::float8 * interval '1 millisecond'
    where id = ${row.id}::uuid and claim = ${claim}::uuid and state = 'unknown'`.execute(db)
  return false
}

const notStored = { code: 'network', message: 'The vendor does not have it: it was not sent. It can be retried.' }

async function readOutcome({ db, accounts }: DeskContext, row: OutboxRow): Promise<SendEnd> {
  // Who took it over could not store that it has failed.
  if (row.attempt === null) return { state: 'failed', error: interrupted }
  const adapter = accounts.of(row.conversation)
  try {
    const found = await requireOperation(adapter, 'messages.reconcile')(row.attempt, {
      otherMessageIds: await otherMessageIds(db, row),
      timeout: readTime,
      priority: 'send',
    })
    const { attempt } = found
    if (found.outcome === 'done')
      return { state: 'sent', attempt, message: found.message?.ref ?? messageRef(row, attempt.messageId) }
    if (found.outcome === 'not-done') return { state: 'failed', attempt, error: notStored }
    return { state: 'unknown', attempt }
  } catch (error) {
    // Reading failed, so nothing is known yet. An adapter without `reconcile` never knows more.
    if (!isParleyError(error)) throw error
    return { state: 'unknown' }
  }
}
