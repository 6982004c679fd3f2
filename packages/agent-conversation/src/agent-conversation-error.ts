import { type Call, createError, type ErrorCode, type ParleyError, type ParleyErrorDetails } from '@parley/core'

/** An error in words of our own about what the call was to do. */
export const errorOf = (
  { vendor, account, operation }: Call,
  code: ErrorCode,
  said: string,
  details: Omit<ParleyErrorDetails, 'message'> = {},
): ParleyError =>
  createError(code, {
    vendor,
    account,
    operation,
    ...details,
    message: `${vendor} "${account}", ${operation}: ${said}`,
  })

/** The same for a refusal of the vendor of which we know more than the vendor said. */
export const refusalOf = (call: Call, code: ErrorCode, said: string, cause: ParleyError): ParleyError => {
  const { status, requestId, vendorCode, vendorMessage } = cause
  return errorOf(call, code, said, { status, requestId, vendorCode, vendorMessage, outcome: 'not-done', cause })
}
