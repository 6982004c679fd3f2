import { InvalidRequestError } from '../errors/kinds.ts'
import type { FieldProblem } from '../errors/parley-error.ts'
import { at, type Place } from '../transport/failure.ts'

/**
 * The error for an input that cannot be right, before anything is sent. Inputs come from JavaScript as well, where no
 * compiler has looked.
 *
 * @param problem without the value: `must have at most 255 characters`.
 * @param others further fields that have a part in it.
 */
export const invalid = (call: Place, path: string, problem: string, ...others: FieldProblem[]): InvalidRequestError =>
  new InvalidRequestError({
    vendor: call.vendor,
    account: call.account,
    operation: call.operation,
    message: `${at(call)}: ${path} ${problem}.`,
    fields: [{ path, problem }, ...others],
    outcome: 'not-done',
  })
