import type { Budget, Clock, PlaceRequest, Refusal, Slot } from '../../src/index.ts'

type Wish = Partial<PlaceRequest> & { within?: number }

/** Asks for a place. @param wish.within how long it may take, in milliseconds; a minute unless said otherwise. */
export function enter(clock: Clock, budget: Budget, { within = 60_000, ...wish }: Wish = {}) {
  const deadline = clock.now() + within
  return budget.enter({ priority: 'live', deadline, longestBlock: within, signal: undefined, warn: () => {}, ...wish })
}

export const isRefusal = (entry: Slot | Refusal): entry is Refusal => 'refused' in entry

/** Takes a place if there is one right now. @returns 0, or in how many milliseconds there would be. */
export function take(clock: Clock, budget: Budget): number {
  const entry = enter(clock, budget, { within: 0 })
  if (entry instanceof Promise) throw new Error('it waits, with no time to wait')
  return isRefusal(entry) ? entry.waitMs : 0
}
