import type { Timestamp } from '../model/entity.ts'

/**
 * The normalized form itself, with or without its milliseconds, which is what most vendors send: passed through without a
 * `Date`, if the day exists for certain.
 */
const normalized =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/
const numeric = /^-?\d+(?:\.\d+)?$/
const written =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i

/** Below this a number means seconds: as milliseconds it would be early 1973, which no vendor has messages from. */
const secondsBelow = 100_000_000_000

/**
 * Reads every way in which vendors write an instant: ISO 8601 with and without time, milliseconds or zone (UTC is meant),
 * Unix seconds and milliseconds as number or text, `{ seconds, nanoseconds }` with and without underscores.
 *
 * @returns the instant, or `undefined` when the value is none of these. Never throws.
 */
export function readTimestamp(value: unknown): Timestamp | undefined {
  if (typeof value === 'string') {
    if (normalized.test(value)) return value.length === 24 ? value : `${value.slice(0, 19)}.000Z`
    const text = value.trim()
    if (numeric.test(text)) return fromNumber(Number(text))
    return fromWritten(text)
  }
  if (typeof value === 'number') return fromNumber(value)
  if (typeof value === 'object' && value !== null) return fromParts(value as Record<string, unknown>)
  return undefined
}

function fromWritten(text: string): Timestamp | undefined {
  const [match, date, minute = '00:00', second = '00', fraction = '', zone = 'Z'] = written.exec(text) ?? []
  // `Date` reads the 30th of February as the 2nd of March; an instant that never was is not one.
  if (!match || !date || !fromMilliseconds(Date.parse(`${date}T00:00:00Z`))?.startsWith(date)) return undefined
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}` : 'Z'
  return fromMilliseconds(Date.parse(`${date}T${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`))
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
  const instant = Math.trunc(milliseconds)
  const day = Math.floor(instant / 86_400_000)
  const rest = instant - day * 86_400_000
  return `${dateOf(day)}T${pad(rest / 3_600_000, 2)}:${pad((rest / 60_000) % 60, 2)}:${pad((rest / 1000) % 60, 2)}.${pad(rest % 1000, 3)}Z`
}

/** The dates of a list lie close together, and asking `Date` for one costs as much as reading the rest of an item. */
const dates: { day: number; date: string }[] = []

function dateOf(day: number): string {
  const known = dates[day & 63]
  if (known?.day === day) return known.date
  const date = new Date(day * 86_400_000).toISOString().slice(0, 10)
  dates[day & 63] = { day, date }
  return date
}

const pad = (value: number, length: number): string => String(Math.floor(value)).padStart(length, '0')
