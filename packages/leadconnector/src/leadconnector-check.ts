import { type Call, InvalidRequestError, readTimestamp } from '@parley/core'

/** The error for an input that cannot be right, before anything is sent. */
export const invalid = (call: Call, path: string, problem: string): InvalidRequestError =>
  new InvalidRequestError({
    vendor: call.vendor,
    account: call.account,
    operation: call.operation,
    message: `${call.vendor} "${call.account}", ${call.operation}: ${path} ${problem}.`,
    fields: [{ path, problem }],
    outcome: 'not-done',
  })

/** The vendor's id of an entity or the id itself. */
export function idOf(call: Call, target: unknown, path: string): string {
  const id = typeof target === 'object' && target !== null ? (target as { id?: unknown }).id : target
  if (typeof id === 'string' && id.trim() !== '') return id
  throw invalid(call, path, 'must be an entity or an id that is not empty')
}

export function textOf(call: Call, value: unknown, path: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  throw invalid(call, path, 'must be a text that is not empty')
}

/** A text, or nothing. */
export function optionalText(call: Call, value: unknown, path: string): string | undefined {
  return value === undefined ? undefined : textOf(call, value, path)
}

/** Items per page: as asked for, at most what the vendor allows. */
export function limitOf(call: Call, limit: unknown, sizes: { default: number; max: number }): number {
  if (limit === undefined) return sizes.default
  if (typeof limit === 'number' && Number.isInteger(limit) && limit > 0) return Math.min(limit, sizes.max)
  throw invalid(call, 'limit', 'must be a whole number of at least 1')
}

/** An instant of a query in milliseconds. */
export function instantOf(call: Call, value: unknown, path: string): number | undefined {
  if (value === undefined) return undefined
  const instant = typeof value === 'string' ? readTimestamp(value) : undefined
  if (instant === undefined) throw invalid(call, path, 'must be an instant in ISO 8601')
  return Date.parse(instant)
}

/** Says in the result that an option means nothing here. */
export function ignore(call: Call, option: string, value: unknown, reason: string): void {
  if (value !== undefined) call.reading.warn('ignored-option', `${option} has no effect at ${call.vendor}: ${reason}`)
}

/** The vendor's own options of an operation. A key that the types do not have is an error for JavaScript's callers too. */
export function vendorOptions<Options extends object>(
  call: Call,
  vendor: { leadconnector?: Options } | undefined,
  known: Readonly<Record<keyof Options, true>>,
): Partial<Options> {
  const options = vendor?.leadconnector
  if (options === undefined) return {}
  for (const key of Object.keys(options)) {
    if (!Object.hasOwn(known, key))
      throw invalid(call, `vendor.leadconnector.${key}`, 'is not an option of this operation')
  }
  return options
}
