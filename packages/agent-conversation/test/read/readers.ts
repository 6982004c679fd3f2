import { PayloadReader, type Warning } from '@parley/core'

/** A reading of the account `hotline`, and what it told. */
export function reading(keepRaw = true): { reading: PayloadReader; told: Warning[] } {
  const told: Warning[] = []
  const context = { vendor: 'agent-conversation', account: 'hotline', operation: 'test.read', keepRaw }
  return { reading: new PayloadReader({ ...context, onWarning: (warning) => told.push(warning) }), told }
}
