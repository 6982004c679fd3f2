import { PayloadReader, type Warning } from '@parley/core'

/** A reading of that account, outside of any request. */
export function reader(keepRaw = true): { reading: PayloadReader; warnings: Warning[] } {
  const warnings: Warning[] = []
  const onWarning = (warning: Warning) => warnings.push(warning)
  return {
    reading: new PayloadReader({ vendor: 'livechatai', account: 'shop', operation: 'test', keepRaw, onWarning }),
    warnings,
  }
}
