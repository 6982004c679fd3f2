import type { Adapter, Limits } from '@parley/core'
import type { PortabilityRow } from './row.ts'

/** Limits that are lower at the target than at the source. */
export function compareLimits(from: Adapter, to: Adapter): PortabilityRow[] {
  return [...texts(from.limits, to.limits), ...rates(from, to)]
}

function texts(from: Limits, to: Limits): PortabilityRow[] {
  return Object.entries(to.text).map(([field, longest]) => {
    const before = from.text[field]
    const row: PortabilityRow = { kind: 'limit', name: `text of ${field}`, level: 'full', atSource: true }
    if (before !== undefined && before <= longest) return row
    return {
      ...row,
      level: 'partial',
      reason: `At most ${longest} characters; at the source ${before === undefined ? 'no limit is documented' : `${before}`}.`,
      advice: 'Find longer texts before the move; they are refused, not shortened.',
    }
  })
}

/** Per scope of the target, compared by requests per minute. */
function rates(from: Adapter, to: Adapter): PortabilityRow[] {
  const perMinute = ({ requests, perMs }: { requests: number; perMs: number }) => (requests * 60_000) / perMs
  const before = Math.min(...from.limits.rate.map(perMinute))
  return to.limits.rate.map((rate) => {
    const row: PortabilityRow = {
      kind: 'limit',
      name: `requests per ${rate.scope}`,
      level: 'full',
      atSource: from.limits.rate.length > 0,
    }
    if (before <= perMinute(rate)) return row
    return {
      ...row,
      level: 'partial',
      atSource: true,
      reason: `${rate.requests} requests in ${rate.perMs / 1000} s.`,
      advice: 'Requests are queued, so allow time for a first synchronization.',
    }
  })
}
