import { type Call, checkText, invalid } from '@parley/core'

/** A filter that may be missing and, where it is not, says something. */
export const optionalText = (call: Call, value: unknown, path: string): string | undefined =>
  value === undefined ? undefined : checkText(call, value, path)

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
