import { type InvalidRequestError, invalid, isParleyError, parseRef, type RefParts } from '@parley/core'

/** The error for an invalid argument of an inbox operation. */
export const wrongArgument = (operation: string, path: string, problem: string): InvalidRequestError =>
  invalid({ vendor: 'inbox', account: 'inbox', operation }, path, problem)

/** The parts of a ref. @throws InvalidRequestError that names the argument and the accepted values. */
export function refParts(ref: unknown, operation: string, path: string, wanted: string): RefParts {
  try {
    return parseRef(ref as string)
  } catch (error) {
    if (!isParleyError(error)) throw error
    throw wrongArgument(operation, path, `must be ${wanted}`)
  }
}
