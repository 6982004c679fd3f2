import { type Attempt, type Call, isParleyError } from '@parley/core'
import { type Found, fetchThread } from './agent-conversation-thread.ts'

/** A clock that differs by less counts as the same; whole seconds are cut off too. */
const sameClock = 2_000
/** The same words from longer ago are another message; in between it cannot be told, since clocks differ. */
const longAgo = 10 * 60_000

/**
 * Looks for what was sent. `absent` only when nothing in the thread could be it, however clocks and texts may have
 * changed on the way: whoever hears it may send again.
 *
 * @param thread oldest first.
 */
export function findSent(thread: readonly Found[], attempt: Attempt): Found | 'absent' | 'unclear' {
  const started = Date.parse(attempt.startedAt)
  const own = thread.filter(({ author }) =>
    attempt.kind === 'ask' ? author.kind === 'contact' : author.kind !== 'contact' && author.kind !== 'agent',
  )
  const timeOf = ({ createdAt }: Found): number => (createdAt ? Date.parse(createdAt) : Number.NaN)
  const same = own.filter(({ text }) => folded(text) === folded(attempt.text))
  const found = same.find((message) => timeOf(message) >= started - sameClock)
  if (found) return found
  // Someone else's words, or ours as the platform changed them.
  if (own.some((message) => timeOf(message) >= started - sameClock)) return 'unclear'
  return same.every((message) => timeOf(message) < started - longAgo) ? 'absent' : 'unclear'
}

const folded = (text: string | null | undefined): string => (text ?? '').trim().replace(/\s+/g, ' ')

/**
 * Reads back twice, because what was sent may still be on its way when the connection is lost.
 *
 * @returns `undefined`: not found in time.
 */
export async function readBack(call: Call, attempt: Attempt): Promise<{ sent: Found; thread: Found[] } | undefined> {
  for (const pause of [1_000, 4_000]) {
    if (await call.wait(pause)) return undefined
    try {
      const thread = await fetchThread(call, attempt.conversationId as string, 'asc')
      const sent = findSent(thread, attempt)
      if (typeof sent === 'object') return { sent, thread }
    } catch (error) {
      if (!isParleyError(error)) throw error
    }
  }
  return undefined
}
