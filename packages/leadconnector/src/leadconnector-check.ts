import { type Call, checkInput, checkText, invalid } from '@parley/core'

/** A filter that may be missing and, where it is not, says something. */
export const optionalText = (call: Call, value: unknown, path: string): string | undefined =>
  value === undefined ? undefined : checkText(call, value, path)

/** Checks the value of one option; throws for a wrong one. */
export type OptionRule = (call: Call, value: unknown, path: string) => unknown

export const flag: OptionRule = (call, value, path) => {
  if (typeof value !== 'boolean') throw invalid(call, path, 'must be true or false')
}

export const texts: OptionRule = (call, value, path) => {
  if (!Array.isArray(value)) throw invalid(call, path, 'must be a list of texts')
  value.forEach((text, index) => {
    checkText(call, text, `${path}[${index}]`)
  })
}

export const anyOf =
  (...words: string[]): OptionRule =>
  (call, value, path) => {
    if (!words.includes(value as string)) throw invalid(call, path, `must be one of ${words.join(', ')}`)
  }

export const object: OptionRule = (call, value, path) => checkInput(call, value as object, path)

/** A rule for each option of an operation; `true` where the operation checks it itself. */
export type OptionRules<Options> = Readonly<Record<keyof Options, true | OptionRule>>

/**
 * The vendor's own options of an operation. A key that the types do not have is an error for JavaScript's callers too.
 */
export function vendorOptions<Options extends object>(
  call: Call,
  vendor: { leadconnector?: Options } | undefined,
  known: OptionRules<Options>,
): Partial<Options> {
  const options = vendor?.leadconnector
  if (options === undefined || options === null) return {}
  for (const [key, value] of Object.entries(options)) {
    const path = `vendor.leadconnector.${key}`
    if (!Object.hasOwn(known, key)) throw invalid(call, path, 'is not an option of this operation')
    const rule = known[key as keyof Options]
    if (rule !== true && value !== undefined) rule(call, value, path)
  }
  return options
}
