import type { FieldLimit } from './endpoint.ts'

/** What is wrong with a number, a text or a list; `undefined` when nothing is, or when it is none of them. */
export function limitProblem(value: unknown, limit: FieldLimit): string | undefined {
  if (typeof value === 'number') return outside(value, limit.min, limit.max, 'be')
  if (Array.isArray(value)) return outside(value.length, limit.minItems, limit.maxItems, 'have', 'element')
  if (typeof value !== 'string') return undefined
  const { minLength, maxLength } = limit
  if (minLength === undefined && maxLength === undefined) return undefined
  // Vendors count characters, JavaScript halves of some.
  return outside([...value].length, minLength, maxLength, 'have', 'character')
}

/** NaN is outside of everything. */
function outside(
  size: number,
  min: number | undefined,
  max: number | undefined,
  verb: string,
  unit?: string,
): string | undefined {
  if (max !== undefined && !(size <= max)) return `must ${verb} at most ${counted(max, unit)}`
  return min !== undefined && !(size >= min) ? `must ${verb} at least ${counted(min, unit)}` : undefined
}

const counted = (count: number, unit: string | undefined): string =>
  unit === undefined ? `${count}` : `${count} ${unit}${count === 1 ? '' : 's'}`
