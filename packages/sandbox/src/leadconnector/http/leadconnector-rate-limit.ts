import type { Budget, State, TokenRecord } from '../state/leadconnector-state.ts'
import type { Reply } from './leadconnector-reply.ts'

const dayMs = 86_400_000

/** Counts a request of one application in one location; a refused one does not count. */
export function spend(
  state: State,
  token: TokenRecord,
  now: number,
): { headers: Record<string, string>; refusal: Reply | null } {
  const { settings } = state
  if (!settings.rateLimit) return { headers: {}, refusal: null }
  const budget = budgetOf(state, token, now)
  const spent = budget.inWindow >= settings.rateLimitBurst
  const dailySpent = budget.inDay >= settings.rateLimitDaily
  if (spent || dailySpent) {
    const waitMs = dailySpent ? (budget.day + 1) * dayMs - now : budget.windowStart + settings.rateLimitIntervalMs - now
    return { headers: headersOf(state, budget, now), refusal: tooMany(state, now, waitMs) }
  }
  budget.inWindow += 1
  budget.inDay += 1
  return { headers: headersOf(state, budget, now), refusal: null }
}

function budgetOf(state: State, token: TokenRecord, now: number): Budget {
  const key = `${token.application}:${token.locationId ?? state.companyId}`
  const day = Math.floor(now / dayMs)
  const budget = state.budgets.get(key) ?? { windowStart: now, inWindow: 0, day, inDay: 0 }
  state.budgets.set(key, budget)
  if (now - budget.windowStart >= state.settings.rateLimitIntervalMs) {
    budget.windowStart = now
    budget.inWindow = 0
  }
  if (day !== budget.day) {
    budget.day = day
    budget.inDay = 0
  }
  return budget
}

function headersOf(state: State, budget: Budget, now: number): Record<string, string> {
  const { rateLimitBurst, rateLimitDaily, rateLimitIntervalMs } = state.settings
  return {
    'X-RateLimit-Limit-Daily': String(rateLimitDaily),
    'X-RateLimit-Daily-Remaining': String(Math.max(0, rateLimitDaily - budget.inDay)),
    'X-RateLimit-Daily-Reset': String((budget.day + 1) * dayMs - now),
    'X-RateLimit-Interval-Milliseconds': String(rateLimitIntervalMs),
    'X-RateLimit-Max': String(rateLimitBurst),
    'X-RateLimit-Remaining': String(Math.max(0, rateLimitBurst - budget.inWindow)),
  }
}

function tooMany(state: State, now: number, waitMs: number): Reply {
  const body = { statusCode: 429, message: 'Too Many Requests' }
  if (state.settings.rateLimitRetryAfter === 'none') return { status: 429, body }
  const seconds = Math.ceil(waitMs / 1000)
  const date = new Date(Math.ceil((now + waitMs) / 1000) * 1000).toUTCString()
  const retryAfter = state.settings.rateLimitRetryAfter === 'date' ? date : String(seconds)
  return { status: 429, body, headers: { 'Retry-After': retryAfter } }
}
