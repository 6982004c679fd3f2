import { instantOf, type Pass, slack } from './pass.ts'

/** Up to where a list that is read from its newest item is known. */
export interface Reach {
  /** The newest item when it was last read to its end. */
  at: string
  ref: string
  /** The time before which nothing new can appear. */
  before: string
}

/**
 * @param newest the newest item when the list was last read.
 * @param from when that read began, by the clock of the sync. A time in the future is of a clock that was ahead.
 * @param lag how late the vendor may show something, in milliseconds.
 */
export function reachOf({ clock }: Pass, newest: { at: string; ref: string }, from: string, lag: number): Reach {
  const begun = Date.parse(from)
  const isAhead = begun > clock.now() + slack
  return { ...newest, before: instantOf((isAhead ? Date.parse(newest.at) : begun) - lag) }
}

/**
 * Whether a page reaches what is known: the item itself or an older one, and beyond the time in which the vendor may still
 * show something older than that.
 */
export function reached<Item extends { ref: string }>(
  { at, ref, before }: Reach,
  items: readonly Item[],
  timeOf: (item: Item) => string | null | undefined,
): boolean {
  const times = items.map(timeOf).filter((time) => typeof time === 'string')
  const oldest = times.reduce<string | undefined>(
    (least, time) => (least === undefined || time < least ? time : least),
    undefined,
  )
  if (oldest === undefined) return false
  return oldest < before && (oldest < at || items.some((item) => item.ref === ref))
}
