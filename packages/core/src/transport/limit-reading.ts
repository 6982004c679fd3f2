import type { DailyReading } from './daily-quota.ts'
import { untilUnixTime } from './header-number.ts'
import { marginOf } from './limit-window.ts'

/** What a vendor's headers say about its limit right now. */
export interface LimitReading extends DailyReading {
  /** Requests left in the current window. */
  remaining?: number
  /** The window's size in milliseconds. */
  windowMs?: number
  /** Requests allowed per window. */
  max?: number
}

/**
 * The longest time, in milliseconds, for which one answer keeps an account from sending: 15 minutes, whatever it says. A
 * vendor that means more says so again then. A day's quota that is used up is the exception.
 */
export const longestStop = 900_000

/** The end of a day lies at most so far ahead: a day has 25 hours when a clock is set back. In milliseconds. */
const longestDay = 90_000_000

/** Whether a number can be the size of a vendor's window, in milliseconds: no answer may stop everything for longer. */
export const isWindow = (milliseconds: number | undefined): milliseconds is number =>
  isCount(milliseconds) && milliseconds + marginOf(milliseconds) <= longestStop

/** A number of at least one, which is what a limit has to be to be believed. */
const isCount = (value: number | undefined): value is number =>
  value !== undefined && value >= 1 && Number.isFinite(value)

/**
 * What can be believed of a reading. A time at which the day ends becomes the milliseconds until then.
 *
 * @param warn is told of the rest, which is ignored.
 */
export function sensibleLimits(given: LimitReading, now: number, warn: (message: string) => void): LimitReading {
  const reading: LimitReading = {}
  const take = (name: keyof LimitReading, value: number | undefined, makesSense: (value: number) => boolean) => {
    if (value === undefined) return
    if (makesSense(value)) reading[name] = value
    else warn(`The vendor's limit headers make no sense (${name}); that part of them is ignored.`)
  }
  take('remaining', given.remaining, Number.isFinite)
  take('max', given.max, isCount)
  take('windowMs', given.windowMs, isWindow)
  take('dailyRemaining', given.dailyRemaining, Number.isFinite)
  take('dailyMax', given.dailyMax, isCount)
  const reset = given.dailyResetMs
  const untilReset = reset === undefined ? undefined : (untilUnixTime(reset, now) ?? reset)
  take('dailyResetMs', untilReset, (wait) => wait >= 0 && wait <= longestDay)
  return reading
}
