import { type Call, invalid, type Raw, type Reading } from '@parley/core'

/** The vendor writes a duration as a number and a unit, in two fields. */
export interface Duration {
  amount: number
  unit: string
}

const milliseconds = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const

export type DurationUnit = keyof typeof milliseconds

/** A duration in the largest of these units that says it exactly. @throws InvalidRequestError */
export function durationOf(
  call: Call,
  value: unknown,
  path: string,
  units: readonly DurationUnit[],
  most?: { milliseconds: number; words: string },
): Duration {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw invalid(call, path, 'must be a duration in milliseconds')
  if (most && value > most.milliseconds) throw invalid(call, path, `must be at most ${most.words}`)
  const descending = units.toSorted((one, other) => milliseconds[other] - milliseconds[one])
  const smallest = descending.at(-1) as DurationUnit
  const unit = value === 0 ? smallest : descending.find((each) => value % milliseconds[each] === 0)
  if (unit === undefined) throw invalid(call, path, `must be in whole ${smallest}`)
  return { amount: value / milliseconds[unit], unit }
}

/** A number and its unit are two fields; without the unit the number says nothing. */
export function readDuration(raw: Raw, key: string, unitKey: string, reading: Reading): number | null | undefined {
  const amount = reading.number(raw, key)
  if (amount === null || amount === undefined) return amount
  const unit = raw[unitKey]
  const scale = typeof unit === 'string' && Object.hasOwn(milliseconds, unit) ? milliseconds[unit as DurationUnit] : 0
  // A number may be so large that no unit is.
  if (scale > 0 && Number.isFinite(amount * scale)) return amount * scale
  reading.warn('unreadable-field', `${reading.vendor} sent a ${key} without a unit that is known.`, {
    path: reading.at(unitKey),
    raw: unit,
  })
  return undefined
}
