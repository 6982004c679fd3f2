import type { Attempt } from '../contract/results.ts'
import { printOf } from '../paging/print.ts'
import type { Call } from '../transport/call.ts'

/** The attempts of this process, each with a number of its own. Their copies share it. */
const numbers = new WeakMap<Attempt, number>()
let lastNumber = 0

export function markOwn(attempt: Attempt): void {
  numbers.set(attempt, ++lastNumber)
}

/** A copy that is still recognized as the same attempt of this process. */
export function copyOwn(attempt: Attempt, into: Attempt = { ...attempt }): Attempt {
  const number = numbers.get(attempt)
  if (number !== undefined) numbers.set(into, number)
  return into
}

/** Whether this process made the attempt, so that its clock is the one that asks. */
export const isOwn = (attempt: Attempt): boolean => numbers.has(attempt)

interface Holder {
  number: number | undefined
  fingerprint: string
  from: 'answer' | 'reading'
}

/**
 * Which attempt each message belongs to, for each adapter. Two messages with the same words that are sent at the same
 * time are told apart by it. Bounded: the oldest are forgotten.
 */
const holders = new WeakMap<object, Map<string, Holder>>()
const mostHolders = 1_000

/**
 * The same for an attempt that was stored and read again. Without its text, which has no business in a table; two texts
 * that share a print count as one attempt, and then nothing is ruled out.
 */
const fingerprintOf = ({ kind, text, startedAt }: Attempt): string => `${kind} ${startedAt} ${printOf(text)}`

/** @param from `answer`: the vendor answered this very send with the id. `reading`: it was concluded by text. */
export function keepMessageId({ owner }: Call, attempt: Attempt, from: Holder['from']): void {
  const ofAdapter = holders.get(owner) ?? new Map<string, Holder>()
  holders.set(owner, ofAdapter)
  const id = attempt.messageId as string
  if (from === 'reading' && ofAdapter.has(id)) return
  ofAdapter.set(id, { number: numbers.get(attempt), fingerprint: fingerprintOf(attempt), from })
  if (ofAdapter.size > mostHolders) ofAdapter.delete(ofAdapter.keys().next().value as string)
}

/**
 * Whether another attempt of the same adapter has this message. `certain`: the vendor said so. `likely`: it was
 * concluded from the text, so that the message may belong to either.
 */
export function heldByOther({ owner }: Call, messageId: string, attempt: Attempt): 'certain' | 'likely' | undefined {
  const holder = holders.get(owner)?.get(messageId)
  if (!holder) return undefined
  const number = numbers.get(attempt)
  const isSame =
    number !== undefined && holder.number !== undefined
      ? number === holder.number
      : holder.fingerprint === fingerprintOf(attempt)
  if (isSame) return undefined
  return holder.from === 'answer' ? 'certain' : 'likely'
}
