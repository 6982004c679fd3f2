import {
  type Adapter,
  accountName,
  ConflictError,
  type Conversation,
  checkId,
  checkOptions,
  isParleyError,
  isRecord,
  NotFoundError,
  type OperationOptions,
  requireOperation,
  type SendAttempt,
  sleep,
  supports,
  type Target,
  tryParseRef,
} from '@parley/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { checkRef } from '../addressed.ts'
import { placeOf, refIn, wrongArgument } from '../ref-parts.ts'
import { ownersOf } from '../store/named.ts'
import type { Schema } from '../store/schema.ts'
import { inTransaction } from '../store/transaction.ts'
import { note, outcomeOf, summaryOf } from './audit.ts'
import type { DeskContext } from './context.ts'
import type { DeskNoteInput, DeskReplyInput, DeskTarget, Send } from './desk.ts'
import {
  currentSend,
  endOf,
  erasedSend,
  finish,
  firstPause,
  ifRecorded,
  noSend,
  persistently,
  unfollowed,
} from './finish.ts'
import { checkGuard, isFresh, movedError, type Seen, sendsSince } from './guard.ts'
import {
  claimSend,
  filesOf,
  holdsClaim,
  keepAttempt,
  lockConversation,
  messageRef,
  type OutboxRow,
  record,
  rowOf,
  rowsWhere,
  type StoredInput,
  takeOverSend,
} from './outbox.ts'
import type { Person } from './person.ts'
import { checkDeskInput, checkExpected, contentOf, filesIn } from './send-input.ts'

type Db = Kysely<Schema>

/** How long one send may take at the vendor, in milliseconds. */
const sendTime = 60_000
/** How long a claim lasts: longer than the send, for the steps before and after it. */
const leaseTime = sendTime + 30_000
/** How often a send that waits for its turn looks again, in milliseconds. */
const turnMs = 250
/** The claim went to another process, so nothing may be sent. */
class LostClaim extends Error {}

/** What is sent, before it is recorded. */
interface Draft {
  kind: 'reply' | 'note'
  conversation: string
  adapter: Adapter
  account: string
  input: StoredInput
  files: readonly (Uint8Array | undefined)[]
  key: string | undefined
  retryOf: string | undefined
}

/** The ref of a conversation of one of the accounts. @throws InvalidRequestError, NotFoundError */
export function conversationRef({ accounts }: DeskContext, given: unknown, operation: string): string {
  const target = isRecord(given) && isRecord(given['conversation']) ? given['conversation'] : given
  const parts = checkRef(target as Target<Conversation>, ['conversation'], operation, 'conversation')
  const ref = refIn(target, operation, 'conversation') as string
  accounts.of(ref)
  if (target !== ref) checkId({ ...parts, operation }, target as { id: string }, 'conversation')
  return ref
}

/** Sends a reply or a note: records it, claims it, and sends it. `PersonalDesk` documents it. */
export async function send(
  context: DeskContext,
  person: Person,
  kind: 'reply' | 'note',
  target: DeskTarget,
  given: DeskReplyInput | DeskNoteInput,
  options: OperationOptions = {},
  isAutomatic = false,
): Promise<Send> {
  checkOptions(placeOf(kind), options)
  const conversation = conversationRef(context, target, kind)
  const adapter = context.accounts.of(conversation)
  const { key, attachments: givenFiles, ...rest } = checkDeskInput(kind, given)
  const { attachments, files } = await filesIn(kind, givenFiles)
  const stored: StoredInput = {
    ...rest,
    ...(attachments.length > 0 && { attachments }),
    ...(isAutomatic && { isAutomatic }),
  }
  const account = accountName(adapter.vendor, adapter.account)
  const draft: Draft = { kind, conversation, adapter, account, input: stored, files, key, retryOf: undefined }
  return sendDraft(context, person, draft, options)
}

/**
 * Sends a failed send again, as a new one.
 *
 * @param guard the guard of the new send. That of the old one has no effect any more.
 */
export async function retrySend(
  context: DeskContext,
  person: Person,
  id: string,
  guard: Pick<DeskReplyInput, 'expectLastMessage'> = {},
  options: OperationOptions = {},
): Promise<Send> {
  checkOptions(placeOf('retry'), options)
  const { expectLastMessage: expected } = guard
  checkExpected('retry', expected)
  const { db, accounts } = context
  const row = await rowOf(db, id)
  if (!row || !accounts.names.includes(row.account)) throw noSend('retry')
  const { expectLastMessage: _, ...input } = row.input
  const files = await filesOf(db, id)
  return sendDraft(
    context,
    person,
    {
      ...{ kind: row.kind, conversation: row.conversation, account: row.account, key: undefined, retryOf: id },
      adapter: accounts.of(row.conversation),
      input: { ...input, ...(expected !== undefined && { expectLastMessage: expected }) },
      files: (input.attachments ?? []).map((_, place) => files.get(place)),
    },
    options,
  )
}

/** Checks, in the transaction that records the retry, that the send failed. Its files now belong to the retry. */
async function beginRetry(tx: Db, id: string): Promise<void> {
  const { rows } = await sql<{ state: string; is_retried: boolean; is_dismissed: boolean }>`
    select state, exists (select from parley.outbox as next where next.retry_of = send.id) as is_retried,
      dismissed_at is not null as is_dismissed
    from parley.outbox as send where id = ${id}::uuid for update`.execute(tx)
  const [row] = rows
  if (!row) throw noSend('retry')
  const problem = row.is_retried
    ? 'was retried already'
    : row.is_dismissed
      ? 'was dismissed'
      : row.state === 'failed'
        ? undefined
        : `has the state "${row.state}"`
  if (problem !== undefined)
    throw new ConflictError({
      ...{ operation: 'retry', message: `retry: the send ${problem}. Nothing was sent.`, outcome: 'not-done' },
      fields: [{ path: 'send', problem }],
    })
  await sql`delete from parley.outbox_files where send = ${id}::uuid`.execute(tx)
}

async function sendDraft(context: DeskContext, person: Person, draft: Draft, options: OperationOptions): Promise<Send> {
  const { db } = context
  const { kind, conversation, adapter, account, key } = draft
  const account_no = await accountNumber(db, account)
  const deed = {
    by: person,
    action: draft.retryOf === undefined ? kind : 'retry',
    target: conversation,
    account: account_no,
  }
  let isRecorded = false
  try {
    const known = key === undefined ? undefined : await withKey(db, draft)
    isRecorded = known !== undefined
    if (known) return await carryOut(context, known, options)
    options.signal?.throwIfAborted()
    const place = kind === 'note' && !supports(adapter, 'messages.note') ? 'overlay' : 'vendor'
    if (kind === 'reply') requireOperation(adapter, 'messages.reply')
    const operatorId = person.operatorIds?.[account]
    await checkOperator(adapter, kind, account, operatorId)
    await checkConversation(context, conversation, account_no, kind)
    const seen = place === 'vendor' ? await checkGuard(context, conversation, draft.input, timeOf(options)) : undefined
    const id = crypto.randomUUID()
    const row = await inTransaction(db, async (tx) => {
      // Two people who send at once come one after the other.
      await lockConversation(tx, conversation)
      const earlier = key === undefined ? undefined : await withKey(tx, draft)
      if (earlier) return earlier
      const others = seen ? await sendsSince(tx, conversation, seen) : []
      if (others.length > 0) throw await movedError(tx, [], others)
      if (draft.retryOf !== undefined) await beginRetry(tx, draft.retryOf)
      await note(tx, { ...deed, send: id }, place === 'vendor' ? 'started' : 'overlay')
      await record(tx, { id, ...draft, place, account_no, operatorId, person: summaryOf(person) })
      return rowOf(tx, id)
    }).catch((error) => ifRecorded(context, kind, id, error))
    if (!row) throw noSend(kind)
    isRecorded = true
    return await carryOut(context, row, options, row.id === id ? seen : undefined)
  } catch (error) {
    const { outcome, code } = outcomeOf(error)
    if (!isRecorded)
      await note(db, draft.retryOf === undefined ? deed : { ...deed, send: draft.retryOf }, outcome, code).catch(
        context.onError,
      )
    throw error
  }
}

const timeOf = ({ timeout }: OperationOptions): number => Math.min(timeout ?? sendTime, sendTime)

/** The send with this key. @throws ConflictError if it is another one. */
async function withKey(db: Db, { conversation, key, kind, input }: Draft): Promise<OutboxRow | undefined> {
  const [row] = await rowsWhere(db, sql`send.conversation = ${conversation} and send.key = ${key}`)
  if (!row || (row.kind === kind && contentOf(row.input) === contentOf(input))) return row
  const problem = 'was used for something else'
  throw new ConflictError({
    ...{ operation: kind, message: `${kind}: the key ${problem} in this conversation.`, outcome: 'not-done' },
    fields: [{ path: 'key', problem }],
  })
}

async function checkOperator(adapter: Adapter, kind: string, account: string, operatorId: string | undefined) {
  if (kind !== 'reply' || operatorId !== undefined) return
  const traits = await adapter.traits?.()
  if (traits?.replyOperator?.value !== 'required') return
  throw wrongArgument(
    'reply',
    'person.operatorIds',
    `must have an operator id for ${account}, because the vendor requires one`,
  )
}

/**
 * Notes whose conversation it is, so that what is added to it is erased with the person.
 *
 * @throws NotFoundError if the conversation was deleted, or never existed.
 */
export async function checkConversation(
  { db, inbox }: DeskContext,
  ref: string,
  account: number,
  operation: string,
): Promise<void> {
  const { rows } = await sql<{ body: Conversation; is_deleted: boolean }>`
    select body, deleted_at is not null as is_deleted from parley.conversations where ref = ${ref}`.execute(db)
  if (rows[0]?.is_deleted)
    throw new NotFoundError({ operation, message: `${operation}: the conversation was deleted.`, outcome: 'not-done' })
  const [, contact] = ownersOf('conversation', rows[0]?.body ?? (await inbox.conversations.get(ref))).split(' ')
  if (contact === undefined) return
  await sql`insert into parley.subjects as known (conversation, account, contact) values (${ref}, ${account}, ${contact})
    on conflict (conversation) do update set contact = excluded.contact where known.contact <> excluded.contact`.execute(
    db,
  )
}

/** The number of an account in the store. One that was never synced gets one. */
export async function accountNumber(db: Db, name: string): Promise<number> {
  const find = () => db.selectFrom('parley.accounts').select('no').where('name', '=', name).executeTakeFirst()
  const known = await find()
  if (known) return known.no
  await sql`insert into parley.accounts (name) values (${name}) on conflict do nothing`.execute(db)
  return (await find())?.no as number
}

/**
 * Claims a send when it is its turn, and sends it. If another process has it, waits for its end. When the time of the caller is
 * up, or the signal is aborted, it returns the send as it is, and the sending goes on. If the database is away for longer, it
 * returns the send as it was recorded, with a warning.
 *
 * @param seen what was just seen of the conversation.
 */
async function carryOut(
  context: DeskContext,
  recorded: OutboxRow,
  options: OperationOptions,
  seen?: Seen,
): Promise<Send> {
  const { db, clock, onError } = context
  const { id } = recorded
  const claim = crypto.randomUUID()
  const over = new AbortController()
  const end = () => over.abort()
  const cancel = clock.after(timeOf(options), end)
  options.signal?.addEventListener('abort', end, { once: true })
  if (options.signal?.aborted) end()
  try {
    for (;;) {
      if (await persistently(context, () => claimSend(db, id, claim, leaseTime))) {
        const delivered = deliver(context, id, claim, { ...(seen && { seen }) })
        delivered.catch(onError)
        const left = new Promise<undefined>((resolve) => {
          if (over.signal.aborted) resolve(undefined)
          over.signal.addEventListener('abort', () => resolve(undefined), { once: true })
        })
        return (await Promise.race([delivered, left])) ?? (await currentSend(context, id))
      }
      const row = await persistently(context, () => rowOf(db, id))
      if (!row) throw erasedSend(recorded.kind)
      if (!/^(?:recorded|claimed)$/.test(row.state) || over.signal.aborted) return await currentSend(context, id)
      await clearTheWay(context, row)
      await sleep(clock, turnMs, over.signal).catch(() => {})
    }
  } catch (error) {
    if (isParleyError(error) && error.code === 'not-found') throw error
    onError(error)
    return unfollowed(context, recorded)
  } finally {
    cancel()
    options.signal?.removeEventListener('abort', end)
  }
}

/** A recorded send that nobody claims for five seconds was left behind by a process that has ended. */
export const isLeftBehind: RawBuilder<unknown> = sql`
  send.state = 'recorded' and send.recorded_at < clock_timestamp() - interval '5 seconds'`

/** Ends what processes have left behind that would go first. */
async function clearTheWay(context: DeskContext, { conversation, no }: OutboxRow): Promise<void> {
  const { db } = context
  const blocking = await rowsWhere(
    db,
    sql`send.conversation = ${conversation} and ((send.state = 'claimed' and send.claimed_until <= clock_timestamp())
      or (${isLeftBehind} and send.no < ${no}::bigint))`,
    sql`send.no`,
  )
  for (const { id, state } of blocking)
    if (state === 'recorded') await sendLeft(context, id)
    else await takeOverSend(db, id, crypto.randomUUID(), 0)
}

/** Sends what a process recorded and never claimed. After fifteen minutes, the person must look at the conversation again. */
export async function sendLeft(context: DeskContext, id: string): Promise<boolean> {
  const { db } = context
  const claim = crypto.randomUUID()
  if (!(await claimSend(db, id, claim, leaseTime))) return false
  const { rows } = await sql`select from parley.outbox
    where id = ${id}::uuid and recorded_at < clock_timestamp() - interval '15 minutes'`.execute(db)
  await deliver(context, id, claim, { isTooOld: rows.length > 0 })
  return true
}

/** Sends what is claimed, once, and stores how it ended. Never throws for what the vendor does. */
async function deliver(
  context: DeskContext,
  id: string,
  claim: string,
  { seen: before, isTooOld = false }: { seen?: Seen; isTooOld?: boolean },
): Promise<Send> {
  const { db, inbox } = context
  const row = await persistently(context, () => rowOf(db, id))
  if (!row) throw noSend('send')
  const { conversation, kind, input } = row
  let attempt: SendAttempt | undefined
  let isBegun = false
  const own = { claim, row }
  if (isTooOld) return finish(context, own, { state: 'failed', error: outdated })
  try {
    const { expectLastMessage: _, isAutomatic: __, attachments, takeOver, ...message } = input
    let seen = before ?? (await checkGuard(context, conversation, input, sendTime))
    const after = seen?.newest ?? (await newestStored(db, conversation))
    const files = attachments && (await filesOf(db, id))
    const result = await inbox.messages[kind](
      conversation,
      {
        ...message,
        ...(row.operator_id !== null && { operatorId: row.operator_id }),
        ...(after !== undefined && { after }),
        ...(attachments && {
          attachments: attachments.map(({ size: _, digest: __, ...rest }, place) => {
            const content = files?.get(place)
            return content ? { ...rest, content } : rest
          }),
        }),
      } as never,
      {
        timeout: sendTime,
        ...(takeOver && { takeOver }),
        onAttempt: async (now: SendAttempt) => {
          // After the first time the request may be on its way, and its outcome is stored at the end.
          if (!(await keepAttempt(db, id, claim, now)) && !attempt) throw new LostClaim()
          attempt = now
        },
        beforeSend: async () => {
          // The send may have waited for its turn, or for the vendor's rate limit.
          if (seen && !(await isFresh(db, seen))) seen = await checkGuard(context, conversation, input, sendTime)
          if (!(await holdsClaim(db, id, claim))) throw new LostClaim()
          isBegun = true
        },
      } as never,
    )
    const { warnings, attempt: last } = result
    if (result.outcome === 'unknown')
      return await finish(context, own, {
        state: 'unknown',
        attempt: last,
        warnings,
        error: noAnswer,
        reconcileIn: firstPause,
      })
    const ref = result.message?.ref ?? messageRef(row, result.messageId)
    return await finish(context, own, { state: 'sent', attempt: last, warnings, message: ref })
  } catch (error) {
    if (error instanceof LostClaim)
      return currentSend(context, id).catch((missing) => {
        throw isBegun && isParleyError(missing) && missing.code === 'not-found' ? erasedSend(kind) : missing
      })
    return finish(context, own, endOf(error, attempt))
  }
}

const outdated = {
  code: 'timeout',
  message:
    'It was not sent within fifteen minutes, because no process was running. Look at the conversation, and retry it.',
}
const noAnswer = { code: 'network', message: 'The vendor did not answer, so it is not known whether it was sent.' }
/** The vendor's id of the newest stored message. */
async function newestStored(db: Db, conversation: string): Promise<string | undefined> {
  const { rows } = await sql<{ ref: string }>`
    select ref from parley.messages where conversation = ${conversation} and deleted_at is null
    order by sort_at desc, position desc, ref limit 1`.execute(db)
  return tryParseRef(rows[0]?.ref)?.id
}
