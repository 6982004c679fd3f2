import type { Clock, RateLimiter, Refusal, Slot, SlotRequest } from '../../src/index.ts'

type Wish = Partial<SlotRequest> & { within?: number }

/** Asks for a place. @param wish.within how long it may take, in milliseconds; a minute unless said otherwise. */
export function enter(clock: Clock, rateLimiter: RateLimiter, { within = 60_000, ...wish }: Wish = {}) {
  const deadline = clock.now() + within
  return rateLimiter.enter({
    priority: 'live',
    deadline,
    longestBlock: within,
    signal: undefined,
    warn: () => {},
    ...wish,
  })
}

export const isRefusal = (entry: Slot | Refusal): entry is Refusal => 'refused' in entry

/** Takes a place if there is one right now. @returns 0, or in how many milliseconds there would be. */
export function take(clock: Clock, rateLimiter: RateLimiter): number {
  const entry = enter(clock, rateLimiter, { within: 0 })
  if (entry instanceof Promise) throw new Error('it waits, with no time to wait')
  return isRefusal(entry) ? entry.waitMs : 0
}
