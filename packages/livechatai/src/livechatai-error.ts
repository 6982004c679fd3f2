import { type Call, createError, type ErrorCode, type FieldProblem, type ParleyError } from '@parley/core'

/** An error in words of our own, about what was not sent. */
export const errorOf = (
  { vendor, account, operation }: Call,
  code: ErrorCode,
  said: string,
  fields?: FieldProblem[],
): ParleyError =>
  createError(code, {
    vendor,
    account,
    operation,
    fields,
    outcome: 'not-done',
    message: `${vendor} "${account}", ${operation}: ${said}`,
  })
