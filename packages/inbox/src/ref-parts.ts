import {
  argumentsNow,
  type InvalidRequestError,
  invalid,
  isParleyError,
  isRecord,
  parseRef,
  type RefParts,
  readable,
} from '@parley/core'

/** The error for an invalid argument of an inbox operation. */
export const wrongArgument = (operation: string, path: string, problem: string): InvalidRequestError =>
  invalid(placeOf(operation), path, problem)

export const placeOf = (operation: string) => ({ vendor: '', account: '', operation })

/**
 * The arguments of an operation as they are at the call.
 *
 * @returns a function, so that a list fails when it is read. It throws an InvalidRequestError if something in the arguments
 * cannot be read.
 */
export function argumentsOf<Args extends readonly unknown[]>(operation: string, given: Args): () => Args {
  const taken = argumentsNow(placeOf(operation), given)
  return () => {
    if ('error' in taken) throw taken.error
    return taken.args
  }
}

/** The ref of an entity, or what was given in place of an entity. @throws InvalidRequestError that names the argument. */
export const refIn = (target: unknown, operation: string, path: string): unknown =>
  readable(placeOf(operation), path, () => (isRecord(target) ? target['ref'] : target))

/** The longest ref that is accepted, in characters. An index of the database takes no more. */
export const longestRef = 2000

/** The parts of a ref. @throws InvalidRequestError that names the argument and the accepted values. */
export function refParts(ref: unknown, operation: string, path: string, wanted: string): RefParts {
  if (typeof ref === 'string' && ref.length > longestRef)
    throw wrongArgument(operation, path, `must have at most ${longestRef} characters`)
  try {
    return parseRef(ref as string)
  } catch (error) {
    if (!isParleyError(error)) throw error
    throw wrongArgument(operation, path, `must be ${wanted}`)
  }
}
