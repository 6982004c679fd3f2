import { DecodeError, isParleyError, type ParleyError } from '@parley/core'
import { type ModelKind, parseModel, schemas } from '@parley/core/schema'

/** The problems of a result, whatever it was read from. Empty: there are none. */
export function wrongsOf(value: unknown): string[] {
  return invalid(value)
}

/** The errors that may be thrown: Parley's own, and inside a list the signal that an item is unusable. */
export const isOurs = (error: unknown): error is ParleyError | DecodeError =>
  isParleyError(error) || error instanceof DecodeError

/** Models are plain data, so JSON must not change them. `raw` belongs to the vendor. */
function unstable(value: unknown, path: string): string[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return []
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`]
  if (typeof value !== 'object') return [`${path} is ${typeof value}`]
  if (Array.isArray(value)) return value.flatMap((item, index) => unstable(item, `${path}[${index}]`))
  if (![Object.prototype, null].includes(Object.getPrototypeOf(value) as null)) return [`${path} is an instance`]
  return Object.entries(value).flatMap(([key, inner]) => (key === 'raw' ? [] : unstable(inner, `${path}.${key}`)))
}

/** Checks every entity by the kind in its ref. Other objects belong to the adapter and may lack fields. */
function invalid(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(invalid)
  if (typeof value === 'number' && !Number.isFinite(value)) return [`it is ${value}`]
  if (typeof value !== 'object' || value === null) return []
  const { ref } = value as { ref?: unknown }
  const kind = typeof ref === 'string' && 'vendor' in value ? /^[^/]*\/([a-z]+)\//.exec(ref)?.[1] : undefined
  if (kind === undefined || !(kind in schemas))
    return Object.entries(value).flatMap(([key, inner]) => (key === 'raw' ? [] : invalid(inner)))
  try {
    parseModel(kind as ModelKind, value)
    return unstable(value, kind)
  } catch (error) {
    return [String(error)]
  }
}
