import { type Control, isRaw, type Raw, type Reading } from '@parley/core'

/**
 * Who answers next, concluded: `isAgent` is nowhere defined, and the list's filter calls "AI-handled" what has no
 * teammate assigned ("conversations/list"). Either sign of a person counts.
 */
export function readControl(raw: Raw, reading: Reading): Control {
  const joined = reading.flag(raw, 'isAgent')
  const native = joined ?? null
  const teammate = raw['agent']
  if (joined === true || isRaw(teammate)) return { holder: 'operator', basis: 'inferred', native }
  if (joined === false || teammate === null) return { holder: 'agent', basis: 'inferred', native }
  return { holder: 'unknown', basis: 'none', native }
}
