import { PayloadReader } from '@parley/core'

/** A reading without a transport, for the readers alone. */
export const createReading = (keepRaw = true): PayloadReader =>
  new PayloadReader({
    vendor: 'leadconnector',
    account: 'clinic',
    operation: 'test.read',
    keepRaw,
    onWarning: () => {},
  })
