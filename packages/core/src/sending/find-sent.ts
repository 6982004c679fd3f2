import type { ReconcileOptions } from '../contract/options.ts'
import type { Answer, SendAttempt, Sent } from '../contract/results.ts'
import { mayPass } from '../errors/kinds.ts'
import { isParleyError, type ParleyError } from '../errors/parley-error.ts'
import type { Message } from '../model/message.ts'
import type { Call } from '../transport/protocol.ts'
import { isOutcomeUnknown, type OutgoingMessage, ownedByOther } from './send-attempt.ts'

/**
 * What core needs to know about a vendor to reconcile a send. The adapter reads a conversation and reports what the
 * vendor states about a message. Core decides what this means for a send attempt, so that the rules are the same for
 * every vendor.
 */
export interface SentReader<M extends Message = Message, T extends SentThread<M> = SentThread<M>> {
  /** What can be sent to this vendor. */
  readonly kinds: readonly SendAttempt['kind'][]
  /**
   * The longest time that a send can take, in milliseconds: the longest configured deadline of a sending operation. A
   * message that does not exist after this time plus `visibilityLag` will never arrive.
   */
  readonly longestRequest: number
  /** How long a stored message may take to become readable at the vendor, in milliseconds. */
  readonly visibilityLag: number
  /**
   * Reads a conversation back.
   *
   * @param isFarEnough whether older messages than this one are not needed. Called from the newest message on. A vendor
   * that returns whole conversations ignores it.
   */
  readThread(call: Call, conversationId: string, isFarEnough: (message: M) => boolean): Promise<T>
  /**
   * The message with the attempt's `messageId`, where the vendor can read one message; `undefined` when it is not
   * shown.
   */
  readMessage?(call: Call, messageId: string): Promise<M | undefined>
  /** Conversations that may contain a message whose conversation id was not known when it was sent. */
  findConversations?(call: Call, attempt: SendAttempt): Promise<readonly string[]>
  /**
   * Whether the vendor **states** something that proves that this is another message. Inferences of the adapter prove
   * nothing. When in doubt, return `false`: the message then stays possible, and it is not sent a second time.
   */
  isOther(message: M, attempt: SendAttempt): boolean
  /** The same, where it takes a request, such as a lookup of the generation. A failure counts as `false`. */
  provesOther?(call: Call, message: M, attempt: SendAttempt): Promise<boolean>
  /**
   * Whether the message may have been stored although its conversation does not show it, for example because an agent
   * removes messages from its memory. Called before the outcome `not-done`. A failure counts as `true`.
   */
  mayBeRemoved?(call: Call, attempt: SendAttempt): Promise<boolean>
  /**
   * For the kind `ask`: whether the vendor states that it is working on this question, although the conversation does not
   * show it yet. A failure counts as `false`.
   */
  isGoingOn?(call: Call, attempt: SendAttempt): Promise<boolean>
  /** Completes messages whose text a list omits, such as emails, before their texts are compared. */
  addTexts?(call: Call, messages: readonly M[]): Promise<void>
  /**
   * For the kind `input`: whether the conversation still waits for the attempt's request. `undefined`: it cannot be read.
   */
  isWaiting?(call: Call, attempt: SendAttempt): Promise<boolean | undefined>
  /** The agent's answer to a stored question, if it exists now. Does not wait. */
  answerTo(call: Call, attempt: SendAttempt, question: M | null, thread: T | undefined): Promise<Answer | null>
}

/** What a search for the message of a send attempt needs. */
export interface SentSearch<M extends Message, T extends SentThread<M>> {
  call: Call
  reader: SentReader<M, T>
  attempt: SendAttempt
  otherMessageIds: NonNullable<ReconcileOptions['otherMessageIds']>
}

/** A conversation as it was read back. */
export interface SentThread<M extends Message = Message> {
  /** Oldest first. */
  messages: M[]
  /** Whether no message is missing, back to the beginning or to where `isFarEnough` returned `true`. */
  isComplete: boolean
  /**
   * Whether the order of the messages is the vendor's own sequence, so that it proves which one came first. Set it where
   * messages have no time. The times that some of them may have then decide nothing. Otherwise the times decide.
   */
  isSequence?: boolean
}

/** `none`: provably, no message of the conversation is the sent one. `open`: nothing is proved. */
type SentMatch<M extends Message> = { message: M } | 'open' | 'none'

/**
 * The largest expected difference between the clocks of two machines, including a vendor that rounds or delays its
 * times.
 */
export const clockTolerance: number = 10 * 60_000

/** The sent message, if it was found. */
export interface FoundMessage<M extends Message = Message, T extends SentThread<M> = SentThread<M>> {
  conversationId: string
  message: M
  thread: T
}

/** The content of a vendor's response to a send: the ids, and the message if the response contains it. */
export interface SendResponse {
  messageId: string | null | undefined
  conversationId?: string | undefined
  message: Message | null
}

/**
 * Sends a message of the business once. If the outcome is unknown, reads the conversation back and never sends again.
 *
 * @param send sends the request. `undefined`: the response does not show whether the message was stored.
 * @throws every error of `send` after which the message was certainly not sent.
 */
export async function deliver<M extends Message, T extends SentThread<M>>(
  call: Call,
  reader: SentReader<M, T>,
  { attempt, update }: OutgoingMessage,
  send: () => Promise<SendResponse | undefined>,
): Promise<Sent> {
  const sent = (outcome: Sent['outcome'], message: Message | null): Sent => {
    const { messageId, conversationId } = attempt
    return { outcome, message, messageId, conversationId, attempt, warnings: call.reading.warnings }
  }
  const response = await send().catch((error: unknown) => {
    if (!isOutcomeUnknown(error)) throw error
    return undefined
  })
  if (response) {
    const { messageId, conversationId, message } = response
    await update({ messageId: messageId ?? undefined, conversationId }, 'answer')
    return sent('accepted', message)
  }
  const found = await readBack({ call, reader, attempt })
  if (!found) return sent('unknown', null)
  await update({ messageId: found.message.id }, 'reading')
  return sent('accepted', found.message)
}

/** The pause before each search, in milliseconds: a message may still be in transit when the connection is lost. */
const pauses = [1_000, 2_000, 4_000]

/**
 * Looks for the message after a send that got no response. Sends nothing, and fails only when the caller aborts.
 *
 * @param onError receives the error of each failed search. It may throw an error that explains why the send failed.
 * @returns `undefined`: the message was not found in time. It may still exist.
 */
export async function readBack<M extends Message, T extends SentThread<M>>(
  search: Omit<SentSearch<M, T>, 'otherMessageIds'>,
  onError?: (error: ParleyError) => void,
): Promise<FoundMessage<M, T> | undefined> {
  for (const pause of pauses) {
    if (await search.call.wait(pause)) return undefined
    try {
      const found = await findSentMessage({ ...search, otherMessageIds: [] })
      if (typeof found === 'object') return found
    } catch (error) {
      if (!isParleyError(error)) throw error
      onError?.(error)
      // The next search may succeed after an unreadable response, but not after a refusal.
      if (!mayPass(error) && error.code !== 'response' && error.code !== 'not-found') return undefined
    }
  }
  return undefined
}

/**
 * Searches once for the message of a send attempt.
 *
 * @returns the result of `findSent`. Without a known conversation, it can only be found or `open`.
 */
export async function findSentMessage<M extends Message, T extends SentThread<M>>(
  search: SentSearch<M, T>,
): Promise<FoundMessage<M, T> | Exclude<SentMatch<M>, object>> {
  const { attempt, call, reader } = search
  if (attempt.conversationId !== null) return findInConversation(attempt.conversationId, search)
  const found: FoundMessage<M, T>[] = []
  for (const conversationId of (await reader.findConversations?.(call, attempt)) ?? []) {
    const here = await findInConversation(conversationId, search)
    if (typeof here === 'object') found.push(here)
  }
  // Two people can ask the same question at the same time, and nothing shows which one is ours.
  const [only, another] = found
  return only && !another ? only : 'open'
}

async function findInConversation<M extends Message, T extends SentThread<M>>(
  conversationId: string,
  search: SentSearch<M, T>,
): Promise<FoundMessage<M, T> | Exclude<SentMatch<M>, object>> {
  const { attempt, call, reader } = search
  const { warnings } = call.reading
  const before = warnings.length
  const isFarEnough = farEnoughFor(attempt)
  let wasFar = false
  const read = await reader.readThread(call, conversationId, (message) => {
    const isFar = isFarEnough(message)
    wasFar ||= isFar
    return isFar
  })
  // Only a time can have ended this reading, and in a sequence a time does not show what stands before it.
  const isCut = read.isSequence === true && wasFar && attempt.after === undefined
  // An unreadable item may be the sent message.
  const isComplete = read.isComplete && !isCut && !warnings.slice(before).some(({ code }) => code === 'bad-item')
  const thread = { ...read, isComplete }
  const sent = await findInThread(thread, search)
  return typeof sent === 'string' ? sent : { conversationId, message: sent.message, thread }
}

/** Tells a reader how far back the search for a send attempt goes. */
export function farEnoughFor({ after, startedAt }: SendAttempt): (message: Message) => boolean {
  const earliest = Date.parse(startedAt) - clockTolerance
  let bound: number | undefined = after === undefined ? earliest : undefined
  return (message) => {
    const at = timeOf(message)
    if (message.id === after) bound = at === undefined ? earliest : at - orderTolerance
    return bound !== undefined && at !== undefined && at < bound
  }
}

/** The most messages that are checked one by one. With more, the result is `open`. */
const maxProofs = 10

/** Vendors cut times to whole seconds, and clocks that are set by the network differ by less than one. */
const clockPrecision = 1_000

/** Vendors set times on several machines, so the times of two messages can be in the wrong order. */
const orderTolerance = 5_000

/**
 * Finds the message of a send attempt in a conversation that was read back. The rules are those of `Reconciliation`,
 * except for the age, which `reconcileAttempt` adds.
 */
async function findInThread<M extends Message>(
  thread: SentThread<M>,
  search: SentSearch<M, SentThread<M>>,
): Promise<SentMatch<M>> {
  const { attempt, call, reader } = search
  const { mark, messageId } = attempt
  const shown = thread.messages.find(
    ({ id, externalId }) => (messageId !== null && id === messageId) || (mark !== undefined && externalId === mark),
  )
  if (shown) return { message: shown }
  if (messageId !== null) return 'open'
  const { candidates, reached } = afterOrSince(thread, attempt)
  const stated = candidates.filter(({ message }) => !isStatedOther(message, search))
  await reader.addTexts?.(
    call,
    stated.map(({ message }) => message),
  )
  const only = onlySame(stated, attempt)
  // A proof may take requests, so the likely message is checked first.
  if (only && (await withoutProved([only], search)).length > 0) return unlessOwned(only.message, search)
  const possible = await withoutProved(stated, search)
  const left = onlySame(possible, attempt)
  if (left) return unlessOwned(left.message, search)
  return possible.length === 0 && reached && thread.isComplete ? 'none' : 'open'
}

/** A message that was recognized as the sent one. If another send attempt also claims it, the result is open. */
const unlessOwned = <M extends Message>(message: M, { attempt, call }: SentSearch<M, SentThread<M>>): SentMatch<M> =>
  ownedByOther(call, message.id, attempt) === undefined ? { message } : 'open'

interface Candidate<M extends Message> {
  message: M
  /** Whether the message follows `after`, or, without `after`, is not older than the attempt. */
  isLater: boolean
}

/** The messages that are new enough, and whether the reading went back far enough. */
function afterOrSince<M extends Message>(
  { messages, isSequence }: SentThread<M>,
  { after, startedAt }: SendAttempt,
): { candidates: Candidate<M>[]; reached: boolean } {
  const started = Date.parse(startedAt)
  const place = messages.findIndex(({ id }) => id === after)
  const known = messages[place]
  const knownAt = known && timeOf(known)
  const earliest = knownAt === undefined ? started - clockTolerance : knownAt - orderTolerance
  const candidates = messages.flatMap((message, index): Candidate<M>[] => {
    if (index === place) return []
    if (isSequence && known !== undefined) return index > place ? [{ message, isLater: true }] : []
    const at = isSequence ? undefined : timeOf(message)
    if (at === undefined) return [{ message, isLater: known !== undefined && index > place }]
    if (at < earliest) return []
    if (known === undefined) return [{ message, isLater: at >= started - clockPrecision }]
    return [{ message, isLater: index > place && (knownAt === undefined || at >= knownAt) }]
  })
  // The message named by `after` is missing: the vendor hides messages, so nothing is proved.
  return { candidates, reached: after === undefined || known !== undefined }
}

function isStatedOther<M extends Message>(
  message: M,
  { attempt, call, otherMessageIds, reader }: SentSearch<M, SentThread<M>>,
): boolean {
  if (otherMessageIds.includes(message.id) || ownedByOther(call, message.id, attempt) === 'certain') return true
  if (attempt.mark !== undefined && message.externalId) return true
  // Nobody writes the call of a tool, so no send attempt is one.
  if (message.type.value === 'tool') return true
  return reader.isOther(message, attempt)
}

async function withoutProved<M extends Message>(
  candidates: Candidate<M>[],
  { attempt, call, reader }: SentSearch<M, SentThread<M>>,
): Promise<Candidate<M>[]> {
  if (!reader.provesOther || candidates.length > maxProofs) return candidates
  const left: Candidate<M>[] = []
  for (const candidate of candidates) {
    try {
      if (await reader.provesOther(call, candidate.message, attempt)) continue
    } catch (error) {
      if (!isParleyError(error)) throw error
    }
    left.push(candidate)
  }
  return left
}

/** The only candidate that is late enough and has the same text; `undefined` if there is none, or more than one. */
function onlySame<M extends Message>(candidates: Candidate<M>[], attempt: SendAttempt): Candidate<M> | undefined {
  const same = candidates.filter(({ message, isLater }) => isLater && saysTheSame(message, attempt))
  return same.length === 1 ? same[0] : undefined
}

/** A file without text cannot be recognized. */
const saysTheSame = ({ text, attachments }: Message, attempt: SendAttempt): boolean =>
  attempt.text !== '' && normalizeSpace(text ?? attachments?.[0]?.url) === normalizeSpace(attempt.text)

/** Vendors change white space. Any other difference makes another text. */
export const normalizeSpace = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim()

/** The time of a message in milliseconds, if it is plausible. */
function timeOf({ createdAt }: Message): number | undefined {
  const at = createdAt ? Date.parse(createdAt) : Number.NaN
  // Zero, and years before chatbots existed, mean "no time".
  return at >= earliestTime ? at : undefined
}
const earliestTime = Date.UTC(2000, 0, 1)
