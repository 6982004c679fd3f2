import { InvalidRequestError } from '../errors/kinds.ts'
import { at, type Place } from '../transport/failure.ts'

/**
 * The error for an input that cannot be right, before anything is sent. Inputs come from JavaScript as well, where no
 * compiler has looked.
 *
 * @param problem without the value: `must have at most 255 characters`.
 */
export const invalid = (call: Place, path: string, problem: string): InvalidRequestError =>
  new InvalidRequestError({
    vendor: call.vendor,
    account: call.account,
    operation: call.operation,
    message: `${at(call)}: ${path} ${problem}.`,
    fields: [{ path, problem }],
    outcome: 'not-done',
  })
