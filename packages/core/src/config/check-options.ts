import { ConfigurationError } from '../errors/kinds.ts'
import { type OptionCheck, optionSchema, optionSentence } from './option-schema.ts'

/**
 * Checks the options of a function that belongs to no vendor. An option that may be left out has an `optional` check.
 *
 * @param of the function, for the message: `memoryReplays`.
 * @throws ConfigurationError that names each wrong option, and one that does not exist.
 */
export function checkFunctionOptions(of: string, given: unknown, checks: Readonly<Record<string, OptionCheck>>): void {
  const result = optionSchema<Record<string, unknown>>(checks)['~standard'].validate(given)
  if (result instanceof Promise || !result.issues) return
  const fields = result.issues.map(({ path, message }) => ({ path: String(path?.[0] ?? 'options'), problem: message }))
  const problems = result.issues.map(({ path, message }) => (path ? optionSentence(String(path[0]), message) : message))
  throw new ConfigurationError({ message: `${of}: ${problems.join('; ')}.`, fields })
}
