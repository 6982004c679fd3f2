import type { Attempt } from '@parley/core'
import type { Found } from './livechatai-thread.ts'

/** A clock that differs by less counts as the same; whole seconds are cut off too. */
export const sameClock = 2_000
/** The same words from longer ago are another message; in between it cannot be told, since clocks differ. */
const longAgo = 10 * 60_000

/**
 * Looks for what was sent. `absent` only when nothing in the thread could be it, however clocks and texts may have
 * changed on the way: whoever hears it may send again.
 *
 * @param messages oldest first.
 */
export function findSent(messages: readonly Found[], attempt: Attempt): Found | 'absent' | 'unclear' {
  const started = Date.parse(attempt.startedAt)
  // A teammate's message that came without the teammate looks like the agent's.
  const own = messages.filter(({ author }) => (author.kind === 'contact') === (attempt.kind === 'ask'))
  const timeOf = ({ createdAt }: Found): number => (createdAt ? Date.parse(createdAt) : Number.NaN)
  const same = own.filter((message) => folded(saidIn(message)) === folded(attempt.text))
  const found = same.find((message) => timeOf(message) >= started - sameClock)
  if (found) return found
  // Someone else's words, or ours as the vendor changed them.
  const others = own.filter(({ author }) => author.kind !== 'agent')
  if (others.some((message) => timeOf(message) >= started - sameClock)) return 'unclear'
  return same.every((message) => timeOf(message) < started - longAgo) ? 'absent' : 'unclear'
}

/** Of an image, the address that was sent as its text. */
const saidIn = ({ text, attachments }: Found): string | null | undefined => text ?? attachments?.[0]?.url

const folded = (text: string | null | undefined): string => (text ?? '').trim().replace(/\s+/g, ' ')
