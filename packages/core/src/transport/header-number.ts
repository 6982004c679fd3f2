/** A header that came twice, as proxies make of one, is joined to a list. Twice the same says it once. */
export const onceOf = (value: string): string => value.trim().replace(/^(.{1,100}?)(?:\s*,\s*\1)+$/, '$1')

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
export const numberIn = (text: string): number =>
  text.length <= 30 && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN

/**
 * From here on a number of seconds or milliseconds is no duration but a time: seconds since the epoch are above this since
 * 2001, and as milliseconds it would be eleven days.
 */
const firstInstant = 1e9
/** And from here on, milliseconds since the epoch. */
const firstMilliseconds = 1e12

/** Milliseconds from `now` to a Unix time in seconds or milliseconds; `undefined`: the number is no such time. */
export function untilUnixTime(count: number, now: number): number | undefined {
  if (!(count >= firstInstant)) return undefined
  return (count < firstMilliseconds ? count * 1000 : count) - now
}
