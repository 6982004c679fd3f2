import type { Attempt } from '../contract/results.ts'
import { isParleyError } from '../errors/parley-error.ts'
import type { Message } from '../model/message.ts'
import { heldByOther } from './other-attempts.ts'
import type { Search } from './sent-reader.ts'

/** A conversation as it was read back. */
export interface SentThread<M extends Message = Message> {
  /** Oldest first. */
  messages: M[]
  /** Whether everything is there, back to its beginning or to where `isFarEnough` said so. */
  isComplete: boolean
}

/** `none`: it is proved that no message of the conversation is the one that was sent. `open`: nothing is proved. */
export type SentFound<M extends Message> = { message: M } | 'open' | 'none'

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
export function farEnoughFor({ after, startedAt }: Attempt): (message: Message) => boolean {
  const earliest = Date.parse(startedAt) - clockTolerance
  let bound: number | undefined = after === undefined ? earliest : undefined
  return (message) => {
    const at = timeOf(message)
    if (message.id === after) bound = at === undefined ? earliest : at - orderTolerance
    return bound !== undefined && at !== undefined && at < bound
  }
}

/**
 * Finds what an attempt sent in a conversation that was read back. The rules are those of `Settlement`, apart from age,
 * which `settleAttempt` adds.
 */
export async function findSent<M extends Message>(
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
  { after, startedAt }: Attempt,
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
function onlySame<M extends Message>(candidates: Candidate<M>[], attempt: Attempt): Candidate<M> | undefined {
  const same = candidates.filter(({ message, isLater }) => isLater && saysTheSame(message, attempt))
  return same.length === 1 ? same[0] : undefined
}

/** A file without words is recognized by nothing. */
const saysTheSame = ({ text, attachments }: Message, attempt: Attempt): boolean =>
  attempt.text !== '' && folded(text ?? attachments?.[0]?.url) === folded(attempt.text)

/** Vendors change white space; everything else that they change makes another text. */
export const folded = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim()
