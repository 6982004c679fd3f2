import { type Priority, priorities } from '../contract/priority.ts'
import type { DailyState } from './daily-quota.ts'

/**
 * Where the numbers of a limit come from: the vendor's documentation, the adapter's option `rate`, or the headers of its
 * answers.
 */
export type LimitSource = 'documented' | 'option' | 'vendor'

/**
 * How much of a vendor's rate limit is used, right now and by this process; of other programs, what the vendor's headers
 * tell. All times are in milliseconds, instants since the epoch by the adapter's clock.
 */
export interface BudgetState {
  /** Requests that count against the current window. */
  used: number
  /**
   * How many may count against it: the vendor's limit, or a part of it for some windows after the vendor refused a
   * request all the same. `null`: no limit is known.
   */
  allowed: number | null
  windowMs: number | null
  source: LimitSource | null
  /** The vendor's limit per day, as its headers told last; `null`: they have not told, or that day is over. */
  daily: DailyState | null
  /** Until when nothing is sent, because the vendor said so. */
  blockedUntil: number | null
  /** How many requests wait for a place, per priority. */
  waiting: Record<Priority, number>
  /** Whether the limiter that processes share can be reached; `null`: there is none. */
  sharing: 'up' | 'down' | null
}

const ranks: Readonly<Record<Priority, number>> = Object.fromEntries(
  priorities.map((priority, rank) => [priority, rank]),
) as Record<Priority, number>

export const rankOf = (priority: Priority): number => ranks[priority]
