import { type Call, ResponseError } from '@parley/core'

/** The error instead of a loop, where the vendor gives a cursor that does not move on. */
export const endless = ({ vendor, account, operation }: Call): ResponseError =>
  new ResponseError({
    vendor,
    account,
    operation,
    message: `${vendor} "${account}", ${operation}: the vendor repeated a cursor; reading on would never end.`,
  })
