import type { Clock } from './clock.ts'

/** What a vendor's headers say about its limit right now. */
export interface LimitReading {
  /** Requests left in the current window. */
  remaining?: number
  /** The window's size in milliseconds. */
  windowMs?: number
  /** Requests allowed per window. */
  max?: number
  /** Requests left today; 0 stops everything until the vendor's day ends, if `dailyResetMs` says when. */
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

/** @param options.fixed the limit is a part of the vendor's, so that what the vendor says of the whole does not change it. */
/** A vendor that asks for years of silence has made a mistake; nothing here waits longer than a day for it. */
const longestBlock = 86_400_000

export function createBudget(
  clock: Clock,
  limit: { requests: number; perMs: number } | null,
  options: { fixed?: boolean } = {},
): Budget {
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

  /** Until when nothing is sent: after a refusal, or because the day is used up. */
  const blocked = () => Math.max(blockedUntil, daily && daily.remaining <= 0 ? (daily.resetsAt ?? 0) : 0)

  return {
    take() {
      const now = clock.now()
      if (now < blocked()) return blocked() - now
      if (windowMs === 0) return 0
      forget(now)
      if (sent.length - head >= allowed) return Math.max(1, (sent[sent.length - allowed] as number) + windowMs - now)
      sent.push(now)
      return 0
    },
    observe(reading) {
      const now = clock.now()
      if (!options.fixed) {
        if (isCount(reading.max)) allowed = Math.floor(reading.max)
        if (isCount(reading.windowMs)) windowMs = reading.windowMs
      }
      // Somebody else counts against the same limit: believe the vendor and wait out the window.
      if (reading.remaining === 0 && windowMs > 0) {
        forget(now)
        if (sent.length - head < allowed) blockedUntil = Math.max(blockedUntil, now + windowMs)
      }
      if (reading.dailyRemaining !== undefined && !Number.isNaN(reading.dailyRemaining)) {
        daily = { remaining: reading.dailyRemaining, at: now }
        if (isCount(reading.dailyResetMs)) daily.resetsAt = now + reading.dailyResetMs
      }
    },
    block(milliseconds) {
      blockedUntil = Math.max(blockedUntil, clock.now() + Math.min(milliseconds, longestBlock))
    },
    state() {
      const now = clock.now()
      forget(now)
      return {
        used: sent.length - head,
        allowed: Number.isFinite(allowed) ? allowed : null,
        windowMs: windowMs || null,
        daily: daily && { ...daily },
        blockedUntil: blocked() > now ? blocked() : null,
      }
    },
  }
}

/** A number of at least one, which is what a limit has to be to be believed. */
const isCount = (value: number | undefined): value is number =>
  value !== undefined && value >= 1 && Number.isFinite(value)

const shared = new WeakMap<Clock, Map<string, Budget>>()

/** The budget of a limit scope: the same one for every adapter of this process that names the same scope. */
export function budgetOf(clock: Clock, scope: string, limit: { requests: number; perMs: number } | null): Budget {
  const budgets = shared.get(clock) ?? new Map<string, Budget>()
  const budget = budgets.get(scope) ?? createBudget(clock, limit)
  shared.set(clock, budgets.set(scope, budget))
  return budget
}
