import type { ReconcileOptions } from '../contract/options.ts'
import type { Reconciliation, SendAttempt } from '../contract/results.ts'
import { withFallback } from '../errors/fallback.ts'
import { isParleyError } from '../errors/parley-error.ts'
import { checkId, checkOptionalText, checkWord, idProblem, invalid } from '../input/check.ts'
import { checkInput, originalOf } from '../input/fields.ts'
import type { Message } from '../model/message.ts'
import { readTimestamp } from '../read/reading.ts'
import { compact } from '../read/text.ts'
import type { Call } from '../transport/protocol.ts'
import {
  clockTolerance,
  type FoundMessage,
  findSentMessage,
  type SentReader,
  type SentSearch,
  type SentThread,
} from './find-sent.ts'
import { answerOf, copyAttempt, isOwnAttempt, recordMessageId } from './send-attempt.ts'

/**
 * `messages.reconcile` of every adapter, by the rules of `Reconciliation`.
 *
 * @throws InvalidRequestError for an invalid attempt.
 */
export async function reconcileAttempt<M extends Message, T extends SentThread<M>>(
  call: Call,
  reader: SentReader<M, T>,
  given: SendAttempt,
  options: ReconcileOptions = {},
): Promise<Reconciliation> {
  const attempt = copyAttempt(originalOf(given), checkAttempt(call, given, reader.kinds))
  const otherMessageIds = checkIds(call, options.otherMessageIds)
  if (attempt.kind === 'input') return reconcileInput(call, reader, attempt)
  const search: SentSearch<M, T> = { call, reader, attempt, otherMessageIds }
  const found = await unlessGone(call, async () => (await readKnown(search)) ?? (await findSentMessage(search)))
  if (typeof found === 'string') {
    const isGoingOn = () => withFallback(false, async () => (await reader.isGoingOn?.(call, attempt)) ?? false)
    if (attempt.kind === 'ask' && found !== 'gone' && (await isGoingOn()))
      return { outcome: 'done', message: null, answer: answerOf({ call, attempt }, 'pending'), attempt }
    const mayBeRemoved = () => withFallback(true, async () => (await reader.mayBeRemoved?.(call, attempt)) ?? false)
    const isProved = found === 'none' && isOver(call, reader, attempt) && !(await mayBeRemoved())
    return { outcome: isProved ? 'not-done' : 'unknown', message: null, answer: null, attempt }
  }
  const { conversationId, message, thread } = found
  const reconciled = copyAttempt(attempt, { ...attempt, conversationId, messageId: message.id })
  recordMessageId(call, reconciled, attempt.messageId === null ? 'reading' : 'answer')
  const answer = attempt.kind === 'ask' ? await reader.answerTo(call, reconciled, message, thread) : null
  return { outcome: 'done', message, answer, attempt: reconciled }
}

/** A conversation that was deleted since, or that a server lost, may have had the message. So nothing is proved. */
async function unlessGone<T>(call: Call, read: () => Promise<T>): Promise<T | 'gone'> {
  try {
    return await read()
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'not-found') throw error
    const what = 'The vendor no longer has the conversation, so nothing shows whether the message was sent.'
    call.reading.warn('degraded', what)
    return 'gone'
  }
}

/** What was given to a waiting agent is no message: only the request itself shows whether it arrived. */
async function reconcileInput<M extends Message, T extends SentThread<M>>(
  call: Call,
  reader: SentReader<M, T>,
  attempt: SendAttempt,
): Promise<Reconciliation> {
  const isWaiting = await unlessGone(call, async () => reader.isWaiting?.(call, attempt))
  if (isWaiting === false) {
    const answer = await reader.answerTo(call, attempt, null, undefined)
    return { outcome: 'done', message: null, answer, attempt }
  }
  const isProved = isWaiting === true && isOver(call, reader, attempt)
  return { outcome: isProved ? 'not-done' : 'unknown', message: null, answer: null, attempt }
}

/** Reads the message by its id, where the vendor supports it. A known id that is not shown leaves the outcome open. */
async function readKnown<M extends Message, T extends SentThread<M>>({
  attempt,
  call,
  reader,
}: SentSearch<M, T>): Promise<(Omit<FoundMessage<M, T>, 'thread'> & { thread?: undefined }) | 'open' | undefined> {
  if (attempt.messageId === null || !reader.readMessage) return undefined
  const message = await reader.readMessage(call, attempt.messageId)
  return message ? { conversationId: message.conversationId, message } : 'open'
}

/** Whether a sent message can no longer arrive or become visible. */
function isOver<M extends Message, T extends SentThread<M>>(
  call: Call,
  { longestRequest, visibilityLag }: SentReader<M, T>,
  attempt: SendAttempt,
): boolean {
  const { startedAt, deadline, sendAt } = attempt
  const ends = [Date.parse(startedAt) + longestRequest]
  for (const instant of [deadline, sendAt]) if (instant !== undefined) ends.push(Date.parse(instant))
  const otherClock = isOwnAttempt(attempt) ? 0 : clockTolerance
  return call.now() > Math.max(...ends) + otherClock + visibilityLag
}

/** A send attempt may come from a store or from JavaScript, so each of its fields is checked. */
function checkAttempt(call: Call, given: SendAttempt, kinds: readonly SendAttempt['kind'][]): SendAttempt {
  const attempt = checkInput(call, given, 'attempt')
  const kind = checkWord(call, attempt.kind, 'attempt.kind', kinds)
  if (kind === undefined) throw invalid(call, 'attempt.kind', `must be one of ${kinds.join(', ')}`)
  const { text, conversationId } = attempt
  if (typeof text !== 'string') throw invalid(call, 'attempt.text', 'must be a string')
  const startedAt = instantOf(call, attempt.startedAt, 'attempt.startedAt')
  if (startedAt === undefined) throw invalid(call, 'attempt.startedAt', 'must be an instant in ISO 8601')
  // Only a question can open a conversation. A message with an id is found without its conversation.
  const isFindable = kind === 'ask' || (kind !== 'input' && typeof attempt.messageId === 'string')
  const isNew = isFindable && (conversationId === null || conversationId === undefined)
  const optional = (
    name: 'contactId' | 'messageId' | 'after' | 'mark' | 'operatorId' | 'requestId',
  ): string | undefined => {
    const value = checkOptionalText(call, attempt[name], `attempt.${name}`) || undefined
    const problem = value === undefined || name === 'mark' ? undefined : idProblem(value)
    if (problem) throw invalid(call, `attempt.${name}`, problem)
    return value
  }
  const requestId = optional('requestId')
  // Any other request that is gone would look like this one.
  if (kind === 'input' && requestId === undefined)
    throw invalid(call, 'attempt.requestId', 'is required for an attempt of the kind input')
  return {
    kind,
    conversationId: isNew ? null : checkId(call, conversationId, 'attempt.conversationId'),
    messageId: optional('messageId') ?? null,
    text,
    startedAt,
    ...compact<Partial<SendAttempt>>({
      contactId: optional('contactId'),
      deadline: instantOf(call, attempt.deadline, 'attempt.deadline'),
      sendAt: instantOf(call, attempt.sendAt, 'attempt.sendAt'),
      after: optional('after'),
      mark: optional('mark'),
      operatorId: optional('operatorId'),
      requestId,
    }),
  }
}

function instantOf(call: Call, value: unknown, path: string): string | undefined {
  if (value === undefined || value === null) return undefined
  const instant = typeof value === 'string' ? readTimestamp(value) : undefined
  if (instant === undefined) throw invalid(call, path, 'must be an instant in ISO 8601')
  return instant
}

function checkIds(call: Call, ids: unknown): readonly string[] {
  if (ids === undefined || ids === null) return []
  if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids
  throw invalid(call, 'otherMessageIds', 'must be a list of ids')
}
