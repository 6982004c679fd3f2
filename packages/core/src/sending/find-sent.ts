import type { ReconcileOptions } from '../contract/options.ts'
import type { Answer, SendAttempt } from '../contract/results.ts'
import { mayPass } from '../errors/kinds.ts'
import { isParleyError, type ParleyError } from '../errors/parley-error.ts'
import type { Message } from '../model/message.ts'
import type { Call } from '../transport/protocol.ts'
import { heldByOther } from './attempt.ts'

/**
 * What core's sending needs to know of a vendor. An adapter says how to read a conversation and what the vendor states
 * about a message; what that means for an attempt is decided in core, so that it is the same for every vendor.
 */
export interface SentReader<M extends Message = Message, T extends SentThread<M> = SentThread<M>> {
  /** What can be sent to this vendor. */
  readonly kinds: readonly SendAttempt['kind'][]
  /**
   * The longest that a send may be under way, in milliseconds: the longest deadline of an operation that sends, as far as
   * this adapter is configured. A message that is not there after it, and after `visibilityLag`, never arrives.
   */
  readonly longestRequest: number
  /** How long the vendor may take until a stored message shows when it is read, in milliseconds. */
  readonly visibilityLag: number
  /**
   * Reads a conversation back.
   *
   * @param isFarEnough whether nothing older than this message is needed. Called from the newest message on; a vendor
   * that sends a conversation whole ignores it.
   */
  readThread(call: Call, conversationId: string, isFarEnough: (message: M) => boolean): Promise<T>
  /** The message with the attempt's `messageId`, where the vendor can be asked for one; `undefined` when it is not shown. */
  readMessage?(call: Call, messageId: string): Promise<M | undefined>
  /** Conversations in which a message may stand that was sent before its conversation had a known id. */
  findConversations?(call: Call, attempt: SendAttempt): Promise<readonly string[]>
  /**
   * Whether the vendor **states** something that proves that the message is another one. What the adapter infers proves
   * nothing. When in doubt `false`: the message then stays possible, and nobody sends it a second time.
   */
  isOther(message: M, attempt: SendAttempt): boolean
  /** The same where it takes a request to know, such as a lookup of the generation. A failure counts as `false`. */
  provesOther?(call: Call, message: M, attempt: SendAttempt): Promise<boolean>
  /** Completes messages whose text a list leaves out, such as emails, before their texts are compared. */
  addTexts?(call: Call, messages: readonly M[]): Promise<void>
  /** The agent's answer to a question that is stored, as far as it is there now. Waits for nothing. */
  answerTo(call: Call, attempt: SendAttempt, question: M | null, thread: T | undefined): Promise<Answer | null>
}

/** What an attempt is looked for with. */
export interface Search<M extends Message, T extends SentThread<M>> {
  call: Call
  reader: SentReader<M, T>
  attempt: SendAttempt
  otherMessageIds: NonNullable<ReconcileOptions['otherMessageIds']>
}

/** A conversation as it was read back. */
export interface SentThread<M extends Message = Message> {
  /** Oldest first. */
  messages: M[]
  /** Whether everything is there, back to its beginning or to where `isFarEnough` said so. */
  isComplete: boolean
}

/** `none`: it is proved that no message of the conversation is the one that was sent. `open`: nothing is proved. */
type SentFound<M extends Message> = { message: M } | 'open' | 'none'

/** Clocks of different machines, and a vendor that rounds or delays its times, are at most this far apart. */
export const clockTolerance: number = 10 * 60_000

/** Vendors cut times to whole seconds, and clocks that are set by the network differ by less than one. */
const clockPrecision = 1_000

/** So many messages are asked about one by one; with more of them it stays open whether one is ours. */
const mostProofs = 10

/** The time of a message as far as it proves anything, in milliseconds. */
function timeOf({ createdAt }: Message): number | undefined {
  const at = createdAt ? Date.parse(createdAt) : Number.NaN
  // Zero and years before any chatbot stand for "no time".
  return at >= earliestTime ? at : undefined
}
const earliestTime = Date.UTC(2000, 0, 1)

/** Vendors stamp messages on several machines, so that two may be stamped in the wrong order. */
const orderTolerance = 5_000

/** Tells a reader how far back an attempt has to be looked for. */
export function farEnoughFor({ after, startedAt }: SendAttempt): (message: Message) => boolean {
  const earliest = Date.parse(startedAt) - clockTolerance
  let bound: number | undefined = after === undefined ? earliest : undefined
  return (message) => {
    const at = timeOf(message)
    if (message.id === after) bound = at === undefined ? earliest : at - orderTolerance
    return bound !== undefined && at !== undefined && at < bound
  }
}

/**
 * Finds what an attempt sent in a conversation that was read back. The rules are those of `Reconciliation`, apart from age,
 * which `reconcileAttempt` adds.
 */
async function findSent<M extends Message>(
  thread: SentThread<M>,
  search: Search<M, SentThread<M>>,
): Promise<SentFound<M>> {
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
  // A proof may take requests, so that the likely one is asked about first.
  if (only && (await withoutProved([only], search)).length > 0) return found(only.message, search)
  const possible = await withoutProved(stated, search)
  const left = onlySame(possible, attempt)
  if (left) return found(left.message, search)
  return possible.length === 0 && reached && thread.isComplete ? 'none' : 'open'
}

/** A message that was concluded to be the one; when another attempt has concluded the same, it is open whose it is. */
const found = <M extends Message>(message: M, { attempt, call }: Search<M, SentThread<M>>): SentFound<M> =>
  heldByOther(call, message.id, attempt) === undefined ? { message } : 'open'

interface Candidate<M extends Message> {
  message: M
  /** Whether it follows `after`, or without that is not older than the attempt. */
  isLater: boolean
}

/** What is new enough to be looked at, and whether the reading reached as far back as it has to. */
function afterOrSince<M extends Message>(
  { messages }: SentThread<M>,
  { after, startedAt }: SendAttempt,
): { candidates: Candidate<M>[]; reached: boolean } {
  const started = Date.parse(startedAt)
  const place = messages.findIndex(({ id }) => id === after)
  const known = messages[place]
  const knownAt = known && timeOf(known)
  const earliest = knownAt === undefined ? started - clockTolerance : knownAt - orderTolerance
  const candidates = messages.flatMap((message, index): Candidate<M>[] => {
    if (index === place) return []
    const at = timeOf(message)
    if (at === undefined) return [{ message, isLater: known !== undefined && index > place }]
    if (at < earliest) return []
    if (known === undefined) return [{ message, isLater: at >= started - clockPrecision }]
    return [{ message, isLater: index > place && (knownAt === undefined || at >= knownAt) }]
  })
  // A message named by `after` that is not shown: the vendor hides something, so that nothing is proved.
  return { candidates, reached: after === undefined || known !== undefined }
}

function isStatedOther<M extends Message>(
  message: M,
  { attempt, call, otherMessageIds, reader }: Search<M, SentThread<M>>,
): boolean {
  if (otherMessageIds.includes(message.id) || heldByOther(call, message.id, attempt) === 'certain') return true
  if (attempt.mark !== undefined && message.externalId) return true
  return reader.isOther(message, attempt)
}

async function withoutProved<M extends Message>(
  candidates: Candidate<M>[],
  { attempt, call, reader }: Search<M, SentThread<M>>,
): Promise<Candidate<M>[]> {
  if (!reader.provesOther || candidates.length > mostProofs) return candidates
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

/** The one candidate that is late enough and says the same; `undefined` when there is none, or more than one. */
function onlySame<M extends Message>(candidates: Candidate<M>[], attempt: SendAttempt): Candidate<M> | undefined {
  const same = candidates.filter(({ message, isLater }) => isLater && saysTheSame(message, attempt))
  return same.length === 1 ? same[0] : undefined
}

/** A file without words is recognized by nothing. */
const saysTheSame = ({ text, attachments }: Message, attempt: SendAttempt): boolean =>
  attempt.text !== '' && folded(text ?? attachments?.[0]?.url) === folded(attempt.text)

/** Vendors change white space; everything else that they change makes another text. */
export const folded = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim()

/** What was sent, where it was found. */
export interface FoundBack<M extends Message = Message, T extends SentThread<M> = SentThread<M>> {
  conversationId: string
  message: M
  thread: T
}

/**
 * One look for what an attempt sent.
 *
 * @returns what `findSent` says; without a known conversation, only ever that it was found or may be there.
 */
export async function lookBack<M extends Message, T extends SentThread<M>>(
  search: Search<M, T>,
): Promise<FoundBack<M, T> | Exclude<SentFound<M>, object>> {
  const { attempt, call, reader } = search
  if (attempt.conversationId !== null) return lookIn(attempt.conversationId, search)
  const found: FoundBack<M, T>[] = []
  for (const conversationId of (await reader.findConversations?.(call, attempt)) ?? []) {
    const here = await lookIn(conversationId, search)
    if (typeof here === 'object') found.push(here)
  }
  // Two people may ask the same at the same time; whose question is ours, nothing says.
  const [only, another] = found
  return only && !another ? only : 'open'
}

async function lookIn<M extends Message, T extends SentThread<M>>(
  conversationId: string,
  search: Search<M, T>,
): Promise<FoundBack<M, T> | Exclude<SentFound<M>, object>> {
  const { attempt, call, reader } = search
  const { warnings } = call.reading
  const before = warnings.length
  const read = await reader.readThread(call, conversationId, farEnoughFor(attempt))
  // An item that cannot be read may be the one that is looked for.
  const isComplete = read.isComplete && !warnings.slice(before).some(({ code }) => code === 'bad-item')
  const thread = { ...read, isComplete }
  const sent = await findSent(thread, search)
  return typeof sent === 'string' ? sent : { conversationId, message: sent.message, thread }
}

/** Waits before each look, in milliseconds: what was sent may still be on its way when the connection is lost. */
const pauses = [1_000, 2_000, 4_000]

/**
 * Looks for what was sent after a send that was not answered. Sends nothing, and fails only with the caller's own signal.
 *
 * @param onError told each failure of a look; may throw one that explains why the send failed.
 * @returns `undefined`: not found in time. It may be there all the same.
 */
export async function readBack<M extends Message, T extends SentThread<M>>(
  search: Omit<Search<M, T>, 'otherMessageIds'>,
  onError?: (error: ParleyError) => void,
): Promise<FoundBack<M, T> | undefined> {
  for (const pause of pauses) {
    if (await search.call.wait(pause)) return undefined
    try {
      const found = await lookBack({ ...search, otherMessageIds: [] })
      if (typeof found === 'object') return found
    } catch (error) {
      if (!isParleyError(error)) throw error
      onError?.(error)
      // One look that cannot be read says nothing about the next; a refusal stays one.
      if (!mayPass(error) && error.code !== 'response' && error.code !== 'not-found') return undefined
    }
  }
  return undefined
}
