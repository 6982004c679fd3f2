import { Reading } from '@parley/core'

/** A reading without a transport, for the readers alone. */
export const createReading = (keepRaw = true): Reading =>
  new Reading({ vendor: 'leadconnector', account: 'clinic', operation: 'test.read', keepRaw, onWarning: () => {} })
