import type { Attempt } from '../contract/results.ts'
import { isParleyError } from '../errors/parley-error.ts'
import type { Message } from '../model/message.ts'
import { isHeldByOther } from './other-attempts.ts'
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

/** Tells a reader how far back an attempt has to be looked for. */
export function farEnoughFor({ after, startedAt }: Attempt): (message: Message) => boolean {
  const earliest = Date.parse(startedAt) - clockTolerance
  if (after === undefined) return ({ createdAt }) => !!createdAt && Date.parse(createdAt) < earliest
  let known: Message | undefined
  return (message) => {
    if (message.id === after) known = message
    // Messages that share the instant of `after` have no order among them.
    else if (known) return !known.createdAt || !message.createdAt || message.createdAt < known.createdAt
    return false
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
  if (only && (await withoutProved([only], search)).length > 0) return { message: only.message }
  const possible = await withoutProved(stated, search)
  const left = onlySame(possible, attempt)
  if (left) return { message: left.message }
  return possible.length === 0 && reached && thread.isComplete ? 'none' : 'open'
}

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
  const place = messages.findIndex(({ id }) => id === after)
  if (place >= 0) {
    const at = messages[place]?.createdAt
    const candidates = messages.flatMap((message, index): Candidate<M>[] => {
      if (index > place) return [{ message, isLater: true }]
      return index < place && at && message.createdAt === at ? [{ message, isLater: false }] : []
    })
    return { candidates, reached: true }
  }
  const started = Date.parse(startedAt)
  const candidates = messages.flatMap((message): Candidate<M>[] => {
    const at = message.createdAt ? Date.parse(message.createdAt) : undefined
    if (at === undefined) return [{ message, isLater: false }]
    return at >= started - clockTolerance ? [{ message, isLater: at >= started - clockPrecision }] : []
  })
  // A message named by `after` that is not shown: the vendor hides something, so that nothing is proved.
  return { candidates, reached: after === undefined }
}

function isStatedOther<M extends Message>(
  message: M,
  { attempt, call, otherMessageIds, reader }: Search<M, SentThread<M>>,
): boolean {
  if (otherMessageIds.includes(message.id) || isHeldByOther(call, message.id, attempt)) return true
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
