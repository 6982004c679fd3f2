import { type Adapter, filterSupport, operationNames, supports, unsupportedReason } from '@parley/core'
import { conversationFilters } from '@parley/core/fields'
import { adviceFor } from './advice.ts'
import type { PortabilityRow } from './row.ts'

/**
 * Each operation that the source or the target has.
 *
 * @param behaviour why an operation behaves differently at the target. Such an operation is not `full`.
 */
export function compareOperations(
  from: Adapter,
  to: Adapter,
  behaviour: ReadonlyMap<string, string>,
): PortabilityRow[] {
  return operationNames
    .filter((name) => supports(from, name) || supports(to, name))
    .map((name) => {
      const row: PortabilityRow = { kind: 'operation', name, level: 'full', atSource: supports(from, name) }
      const reason = behaviour.get(name)
      if (supports(to, name)) return reason === undefined ? row : { ...row, level: 'partial', reason }
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

/** Each filter that the source answers. Parley applies those that the target lacks, where the target gives the value. */
export function compareFilters(from: Adapter, to: Adapter): PortabilityRow[] {
  if (!supports(from, 'conversations.list') || !supports(to, 'conversations.list')) return []
  return conversationFilters.map((name): PortabilityRow => {
    const [before, after] = [filterSupport(from, name), filterSupport(to, name)]
    const row: PortabilityRow = { kind: 'filter', name, level: 'full', atSource: before !== 'unanswerable' }
    if (before === 'unanswerable' || after === 'vendor' || after === before) return row
    if (after === 'unanswerable')
      return {
        ...row,
        level: 'dropped',
        reason: `${to.vendor} does not say which conversations match.`,
        advice: 'Decide with the query’s unknown whether they are listed, or keep the value in your own store.',
      }
    return {
      ...row,
      level: 'fallback',
      reason: `${to.vendor} cannot filter by this: Parley reads every conversation and filters them.`,
      advice: 'Expect more requests, and pages with fewer items than asked for.',
    }
  })
}
