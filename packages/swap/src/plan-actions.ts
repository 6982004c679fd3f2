import { type AgentAction, isRecord, type OperationOptions, requireOperation, supports } from '@parley/core'
import { fieldSupport } from '@parley/core/fields'
import type { ManifestAction } from './agent-manifest.ts'
import type { Difference } from './compare-agent.ts'
import { wordOf } from './export-agent.ts'
import { json, keyedActions, withoutIds } from './manifest-fields.ts'
import {
  type AgentReportRow,
  foreignIds,
  missing,
  type Plan,
  type Planning,
  refusalText,
  refuse,
  rowFor,
  type Step,
} from './plan.ts'
import { acceptedPart, refusalOf } from './trial.ts'

type ActionPart = Extract<Difference['at'], { about: 'action' }>
type Part = Pick<Plan, 'rows' | 'steps'>

export async function planActions(differences: readonly Difference[], planning: Planning): Promise<Part> {
  const { adapter, table, live } = planning
  const level = fieldSupport(table, 'agent', 'actions')?.level ?? 'rejected'
  if (!supports(adapter, 'agents.actions.list') || !supports(adapter, 'agents.actions.attach')) {
    const why = { ...missing(adapter, 'agents.actions.attach'), advice: 'Set it up in the vendor’s dashboard.' }
    return { rows: differences.map((one) => rowFor(one, 'not-possible', 'rejected', why)), steps: [] }
  }
  const ids = new Map(keyedActions(live.manifest.actions).map(({ key }, index) => [key, live.actions[index]]))
  const parts: Part[] = []
  for (const [key, group] of grouped(differences)) {
    const found = ids.get(key)
    const [first] = group
    if (found) parts.push(await planChange(group, found, planning, level))
    else if (first) parts.push(await planNew(first, planning, level))
  }
  return { rows: parts.flatMap(({ rows }) => rows), steps: parts.flatMap(({ steps }) => steps) }
}

function grouped(differences: readonly Difference[]): Map<string, Difference[]> {
  const groups = new Map<string, Difference[]>()
  for (const difference of differences) {
    const { key } = difference.at as ActionPart
    groups.set(key, [...(groups.get(key) ?? []), difference])
  }
  return groups
}

type Level = AgentReportRow['level']

async function planNew(difference: Difference, planning: Planning, level: Level): Promise<Part> {
  const { adapter, foreign } = planning
  const { action: given } = difference.at as ActionPart
  if (given.kind === 'api-call') {
    const why = {
      reason: 'A manifest does not have the address and the secrets of an API call.',
      advice: 'Attach it with agents.actions.attach, or in the vendor’s dashboard.',
    }
    return { rows: [rowFor(difference, 'not-possible', level, why)], steps: [] }
  }
  const { action, withheld, isUseless } = foreign
    ? withoutIds(given)
    : { action: given, withheld: [], isUseless: false }
  if (isUseless) {
    const named = withheld.map(({ path }) => path).join(', ')
    const why = { ...foreignIds(planning), reason: `It does nothing without ${named}: ${foreignIds(planning).reason}` }
    return { rows: [rowFor(difference, 'not-possible', level, why)], steps: [] }
  }
  const attach = requireOperation(adapter, 'agents.actions.attach')
  const optional = new Set(Object.keys(action).filter((field) => field !== 'kind' && field !== 'name'))
  const write = (input: Record<string, unknown>, options: OperationOptions, id = 'new') =>
    attach(id, input as never, options)
  const { input, refused } = await acceptedPart({ ...action }, optional, write, planning.how)
  if (!input) {
    const [last] = refused.slice(-1)
    const why = { reason: refusalText(adapter, last ?? { path: '' }) }
    return { rows: [rowFor(difference, 'not-possible', level, why)], steps: [] }
  }
  const row = rowFor(difference, 'created', level)
  const lost = [
    ...withheld.map(({ path, value }) => ({ path, wanted: value, ...foreignIds(planning) })),
    ...refused.map(({ path, problem }) => ({
      path,
      wanted: json((given as unknown as Record<string, unknown>)[/^\w*/.exec(path)?.[0] ?? ''] ?? null),
      reason: refusalText(adapter, { path, problem }),
    })),
  ].map(
    ({ path, ...rest }): AgentReportRow => ({
      path: `${difference.path}.${path}`,
      action: 'not-possible',
      level,
      ...rest,
    }),
  )
  return { rows: [row, ...lost], steps: [{ rows: [row], run: (id, options) => write(input, options, id) }] }
}

/** Changes only the fields that differ. */
async function planChange(
  group: readonly Difference[],
  found: AgentAction,
  planning: Planning,
  level: Level,
): Promise<Part> {
  const { adapter, live } = planning
  const change: Record<string, unknown> = {}
  const rows = group.map((difference) => {
    const { field = 'name' } = difference.at as ActionPart
    if (difference.state === 'same') return rowFor(difference, 'same', level)
    if (/^steps\[/.test(field) || (difference.state === 'unknown' && isWithheld(difference, planning)))
      return rowFor(difference, 'not-possible', level, foreignIds(planning))
    change[field] = keptParts(field, difference.wanted, found)
    return rowFor(difference, 'set', level)
  })
  const written = rows.filter(({ action }) => action === 'set')
  if (written.length === 0) return { rows, steps: [] }
  if (!supports(adapter, 'agents.actions.update')) {
    refuse(written, missing(adapter, 'agents.actions.update').reason)
    return { rows, steps: [] }
  }
  // A new action is checked before any request, so its check stands for that of the change.
  const now = keyedActions(live.manifest.actions)[live.actions.indexOf(found)]?.item as ManifestAction
  const whole: Record<string, unknown> = { ...now, ...change }
  const attach = requireOperation(adapter, 'agents.actions.attach')
  const refusal = await refusalOf((options) => attach('any', whole as never, options), planning.how)
  if (refusal) {
    refuse(written, refusalText(adapter, refusal.first))
    return { rows, steps: [] }
  }
  const update = requireOperation(adapter, 'agents.actions.update')
  const step: Step = {
    rows: written,
    run: (id, options) => update(id, found.id, { kind: found.kind, ...change } as never, options),
  }
  return { rows, steps: [step] }
}

function isWithheld({ at, path }: Difference, { foreign }: Planning): boolean {
  const { action, field } = at as ActionPart
  return foreign && withoutIds(action).withheld.some((one) => one.path === field || path.endsWith(`.${one.path}`))
}

/**
 * A list or an object replaces the whole one. So what the manifest does not have of a part is written back: ids, and fields that only
 * this vendor has.
 */
function keptParts(field: string, wanted: unknown, found: AgentAction): unknown {
  const before = (found as unknown as Record<string, unknown>)[field]
  if (isRecord(wanted)) return { ...inWords(before), ...wanted }
  if (!Array.isArray(wanted) || !Array.isArray(before)) return wanted
  const parts = new Map(before.filter(isRecord).map((part) => [nameOf(part), part]))
  return wanted.map((part: unknown) => (isRecord(part) ? { ...inWords(parts.get(nameOf(part))), ...part } : part))
}

/** An example is found by its text, because its id is not in a manifest. Other parts have an id. */
const nameOf = ({ id, text }: Record<string, unknown>): unknown => text ?? id

const inWords = (part: unknown): object =>
  isRecord(part) ? Object.fromEntries(Object.entries(part).map(([key, value]) => [key, wordOf(value)])) : {}
