import { type Call, checkInstant, fromMilliseconds, holdsInstant } from '@parley/core'

/** What a query says about time, in milliseconds. */
export interface Period {
  from: number | undefined
  to: number | undefined
  holds(at: string | null | undefined): boolean
}

/** The vendor's bounds are days, or of undocumented exactness: what it sends is looked at again. */
export function periodOf(call: Call, { since, until }: { since?: string; until?: string }): Period {
  const from = checkInstant(call, since, 'since')
  const to = checkInstant(call, until, 'until')
  return {
    from,
    to,
    holds: (at) => holdsInstant(call.reading, at, from, to),
  }
}

/** Moved a little, because whether a bound belongs to the period is undocumented. */
export const shifted = (at: number | undefined, by: number): string | undefined =>
  at === undefined ? undefined : fromMilliseconds(at + by)
