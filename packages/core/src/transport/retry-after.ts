import { numberIn, onceOf, untilUnixTime } from './header-number.ts'
import { readHttpDate } from './http-date.ts'

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
