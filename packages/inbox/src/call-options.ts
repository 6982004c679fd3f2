import { checkFunctionOptions, InvalidRequestError, isParleyError, type OptionCheck } from '@parley/core'

/** The error for a wrong argument of a method of a store or a sync, such as `store.erase`. */
export const wrongCall = (method: string, path: string, problem: string): InvalidRequestError =>
  new InvalidRequestError({
    message: `${method}: ${path} ${problem}.`,
    fields: [{ path, problem }],
    outcome: 'not-done',
  })

/**
 * Checks the options of a method of a store or a sync, so that a misspelled one is not ignored.
 *
 * @throws InvalidRequestError that names each wrong or unknown option.
 */
export function checkCall<Options extends object>(
  method: string,
  options: Options,
  checks: { readonly [Name in keyof Options]-?: OptionCheck },
): void {
  try {
    checkFunctionOptions(method, options, checks)
  } catch (error) {
    if (!isParleyError(error)) throw wrongCall(method, 'options', 'cannot be read')
    const { message, fields } = error
    throw new InvalidRequestError({ message, fields, outcome: 'not-done' })
  }
}
