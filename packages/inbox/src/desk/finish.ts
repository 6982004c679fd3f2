import { isParleyError, NetworkError, NotFoundError, type SendAttempt, sleep } from '@parley/core'
import type { DeskContext } from './context.ts'
import type { Send } from './desk.ts'
import { endSend, type OutboxRow, rowOf, type SendEnd, sendOf, sendsOf } from './outbox.ts'

export const noSend = (operation: string): NotFoundError =>
  new NotFoundError({ operation, message: `${operation}: this store has no such send.`, outcome: 'not-done' })

/** The error of a send that was erased with its contact while it may have been sent. */
export const erasedSend = (operation: string): NotFoundError =>
  new NotFoundError({
    ...{ operation, outcome: 'unknown' },
    message: `${operation}: the contact was erased, and the send with it. It may have been sent before.`,
  })

/** @throws NotFoundError if it was erased meanwhile. */
export async function currentSend(context: DeskContext, id: string): Promise<Send> {
  const { db } = context
  return persistently(context, async () => {
    const row = await rowOf(db, id)
    if (!row) throw noSend('send')
    return (await sendsOf(db, [row]))[0] as Send
  })
}

/** The send of an account of this desk. @throws NotFoundError */
export async function ownSend(context: DeskContext, id: string, operation = 'send'): Promise<Send> {
  const found = await currentSend(context, id)
  if (context.accounts.names.includes(found.account)) return found
  throw noSend(operation)
}

/** The pauses before another try of the database, in milliseconds. */
const pauses = [100, 300, 1000, 3000]

/** Does something at the database, again if the database is away. */
export async function persistently<T>({ clock }: DeskContext, work: () => Promise<T>): Promise<T> {
  for (const pause of pauses)
    try {
      return await work()
    } catch (error) {
      if (!isAway(error)) throw error
      await sleep(clock, pause)
    }
  return work()
}

/** Whether the database failed, and not the program. What it was asked may be done nevertheless. */
const isAway = (error: unknown): boolean =>
  isParleyError(error) &&
  error.vendor === undefined &&
  error.outcome === undefined &&
  !/^(?:not-found|conflict)$/.test(error.code)

/**
 * The send, if it was recorded although its transaction failed: a connection can break after the commit.
 *
 * @throws the error, if it was not recorded. NetworkError with the outcome `unknown` if nobody can know.
 */
export async function ifRecorded(
  context: DeskContext,
  operation: string,
  id: string,
  error: unknown,
): Promise<OutboxRow> {
  if (!isAway(error)) throw error
  const row = await persistently(context, () => rowOf(context.db, id)).catch((cause: unknown) => {
    const message = `${operation}: the database went away. It is not known whether the send was recorded. If it was, it is sent or fails when the database is there again.`
    throw new NetworkError({ operation, message, outcome: 'unknown', cause })
  })
  if (!row) throw error
  return row
}

/** When an unknown send is first reconciled, in milliseconds. */
export const firstPause = 10_000

/** How a send ends that failed. Only what certainly did nothing is `failed`, because a person may then send it again. */
export function endOf(error: unknown, attempt: SendAttempt | undefined): SendEnd {
  const isKnown = isParleyError(error)
  const told = isKnown
    ? { code: error.code as string, message: error.message }
    : { code: 'vendor-fault', message: 'The adapter failed with an error of its own.' }
  const isDone = isKnown && (error.outcome === 'not-done' || error.outcome === 'partly-done')
  if (isDone || !attempt) return { state: 'failed', error: told }
  return { state: 'unknown', attempt, error: told, reconcileIn: firstPause }
}

/**
 * Stores how a send has ended. If the database is away for longer, the result says so: the send is reconciled when its claim
 * has expired.
 */
export async function finish(
  context: DeskContext,
  { claim, row }: { claim: string; row: OutboxRow },
  end: SendEnd,
): Promise<Send> {
  const { db } = context
  try {
    await persistently(context, async () => {
      const isStored = await endSend(db, row, claim, end)
      // Another send has this message already, which the vendor has named twice.
      if (!isStored && end.message) await endSend(db, row, claim, { ...end, message: null })
    })
    return await currentSend(context, row.id)
  } catch (error) {
    const isErased = isParleyError(error) && error.code === 'not-found'
    if (!isErased) context.onError(error)
    return unfollowed(context, row, end, isErased ? erased : away)
  }
}

const erased = 'The contact was erased meanwhile, and the send with it. Nobody keeps its outcome.'
const away = 'The outcome could not be stored or read. The desk ends the send when the database is there again.'

/** A send as it was last known, when the database is away or has it no more. */
export function unfollowed({ accounts }: DeskContext, row: OutboxRow, end?: SendEnd, message = away): Send {
  const { vendor, account } = accounts.of(row.conversation)
  const warning = { code: 'degraded', message, vendor, account, operation: `messages.${row.kind}` } as const
  const known = end && { state: end.state, message: end.message ?? null, error: end.error ?? null }
  return { ...sendOf({ ...row, ...known }, null), warnings: [...(end?.warnings ?? []), warning] }
}
