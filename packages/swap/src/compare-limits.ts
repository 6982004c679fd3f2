import { type Adapter, type Limits, type OperationName, supports } from '@parley/core'
import type { PortabilityRow } from './row.ts'

/** Limits that are lower at the target than at the source, and what its lists need. */
export function compareLimits(from: Adapter, to: Adapter): PortabilityRow[] {
  return [...needs(from, to), ...texts(from.limits, to.limits), ...rates(from, to)]
}

interface Need {
  list: string
  field: string
  /** Whether a query without it works at the source. */
  isNew: boolean
}

/** The fields without which a list of both adapters lists nothing at the target. */
const needsOf = (from: Adapter, to: Adapter): Need[] =>
  Object.entries(to.limits.required ?? {})
    .filter(([list]) => [from, to].every((adapter) => supports(adapter, list as OperationName)))
    .flatMap(([list, fields = []]) =>
      fields.map((field) => ({ list, field, isNew: !from.limits.required?.[list]?.includes(field) })),
    )

const refusalBy = ({ vendor }: Adapter, field: string): string =>
  `${vendor} lists nothing without ${field}, and refuses such a query.`

const needs = (from: Adapter, to: Adapter): PortabilityRow[] =>
  needsOf(from, to).map(({ list, field, isNew }) => {
    const row: PortabilityRow = { kind: 'limit', name: `${list} needs ${field}`, level: 'full', atSource: true }
    if (!isNew) return row
    const advice = `Pass ${field} in every query of ${list}.`
    return { ...row, level: 'partial', reason: refusalBy(to, field), advice }
  })

/** Why a list of the source is refused at the target without something that it did not need before. */
export function newNeeds(from: Adapter, to: Adapter): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>()
  for (const { list, field, isNew } of needsOf(from, to))
    if (isNew) reasons.set(list, [reasons.get(list), refusalBy(to, field)].filter(Boolean).join(' '))
  return reasons
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
