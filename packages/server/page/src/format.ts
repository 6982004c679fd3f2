/** Times, numbers and sizes as the reader's language writes them. */

const language = (): readonly string[] => navigator.languages

const formats = {
  time: new Intl.DateTimeFormat(language(), { timeStyle: 'short' }),
  weekday: new Intl.DateTimeFormat(language(), { weekday: 'short' }),
  day: new Intl.DateTimeFormat(language(), { day: 'numeric', month: 'short' }),
  date: new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }),
  longDay: new Intl.DateTimeFormat(language(), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
  whole: new Intl.DateTimeFormat(language(), { dateStyle: 'full', timeStyle: 'medium' }),
  moment: new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }),
  number: new Intl.NumberFormat(language()),
  decimal: new Intl.NumberFormat(language(), { maximumSignificantDigits: 3 }),
  percent: new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 0 }),
  relative: new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }),
  list: new Intl.ListFormat(language()),
}

const dayLength = 86_400_000

const startOfDay = (time: Date): number => new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime()

/** The days between two instants by the calendar. Rounded, because some days have 23 or 25 hours. */
const daysBetween = (earlier: Date, later: Date): number =>
  Math.round((startOfDay(later) - startOfDay(earlier)) / dayLength)

/** For a list: the time today, the weekday within a week, else the date. */
export function shortTime(timestamp: string, now: Date = new Date()): string {
  const time = new Date(timestamp)
  const days = daysBetween(time, now)
  if (days === 0) return formats.time.format(time)
  if (days > 0 && days < 7) return formats.weekday.format(time)
  return time.getFullYear() === now.getFullYear() ? formats.day.format(time) : formats.date.format(time)
}

export const clockTime = (timestamp: string): string => formats.time.format(new Date(timestamp))

/** A day without its year, of seconds since 1970. */
export const shortDay = (seconds: number): string => formats.day.format(new Date(seconds * 1000))

/** With the seconds, for a tooltip. */
export const wholeTime = (timestamp: string): string => formats.whole.format(new Date(timestamp))

/** A date with its time. */
export const moment = (timestamp: string): string => formats.moment.format(new Date(timestamp))

/** For a separator between days: "today", "yesterday", or the date. */
export function dayName(timestamp: string, now: Date = new Date()): string {
  const time = new Date(timestamp)
  const days = daysBetween(time, now)
  return days === 0 || days === 1 ? formats.relative.format(-days, 'day') : formats.longDay.format(time)
}

/** Whether two messages are of one day, in the reader's zone. */
export const isSameDay = (one: string, other: string): boolean => daysBetween(new Date(one), new Date(other)) === 0

export const number = (value: number): string => formats.number.format(value)
/** A number with as many digits as tell one from another. */
export const decimal = (value: number): string => formats.decimal.format(value)
export const percent = (share: number): string => formats.percent.format(share)
export const listed = (items: readonly string[]): string => formats.list.format(items)

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

export function size(bytes: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit: units[step] ?? 'byte',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1000 ** step)
}

/** A span of time in its largest unit that gives at least 1: "3 hr". */
export function duration(milliseconds: number): string {
  const steps = [
    ['day', dayLength],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1000],
  ] as const
  const [unit, length] = steps.find(([, each]) => milliseconds >= each) ?? ['second', 1000]
  const value = milliseconds / length
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && unit !== 'second' ? 1 : 0,
  }).format(value)
}
