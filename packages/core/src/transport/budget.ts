import type { Clock } from './clock.ts'

/** What a vendor's headers say about its limit right now. */
export interface LimitReading {
  /** Requests left in the current window. */
  remaining?: number
  /** The window's size in milliseconds. */
  windowMs?: number
  /** Requests allowed per window. */
  max?: number
  /** Requests left today; 0 stops everything until the vendor's day ends. */
  dailyRemaining?: number
  /** Milliseconds until the daily count starts again. */
  dailyResetMs?: number
}

export interface BudgetState {
  /** Requests made in the current window. */
  used: number
  allowed: number | null
  windowMs: number | null
  daily: { remaining: number; at: number; resetsAt?: number } | null
  /** Until when nothing is sent, because the vendor said so; milliseconds since the epoch. */
  blockedUntil: number | null
}

/** One limit of one vendor scope, shared by everything in this process that counts against it. */
export interface Budget {
  /** Milliseconds to wait before the next request may go; 0 takes a place at once. */
  take(): number
  /** Learn from the headers of an answer. */
  observe(reading: LimitReading): void
  /** The vendor refused: send nothing for so long. */
  block(milliseconds: number): void
  state(): BudgetState
}

export function createBudget(clock: Clock, limit: { requests: number; perMs: number } | null): Budget {
  let allowed = limit?.requests ?? Number.POSITIVE_INFINITY
  let windowMs = limit?.perMs ?? 0
  let blockedUntil = 0
  let daily: BudgetState['daily'] = null
  /** When the requests of the current window went out, oldest first from `head` on. */
  let sent: number[] = []
  let head = 0

  const forget = (now: number) => {
    while (head < sent.length && (sent[head] as number) <= now - windowMs) head++
    if (head > 1024) {
      sent = sent.slice(head)
      head = 0
    }
  }

  return {
    take() {
      const now = clock.now()
      if (now < blockedUntil) return blockedUntil - now
      if (windowMs === 0) return 0
      forget(now)
      if (sent.length - head >= allowed) return Math.max(1, (sent[sent.length - allowed] as number) + windowMs - now)
      sent.push(now)
      return 0
    },
    observe(reading) {
      const now = clock.now()
      if (reading.max !== undefined && reading.max > 0) allowed = reading.max
      if (reading.windowMs !== undefined && reading.windowMs > 0) windowMs = reading.windowMs
      // Somebody else counts against the same limit: believe the vendor and wait out the window.
      if (reading.remaining === 0 && windowMs > 0) {
        forget(now)
        if (sent.length - head < allowed) blockedUntil = Math.max(blockedUntil, now + windowMs)
      }
      if (reading.dailyRemaining !== undefined) {
        daily = { remaining: reading.dailyRemaining, at: now }
        if (reading.dailyResetMs !== undefined) daily.resetsAt = now + reading.dailyResetMs
      }
    },
    block(milliseconds) {
      blockedUntil = Math.max(blockedUntil, clock.now() + milliseconds)
    },
    state() {
      const now = clock.now()
      forget(now)
      return {
        used: sent.length - head,
        allowed: Number.isFinite(allowed) ? allowed : null,
        windowMs: windowMs || null,
        daily,
        blockedUntil: blockedUntil > now ? blockedUntil : null,
      }
    },
  }
}

const shared = new WeakMap<Clock, Map<string, Budget>>()

/** The budget of a limit scope: the same one for every adapter of this process that names the same scope. */
export function budgetOf(clock: Clock, scope: string, limit: { requests: number; perMs: number } | null): Budget {
  const budgets = shared.get(clock) ?? new Map<string, Budget>()
  const budget = budgets.get(scope) ?? createBudget(clock, limit)
  shared.set(clock, budgets.set(scope, budget))
  return budget
}
