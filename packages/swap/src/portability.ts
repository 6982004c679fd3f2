import { type Adapter, ConfigurationError, type FieldLevel, isRecord } from '@parley/core'
import { compareFields } from './compare-fields.ts'
import { compareLimits, newNeeds } from './compare-limits.ts'
import { compareFilters, compareOperations } from './compare-operations.ts'
import { behaviourOf, compareTraits } from './compare-traits.ts'
import type { PortabilityRow } from './row.ts'

export type { PortabilityRow } from './row.ts'

/**
 * What happens to operations, filters, behaviour, fields and limits when one vendor replaces another. Plain data, ready to store.
 */
export interface Portability {
  from: { vendor: string; account: string }
  to: { vendor: string; account: string }
  /** Operations, filters, traits, fields and limits, in this order. */
  rows: PortabilityRow[]
  /** How many rows are on each level, counting only what the source has. */
  summary: Record<FieldLevel, number>
  /** Operations that only the target has. */
  gained: string[]
}

/**
 * Reports what is lost, kept or done in another way when `to` replaces `from`. It makes no request. It compares the
 * adapters' operations, limits, traits and field tables, which the conformance suite verifies.
 *
 * ```ts
 * const report = await portability(desk, crm)
 * report.rows.filter(({ level, atSource }) => atSource && level === 'dropped')
 * ```
 *
 * @throws ConfigurationError for a value that is not an adapter, and when an adapter has no field table or no traits.
 */
export async function portability(from: Adapter, to: Adapter): Promise<Portability> {
  for (const [path, adapter] of Object.entries({ from, to })) {
    if (isRecord(adapter) && isRecord(adapter.limits) && typeof adapter.vendor === 'string') continue
    const problem = 'must be an adapter'
    throw new ConfigurationError({ message: `portability: ${path} ${problem}.`, fields: [{ path, problem }] })
  }
  const behaviour = new Map(await behaviourOf(from, to))
  for (const [list, reason] of newNeeds(from, to))
    behaviour.set(list, [behaviour.get(list), reason].filter(Boolean).join(' '))
  const operations = compareOperations(from, to, behaviour)
  const rows = [
    ...operations,
    ...compareFilters(from, to),
    ...(await compareTraits(from, to)),
    ...(await compareFields(from, to)),
    ...compareLimits(from, to),
  ]
  return {
    from: { vendor: from.vendor, account: from.account },
    to: { vendor: to.vendor, account: to.account },
    rows,
    summary: summaryOf(rows),
    gained: operations.filter(({ atSource }) => !atSource).map(({ name }) => name),
  }
}

function summaryOf(rows: readonly PortabilityRow[]): Record<FieldLevel, number> {
  const summary = { full: 0, partial: 0, fallback: 0, dropped: 0, rejected: 0 }
  for (const { level, atSource } of rows) if (atSource) summary[level]++
  return summary
}
