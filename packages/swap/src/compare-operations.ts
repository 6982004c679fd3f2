import { type Adapter, operationNames, supports, unsupportedReason } from '@parley/core'
import { adviceFor } from './advice.ts'
import type { PortabilityRow } from './row.ts'

/** Each operation that the source or the target has. */
export function compareOperations(from: Adapter, to: Adapter): PortabilityRow[] {
  return operationNames
    .filter((name) => supports(from, name) || supports(to, name))
    .map((name) => {
      const row: PortabilityRow = { kind: 'operation', name, level: 'full', atSource: supports(from, name) }
      if (supports(to, name)) return row
      const lost: PortabilityRow = {
        ...row,
        level: 'rejected',
        reason: unsupportedReason(to, name) as string,
      }
      const advice = adviceFor(name)
      if (advice !== undefined) lost.advice = advice
      return lost
    })
}

/** Each filter that the source applies. Parley applies those that the target lacks. */
export function compareFilters(from: Adapter, to: Adapter): PortabilityRow[] {
  if (!supports(from, 'conversations.list') || !supports(to, 'conversations.list')) return []
  return from.limits.filters.map((name) => {
    const row: PortabilityRow = { kind: 'filter', name, level: 'full', atSource: true }
    if (to.limits.filters.includes(name)) return row
    return {
      ...row,
      level: 'fallback',
      reason: `${to.vendor} cannot filter by this: Parley reads every conversation and filters them.`,
      advice: 'Expect more requests, and pages with fewer items than asked for.',
    }
  })
}
