import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ConfigurationError } from '../errors/kinds.ts'
import { didYouMean } from '../input/similar.ts'
import { isSignal } from '../read/text.ts'

/** Describes what is wrong with a value without quoting it. `undefined`: the value is valid. */
export type OptionCheck = (value: unknown) => string | undefined

export const textOption: OptionCheck = (value) =>
  typeof value === 'string' && value.trim() !== '' ? undefined : 'must be a non-empty string'

/** A secret, or a function that returns it. */
export const credentialOption: OptionCheck = (value) =>
  typeof value === 'function' ? undefined : textOption(value) && 'must be a non-empty string, or a function'

export const flagOption: OptionCheck = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false')

export const functionOption: OptionCheck = (value) => (typeof value === 'function' ? undefined : 'must be a function')

export const signalOption: OptionCheck = (value) => (isSignal(value) ? undefined : 'must be an AbortSignal')

/** An object of any class with these methods. */
export const methodsOption =
  (...names: string[]): OptionCheck =>
  (value) =>
    names.every((name) => typeof (Object(value) as Record<string, unknown>)[name] === 'function')
      ? undefined
      : `must be an object with the methods ${names.join(' and ')}`

/** A `Clock`. */
export const clockOption: OptionCheck = methodsOption('now', 'after')

/** A finite number of at least `least` and at most `most`; with `whole`, an integer. */
export const numberOption =
  (least: number, whole = false, most: number = Number.MAX_VALUE): OptionCheck =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value))
      ? undefined
      : `must be a ${whole ? 'whole ' : ''}number of at least ${least}${most < Number.MAX_VALUE ? ` and at most ${most}` : ''}`

/** The problem of an undeclared option. */
export const noSuchOption = 'does not exist'

/** The problem as a sentence that names the option. */
export const optionSentence = (option: string, problem: string): string =>
  problem.startsWith(noSuchOption)
    ? `there is no option "${option}"${problem.slice(noSuchOption.length)}`
    : `option "${option}" ${problem}`

/** A string that matches a pattern. */
export const patternOption =
  (pattern: RegExp, problem: string): OptionCheck =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? undefined : problem

/** An optional value. */
export const optional =
  (check: OptionCheck): OptionCheck =>
  (value) =>
    value === undefined ? undefined : check(value)

/**
 * The schema of a vendor's options. Each option is checked, and an unknown option is refused by name, because a
 * misspelled option that is silently ignored is hard to find.
 */
export function optionSchema<Config extends object>(
  options: {
    readonly [Option in keyof Config]-?: OptionCheck
  },
): StandardSchemaV1<unknown, Config> {
  const validate = (value: unknown): StandardSchemaV1.Result<Config> => {
    if (Object.prototype.toString.call(value) !== '[object Object]')
      return { issues: [{ message: 'the options must be an object' }] }
    const given = value as Record<string, unknown>
    const issues: StandardSchemaV1.Issue[] = []
    for (const [option, check] of Object.entries<OptionCheck>(options)) {
      const message = check(given[option])
      if (message) issues.push({ message, path: [option] })
    }
    for (const option of Object.keys(given))
      if (!Object.hasOwn(options, option))
        issues.push({ message: noSuchOption + didYouMean(option, Object.keys(options)), path: [option] })
    return issues.length > 0 ? { issues } : { value: value as Config }
  }
  return { '~standard': { version: 1, vendor: 'parley', validate } }
}

/**
 * Checks the options of a function that belongs to no vendor. Use `optional` for optional ones.
 *
 * @param of the function, for the message: `memoryReplays`.
 * @throws ConfigurationError that names each invalid or unknown option.
 */
export function checkFunctionOptions(of: string, given: unknown, checks: Readonly<Record<string, OptionCheck>>): void {
  const result = optionSchema<Record<string, unknown>>(checks)['~standard'].validate(given)
  if (result instanceof Promise || !result.issues) return
  const fields = result.issues.map(({ path, message }) => ({ path: String(path?.[0] ?? 'options'), problem: message }))
  const problems = result.issues.map(({ path, message }) => (path ? optionSentence(String(path[0]), message) : message))
  throw new ConfigurationError({ message: `${of}: ${problems.join('; ')}.`, fields })
}
