import type { Priority } from '../contract/priority.ts'

/** What is left of a vendor's day. */
export interface DailyState {
  /** Requests left, as far as it is known: what the vendor said last, less what went out since. */
  remaining: number
  /** Requests a day, where the vendor says so. */
  max?: number
  /** When the vendor said so. */
  at: number
  /** When the count starts again; missing: the vendor does not say. */
  resetsAt?: number
}

export interface DailyReading {
  /** Requests left today. */
  dailyRemaining?: number
  /** Requests allowed a day. */
  dailyMax?: number
  /** Milliseconds until the vendor's day ends, or the Unix time (seconds or milliseconds) at which it does. */
  dailyResetMs?: number
}

/** Where the vendor does not say when its day ends, one request in so many milliseconds goes out to find out. */
const askAgainMs = 60_000

/** History leaves this part of the day to those who speak and look. */
const keptForPeople = 0.02
const leavesSome: ReadonlySet<Priority> = new Set(['backfill', 'sweep'])

/** The vendor's count per day, which it alone keeps: nothing here counts before its headers have told a number. */
export interface DailyQuota {
  /** Milliseconds until a request of this priority may go; 0: now. */
  waitFor(now: number, priority: Priority): number
  take(now: number): void
  /** @param onTheWay requests without an answer yet, which the vendor may not have counted when it answered this one. */
  observe(reading: DailyReading, now: number, onTheWay: number): void
  state(now: number): DailyState | null
  shift(milliseconds: number): void
}

export function createDailyQuota(): DailyQuota {
  let day: DailyState | null = null

  /** A day that is over says nothing about the next one. */
  const today = (now: number): DailyState | null => {
    if (day?.resetsAt !== undefined && day.resetsAt <= now) day = null
    return day
  }

  return {
    waitFor(now, priority) {
      const known = today(now)
      if (!known) return 0
      const kept = leavesSome.has(priority) ? Math.floor((known.max ?? 0) * keptForPeople) : 0
      if (known.remaining > kept) return 0
      return Math.max(0, (known.resetsAt ?? known.at + askAgainMs) - now)
    },
    take(now) {
      const known = today(now)
      if (!known) return
      // Only the one that finds out goes out when nothing is left; whoever comes next waits for its answer.
      if (known.remaining <= 0) known.at = now
      known.remaining = Math.max(0, known.remaining - 1)
    },
    observe({ dailyRemaining, dailyMax, dailyResetMs }, now, onTheWay) {
      if (dailyRemaining === undefined) return
      day = { remaining: Math.max(0, dailyRemaining - onTheWay), at: now }
      if (dailyMax !== undefined) day.max = dailyMax
      if (dailyResetMs !== undefined && dailyResetMs > 0) day.resetsAt = now + dailyResetMs
    },
    state(now) {
      const known = today(now)
      return known && { ...known }
    },
    shift(milliseconds) {
      if (!day) return
      day.at -= milliseconds
      if (day.resetsAt !== undefined) day.resetsAt -= milliseconds
    },
  }
}
