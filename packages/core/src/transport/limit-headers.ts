import { readTimestamp } from '../read/reading.ts'
import { type DailyReading, marginOf } from './limit-window.ts'

/** The state of the rate limit in a vendor's headers. */
export interface LimitReading extends DailyReading {
  /** Requests left in the current window. */
  remaining?: number
  /** The window's size in milliseconds. */
  windowMs?: number
  /** Requests allowed per window. */
  max?: number
}

/**
 * The longest pause that one response can cause, in milliseconds: 15 minutes, whatever the response says. If the vendor
 * needs longer, its next response says so. A used-up daily quota is the exception.
 */
export const longestStop = 900_000

/** The longest time to the end of a day, in milliseconds: 25 hours, when the clock is set back. */
const longestDay = 90_000_000

/**
 * Whether a number is plausible as the vendor's window in milliseconds. No response may stop all requests for longer.
 */
export const isWindow = (milliseconds: number | undefined): milliseconds is number =>
  isCount(milliseconds) && milliseconds + marginOf(milliseconds) <= longestStop

/** Whether a number is plausible as a limit: at least one. */
const isCount = (value: number | undefined): value is number =>
  value !== undefined && value >= 1 && Number.isFinite(value)

/**
 * The plausible values of a reading. A time at which the day ends becomes the milliseconds until then.
 *
 * @param warn receives a message for each value that is ignored.
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

/** A wait of more than a week is a mistake of the vendor. */
const longestMs = 604_800_000
/** A larger number without a unit would be more than a week in seconds, so it is read as milliseconds. */
const longestSeconds = longestMs / 1000

/**
 * The wait that a vendor asks for, in milliseconds: from `Retry-After-Ms`, or from `Retry-After`. `Retry-After`
 * contains seconds or an HTTP date in any of its three forms. Some vendors send a Unix time, ISO 8601, or a number with
 * a unit instead. A time without a zone is UTC. A time in the past gives 0.
 *
 * @param warn receives a message about an invalid header, which is ignored: a negative number, several different
 * values, a wait of more than a week. The message does not quote the header.
 * @returns `undefined` if no such header can be read. Never a negative number.
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

const anyForm: WaitOf = (value, now) => {
  const count = numberIn(value)
  if (!Number.isNaN(count)) return untilUnixTime(count, now) ?? (count <= longestSeconds ? count * 1000 : count)
  const [, number, unit] = /^(\d{1,15}(?:\.\d{1,15})?)\s*(ms|s)$/i.exec(value) ?? []
  if (unit) return Number(number) * (unit.toLowerCase() === 's' ? 1000 : 1)
  const at = readHttpDate(value, now)
  return at === undefined ? undefined : at - now
}

const readers: readonly (readonly [string, WaitOf])[] = [
  ['retry-after-ms', milliseconds],
  ['retry-after', anyForm],
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
 * Reads a date in a header: the three forms of RFC 9110, section 5.6.7, and ISO 8601. A date without a zone is UTC,
 * whatever the machine's time zone.
 *
 * @param now in milliseconds since the epoch. A year with two digits is the latest one that is at most 50 years ahead.
 * @returns milliseconds since the epoch. `undefined` if the text is no such date.
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
  // `Date.UTC` reads the 30th of February as the 2nd of March. A day that does not exist is no date.
  return new Date(Date.UTC(fullYear, month, Number(day))).getUTCDate() === Number(day) ? at(fullYear) : undefined
}

/** RFC 9110: a date that appears to be more than 50 years ahead is in the past. */
function yearOf(digits: number, now: number, at: (year: number) => number): number {
  const latest = new Date(now)
  latest.setUTCFullYear(latest.getUTCFullYear() + 50)
  const year = Math.floor(latest.getUTCFullYear() / 100) * 100 + digits
  return at(year) > latest.getTime() ? year - 100 : year
}

/** The offset of a time zone in milliseconds. */
function offsetOf(zone: Part): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000
}

/** Proxies join repeated headers to a list. Equal values count as one. */
const onceOf = (value: string): string => value.trim().replace(/^(.{1,100}?)(?:\s*,\s*\1)+$/, '$1')

/**
 * The number in a header, with or without a fraction.
 *
 * @returns `undefined`: the header is missing. `NaN`: it contains something else, such as a negative number,
 * `Infinity`, or several numbers.
 */
export function readHeaderNumber(headers: Headers, name: string): number | undefined {
  const value = headers.get(name)
  return value === null ? undefined : numberIn(onceOf(value))
}

/** `NaN`: the text is no number, or has more digits than a plausible one. */
const numberIn = (text: string): number =>
  text.length <= 30 && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN

/**
 * From this value on, a number of seconds is a Unix time and no duration: Unix times have been larger since 2001. Read
 * as milliseconds, it would be eleven days.
 */
const firstInstant = 1e9
/** From this value on, a Unix time is in milliseconds. */
const firstMilliseconds = 1e12

/** Milliseconds from `now` to a Unix time in seconds or milliseconds. `undefined`: the number is no Unix time. */
function untilUnixTime(count: number, now: number): number | undefined {
  if (!(count >= firstInstant)) return undefined
  return (count < firstMilliseconds ? count * 1000 : count) - now
}
