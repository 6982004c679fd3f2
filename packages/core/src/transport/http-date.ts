import { readTimestamp } from '../read/timestamp.ts'

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
