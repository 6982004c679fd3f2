import type { Timestamp } from '../model/entity.ts'

/** The normalized form itself, which most vendors send: passed through without a `Date`. */
const normalized = /^\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
const numeric = /^-?\d+(?:\.\d+)?$/
const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i
const dateTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/
const dateOnly = /^\d{4}-\d{2}-\d{2}$/

/** Below this a number means seconds: as milliseconds it would be early 1973, which no vendor has messages from. */
const secondsBelow = 100_000_000_000

/**
 * Reads every way in which vendors write an instant: ISO 8601 with and without milliseconds or zone (UTC is meant),
 * Unix seconds and milliseconds as number or text, `{ seconds, nanoseconds }` with and without underscores.
 *
 * @returns the instant, or `undefined` when the value is none of these. Never throws.
 */
export function readTimestamp(value: unknown): Timestamp | undefined {
  if (typeof value === 'string') {
    if (normalized.test(value)) return value
    const text = value.trim()
    if (numeric.test(text)) return fromNumber(Number(text))
    if (dateOnly.test(text)) return fromMilliseconds(Date.parse(text))
    if (!dateTime.test(text)) return undefined
    const iso = text.replace(' ', 'T')
    return fromMilliseconds(Date.parse(hasZone.test(iso) ? iso : `${iso}Z`))
  }
  if (typeof value === 'number') return fromNumber(value)
  if (typeof value === 'object' && value !== null) return fromParts(value as Record<string, unknown>)
  return undefined
}

const fromNumber = (value: number): Timestamp | undefined =>
  fromMilliseconds(Math.abs(value) < secondsBelow ? value * 1000 : value)

function fromParts(parts: Record<string, unknown>): Timestamp | undefined {
  const seconds = parts['seconds'] ?? parts['_seconds']
  const nanoseconds = parts['nanoseconds'] ?? parts['_nanoseconds'] ?? 0
  if (typeof seconds !== 'number' || typeof nanoseconds !== 'number') return undefined
  return fromMilliseconds(seconds * 1000 + Math.floor(nanoseconds / 1_000_000))
}

/** Years outside 0000 to 9999 have another text form, in which text order is no longer time order. */
export function fromMilliseconds(milliseconds: number): Timestamp | undefined {
  if (!(milliseconds >= -62_167_219_200_000 && milliseconds <= 253_402_300_799_999)) return undefined
  return new Date(milliseconds).toISOString()
}
