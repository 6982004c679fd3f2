import type { Control, Payload, PayloadReader } from '@parley/core'
import { mapMode } from '../vocabulary.ts'

/** The oldest edition has no `mode`. A missing `mode` does not mean `ai`. */
export function readControl(raw: Payload, reading: PayloadReader): Control {
  const mode = reading.term(raw, 'mode', mapMode)
  if (mode === undefined || mode.native === null) return { holder: 'unknown', basis: 'none', native: null }
  return { holder: mode.value, basis: 'vendor', native: mode.native }
}
