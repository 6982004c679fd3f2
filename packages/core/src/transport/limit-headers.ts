import { readTimestamp } from '../read/reading.ts'
import { type DailyReading, marginOf } from './limit-window.ts'

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
    else warn(`The vendor's rate limit headers have an impossible value (${name}), which is ignored.`)
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

/** A vendor that asks for more than a week has made a mistake. */
const longestMs = 604_800_000
/** Above this a bare number cannot be seconds to wait (it would be more than a week), so it is milliseconds. */
const longestSeconds = longestMs / 1000

/**
 * How long a vendor asks to wait, in milliseconds: from `Retry-After-Ms`, or from `Retry-After`, which holds seconds, an
 * HTTP date in any of its three forms, or what vendors write instead: a Unix time, ISO 8601, a number with a unit. A time
 * without a zone is UTC. A time that is over gives 0.
 *
 * @param warn is told, without quoting it, of a header that makes no sense: a negative number, several that differ, a
 * wait of more than a week. It is ignored.
 * @returns `undefined` when there is no such header that can be read; never a negative number.
 */
export function readRetryAfter(
  headers: Headers,
  now: number,
  warn: (message: string) => void = () => {},
): number | undefined {
  for (const [name, waitOf] of readers) {
    const value = headers.get(name)
    if (value === null) continue
    const wait = waitOf(onceOf(value), now)
    if (wait !== undefined && wait <= longestMs) return Math.max(0, Math.ceil(wait))
    warn(`The header ${name} does not say how long to wait; it is ignored.`)
  }
  return undefined
}

type WaitOf = (value: string, now: number) => number | undefined

const milliseconds: WaitOf = (value, now) => {
  const count = numberIn(value)
  return untilUnixTime(count, now) ?? (Number.isNaN(count) ? undefined : count)
}

const anything: WaitOf = (value, now) => {
  const count = numberIn(value)
  if (!Number.isNaN(count)) return untilUnixTime(count, now) ?? (count <= longestSeconds ? count * 1000 : count)
  const [, number, unit] = /^(\d{1,15}(?:\.\d{1,15})?)\s*(ms|s)$/i.exec(value) ?? []
  if (unit) return Number(number) * (unit.toLowerCase() === 's' ? 1000 : 1)
  const at = readHttpDate(value, now)
  return at === undefined ? undefined : at - now
}

const readers: readonly (readonly [string, WaitOf])[] = [
  ['retry-after-ms', milliseconds],
  ['retry-after', anything],
]

const weekday = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\\s+'
const month = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'
const time = '(\\d{1,2}):(\\d{2}):(\\d{2})'
const zone = '(?:\\s*(GMT|UTC?|Z|[+-]\\d{2}:?\\d{2}))?'

/** `Sun, 06 Nov 1994 08:49:37 GMT` and `Sunday, 06-Nov-94 08:49:37 GMT`. */
const dayFirst = new RegExp(`^(?:${weekday})?(\\d{1,2})[\\s-]${month}[\\s-](\\d{4}|\\d{2})\\s+${time}${zone}$`, 'i')
/** `Sun Nov  6 08:49:37 1994`. */
const monthFirst = new RegExp(`^${weekday}${month}\\s+(\\d{1,2})\\s+${time}\\s+(\\d{4})${zone}$`, 'i')

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * Reads a date of a header: the three forms of RFC 9110, section 5.6.7, and ISO 8601. UTC is meant wherever no zone is
 * given, whatever the time zone of this machine.
 *
 * @param now in milliseconds since the epoch: a year of two digits is the last one that is at most 50 years ahead.
 * @returns milliseconds since the epoch; `undefined` when it is none of these.
 */
export function readHttpDate(text: string, now: number): number | undefined {
  const [first, day, name, year, ...rest] = dayFirst.exec(text) ?? []
  if (first !== undefined) return instantOf({ day, name, year, rest }, now)
  const [second, nameFirst, dayAfter, hour, minute, sec, lastYear, offset] = monthFirst.exec(text) ?? []
  if (second !== undefined)
    return instantOf({ day: dayAfter, name: nameFirst, year: lastYear, rest: [hour, minute, sec, offset] }, now)
  const instant = /^\d{4}-/.test(text) ? readTimestamp(text) : undefined
  return instant === undefined ? undefined : Date.parse(instant)
}

type Part = string | undefined

function instantOf(
  { day, name = '', year = '', rest }: { day: Part; name: Part; year: Part; rest: Part[] },
  now: number,
): number | undefined {
  const [hour, minute, second] = rest.slice(0, 3).map(Number) as [number, number, number]
  const month = months.indexOf(name.toLowerCase())
  // A minute has 61 seconds when a leap second is added.
  if (hour > 23 || minute > 59 || second > 60) return undefined
  const at = (fullYear: number) => Date.UTC(fullYear, month, Number(day), hour, minute, second) - offsetOf(rest[3])
  const fullYear = year.length === 2 ? yearOf(Number(year), now, at) : Number(year)
  // `Date.UTC` reads the 30th of February as the 2nd of March; an instant that never was is not one.
  return new Date(Date.UTC(fullYear, month, Number(day))).getUTCDate() === Number(day) ? at(fullYear) : undefined
}

/** RFC 9110: what appears to be more than 50 years ahead is in the past. */
function yearOf(digits: number, now: number, at: (year: number) => number): number {
  const latest = new Date(now)
  latest.setUTCFullYear(latest.getUTCFullYear() + 50)
  const year = Math.floor(latest.getUTCFullYear() / 100) * 100 + digits
  return at(year) > latest.getTime() ? year - 100 : year
}

/** In milliseconds. */
function offsetOf(zone: Part): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000
}

/** A header that came twice, as proxies make of one, is joined to a list. Twice the same says it once. */
const onceOf = (value: string): string => value.trim().replace(/^(.{1,100}?)(?:\s*,\s*\1)+$/, '$1')

/**
 * A number that is written in a header, with or without a fraction.
 *
 * @returns `undefined`: the header is missing. `NaN`: it holds something else, such as a negative number, `Infinity`, or
 * several numbers.
 */
export function readHeaderNumber(headers: Headers, name: string): number | undefined {
  const value = headers.get(name)
  return value === null ? undefined : numberIn(onceOf(value))
}

/** `NaN`: it is none. Longer than any number that means something, it is none either. */
const numberIn = (text: string): number =>
  text.length <= 30 && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN

/**
 * From here on a number of seconds or milliseconds is no duration but a time: seconds since the epoch are above this since
 * 2001, and as milliseconds it would be eleven days.
 */
const firstInstant = 1e9
/** And from here on, milliseconds since the epoch. */
const firstMilliseconds = 1e12

/** Milliseconds from `now` to a Unix time in seconds or milliseconds; `undefined`: the number is no such time. */
function untilUnixTime(count: number, now: number): number | undefined {
  if (!(count >= firstInstant)) return undefined
  return (count < firstMilliseconds ? count * 1000 : count) - now
}
