import { isWindow, type LimitReading, readHeaderNumber } from '@parley/core'

/** "Rate limits": so many requests in so many milliseconds, per app and location. */
export const leadConnectorRate: { readonly requests: number; readonly perMs: number } = {
  requests: 100,
  perMs: 10_000,
}

/** The headers may be missing, as on answers to sends. */
export function readLeadConnectorLimits(headers: Headers): LimitReading | undefined {
  const fields = {
    remaining: readHeaderNumber(headers, 'x-ratelimit-remaining'),
    windowMs: readHeaderNumber(headers, 'x-ratelimit-interval-milliseconds'),
    max: readHeaderNumber(headers, 'x-ratelimit-max'),
    dailyMax: readHeaderNumber(headers, 'x-ratelimit-limit-daily'),
    dailyRemaining: readHeaderNumber(headers, 'x-ratelimit-daily-remaining'),
    dailyResetMs: readHeaderNumber(headers, 'x-ratelimit-daily-reset'),
  }
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return given.length > 0 ? Object.fromEntries(given) : undefined
}

/**
 * How long to wait after a 429 that names no time: the burst window, plus up to a tenth so that several programs do not
 * come back in the same instant. `null` when the day's requests are used up, because no short wait helps then.
 */
export function leadConnectorRateDelay(headers: Headers, random: () => number): number | null {
  if (readHeaderNumber(headers, 'x-ratelimit-daily-remaining') === 0) return null
  const said = readHeaderNumber(headers, 'x-ratelimit-interval-milliseconds')
  const windowMs = isWindow(said) ? said : leadConnectorRate.perMs
  return Math.round(windowMs * (1 + random() / 10))
}
