import { DecodeError, isParleyError, type ParleyError } from '@parley/core'
import { type ModelKind, parseModel, schemas } from '@parley/core/schema'

/** What is wrong with a thing that was read, whatever it was read from. Nothing, if all is well. */
export function wrongsOf(value: unknown): string[] {
  return invalid(value)
}

/** What may be thrown: an error of the library's, or, below a list, the sign that an item is of no use. */
export const isOurs = (error: unknown): error is ParleyError | DecodeError =>
  isParleyError(error) || error instanceof DecodeError

/** Models are plain data: what JSON would change is none. `raw` is the vendor's. */
function unstable(value: unknown, path: string): string[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return []
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`]
  if (typeof value !== 'object') return [`${path} is ${typeof value}`]
  if (Array.isArray(value)) return value.flatMap((item, index) => unstable(item, `${path}[${index}]`))
  if (![Object.prototype, null].includes(Object.getPrototypeOf(value) as null)) return [`${path} is an instance`]
  return Object.entries(value).flatMap(([key, inner]) => (key === 'raw' ? [] : unstable(inner, `${path}.${key}`)))
}

/** Every entity in it, checked as what its ref says it is; what is none is an adapter's own, and may lack things. */
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
