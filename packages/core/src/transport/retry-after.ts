/** Above this a bare number cannot be seconds to wait (it would be a week), so it is milliseconds. */
const longestSeconds = 604_800

/**
 * How long a vendor asks to wait, in milliseconds, from `Retry-After` (seconds or an HTTP date) or `Retry-After-Ms`.
 *
 * @returns `undefined` when there is no such header or it cannot be read; never a negative number.
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const wait = countOf(headers.get('retry-after-ms')) ?? waitOf(headers.get('retry-after')?.trim(), now)
  return wait !== undefined && Number.isFinite(wait) ? Math.max(0, Math.ceil(wait)) : undefined
}

const countOf = (value: string | null | undefined): number | undefined =>
  value && /^\s*\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : undefined

function waitOf(value: string | undefined, now: number): number | undefined {
  const count = countOf(value)
  if (value === undefined || count !== undefined)
    return count !== undefined && count <= longestSeconds ? count * 1000 : count
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s)$/i.exec(value) ?? []
  if (unit) return Number(number) * (unit.toLowerCase() === 's' ? 1000 : 1)
  // `Date.parse` makes a date of almost anything, such as `-5`.
  return dateShaped.test(value) ? Date.parse(value) - now : undefined
}

/** An HTTP date in any of its three forms begins with a weekday; ISO 8601 with a year. */
const dateShaped = /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? |\d{4}-\d{2}-\d{2}T)/i
