import type { VendorOptions } from '../contract/options.ts'
import type { Call } from '../transport/protocol.ts'
import { checkInput, checkPlain, checkText, invalid, readable } from './check.ts'
import { didYouMean, plain } from './similar.ts'

/**
 * Checks the value of one option and returns it. Never called for an option that is missing or `undefined`.
 *
 * @throws InvalidRequestError for a wrong value.
 */
export type OptionRule<Value = unknown> = (call: Call, value: unknown, path: string) => Value

/** A rule for each option of an operation. */
export type OptionRules<Options> = {
  readonly [Name in keyof Options]-?: OptionRule<Exclude<Options[Name], undefined>>
}

/**
 * The options of the call's own vendor, from the `vendor` field of an input or a query. Call it in every operation whose
 * input has that field, with `{}` where the vendor has no option for the operation: a misspelled option that is ignored
 * does something else than what its author meant.
 *
 * Options of other vendors are ignored: a program that is written for several vendors passes the options of each.
 *
 * @returns the options that were given, without those that are `undefined`.
 * @throws InvalidRequestError when `vendor` or the vendor's part of it is not an object, for an option that the operation
 * does not have, and for a value that its rule refuses. The error names the option: `vendor.<vendor>.<option>`.
 */
export function vendorOptions<Options extends object>(
  call: Call,
  vendor: { [Vendor in keyof VendorOptions]?: unknown } | undefined,
  rules: OptionRules<Options>,
): Partial<Options> {
  if (vendor === undefined) return {}
  const all = checkInput(call, vendor, 'vendor') as Record<string, unknown>
  for (const name of readable(call, 'vendor', () => Object.keys(all)))
    if (name !== call.vendor && plain(name) === plain(call.vendor))
      throw invalid(call, `vendor.${name}`, `must be spelled ${call.vendor}`)
  const path = `vendor.${call.vendor}`
  const own = readable(call, path, () => all[call.vendor])
  if (own === undefined) return {}
  const options: Partial<Options> = {}
  const given = checkInput(call, own as object, path)
  for (const [name, value] of readable(call, path, () => Object.entries(given))) {
    if (!Object.hasOwn(rules, name)) {
      const hint = didYouMean(name, Object.keys(rules))
      throw invalid(call, `${path}.${name}`, `is not an option of this operation${hint}`)
    }
    const key = name as keyof Options
    if (value !== undefined) options[key] = readable(call, path, () => rules[key](call, value, `${path}.${name}`))
  }
  checkPlain(call, { [path]: own })
  return options
}

/** A rule for `true` or `false`. */
export const flag: OptionRule<boolean> = (call, value, path) => {
  if (typeof value !== 'boolean') throw invalid(call, path, 'must be true or false')
  return value
}

/** A rule for a list of non-empty strings. The list itself may be empty. */
export const texts: OptionRule<string[]> = (call, value, path) => {
  if (!Array.isArray(value)) throw invalid(call, path, 'must be a list of non-empty strings')
  return value.map((text, index) => checkText(call, text, `${path}[${index}]`))
}

/** A rule for one of a few words. */
export const anyOf =
  <Word extends string>(...words: Word[]): OptionRule<Word> =>
  (call, value, path) => {
    if (!words.includes(value as Word)) throw invalid(call, path, `must be one of ${words.join(', ')}`)
    return value as Word
  }

/** A rule for an object whose content only the vendor checks. */
export function object<Value extends object>(call: Call, value: unknown, path: string): Value {
  return checkInput(call, value as Value, path)
}
