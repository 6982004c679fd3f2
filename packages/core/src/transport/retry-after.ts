/** Above this a bare number cannot be seconds to wait (it would be a week), so it is milliseconds. */
const longestSeconds = 604_800

/**
 * How long a vendor asks to wait, in milliseconds, from `Retry-After` (seconds or an HTTP date) or `Retry-After-Ms`.
 *
 * @returns `undefined` when there is no such header or it cannot be read; never a negative number.
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const inMilliseconds = headers.get('retry-after-ms')
  if (inMilliseconds !== null && isCount(inMilliseconds)) return Math.ceil(Number(inMilliseconds))
  const value = headers.get('retry-after')
  if (value === null) return undefined
  if (isCount(value)) {
    const count = Number(value)
    return Math.ceil(count > longestSeconds ? count : count * 1000)
  }
  const unit = /^\s*(\d+(?:\.\d+)?)\s*(ms|s)\s*$/i.exec(value)
  if (unit) return Math.ceil(Number(unit[1]) * (unit[2]?.toLowerCase() === 's' ? 1000 : 1))
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

const isCount = (value: string): boolean => /^\s*\d+(?:\.\d+)?\s*$/.test(value)
