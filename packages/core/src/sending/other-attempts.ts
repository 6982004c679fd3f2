import type { Attempt } from '../contract/results.ts'
import type { Call } from '../transport/call.ts'

/**
 * Which attempt each message belongs to, by the id with which the vendor answered the send, for each adapter. Two
 * messages with the same words that are sent at the same time are told apart by it. Bounded: the oldest are forgotten.
 */
const holders = new WeakMap<object, Map<string, string>>()
const mostHolders = 1_000

/** The same for an attempt that was stored and read again. Without its text, which has no business in a table. */
const fingerprintOf = ({ kind, text, startedAt }: Attempt): string => `${kind} ${startedAt} ${hashOf(text)}`

export function keepMessageId({ owner }: Call, attempt: Attempt): void {
  const ofAdapter = holders.get(owner) ?? new Map<string, string>()
  holders.set(owner, ofAdapter)
  ofAdapter.set(attempt.messageId as string, fingerprintOf(attempt))
  if (ofAdapter.size > mostHolders) ofAdapter.delete(ofAdapter.keys().next().value as string)
}

/** Whether another attempt of the same adapter was answered with this message's id. */
export function isHeldByOther({ owner }: Call, messageId: string, attempt: Attempt): boolean {
  const holder = holders.get(owner)?.get(messageId)
  return holder !== undefined && holder !== fingerprintOf(attempt)
}

/** 32 bits of FNV-1a. Two texts that share one count as one attempt, and then nothing is ruled out. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
