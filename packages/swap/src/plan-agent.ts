import {
  type Adapter,
  type FieldLevel,
  type FieldSupport,
  InvalidRequestError,
  isRecord,
  type JsonValue,
  type OperationOptions,
  requireOperation,
  supports,
} from '@parley/core'
import { fieldSupport } from '@parley/core/fields'
import { compareManifests, type Difference, isForeign } from './compare-agent.ts'
import { agentFields, isNone, isSame, isSet, json, valueAt } from './manifest-fields.ts'
import {
  type AgentReportRow,
  foreignIds,
  missing,
  type Plan,
  type Planning,
  refusalText,
  refuse,
  rowFor,
} from './plan.ts'
import { planActions } from './plan-actions.ts'
import { planHours, planKnowledge } from './plan-surroundings.ts'
import { type Accepted, acceptedPart } from './trial.ts'

/** Plans every value that the manifest mentions. It asks the adapter what it would refuse, and writes nothing. */
export async function planAgent(planning: Omit<Planning, 'foreign'>): Promise<Plan> {
  const { wanted, live, table, adapter } = planning
  const foreign = isForeign(wanted, adapter)
  const whole: Planning = { ...planning, foreign }
  const all = compareManifests(wanted, live.manifest, table, foreign).filter((row) => row.wanted !== undefined)
  const of = (about: Difference['at']['about']) => all.filter(({ at }) => at.about === about)
  const fields = await planFields(of('agent'), whole)
  const parts = [
    await planActions(of('action'), whole),
    await planHours(of('hours'), whole),
    await planKnowledge(of('knowledge'), whole),
  ]
  return {
    ...fields,
    rows: [...fields.rows, ...parts.flatMap(({ rows }) => rows)],
    steps: [...fields.steps, ...parts.flatMap(({ steps }) => steps)],
  }
}

/** Fields of the contract's agent that no operation writes. */
const neverWritten = new Set(['language', 'avatarUrl'])

const writable: ReadonlySet<FieldLevel> = new Set(['full', 'partial', 'fallback'])

const unlisted: FieldSupport = { level: 'rejected', reason: 'The adapter does not know this field.' }

async function planFields(
  differences: readonly Difference[],
  planning: Planning,
): Promise<Pick<Plan, 'rows' | 'steps' | 'create' | 'taken'>> {
  const { adapter, table, isNew } = planning
  const input: Record<string, unknown> = {}
  const rows = differences.map((difference) => {
    const field = fieldOf(difference)
    const support = fieldSupport(table, 'agent', field) ?? unlisted
    const row = planField(difference, field, support, planning)
    if (row.action === 'set' && !isImplied(difference, planning)) addTo(input, difference)
    return row
  })
  const operation = isNew ? 'agents.create' : 'agents.update'
  const nothing = { rows, steps: [], taken: new Map<string, JsonValue>() }
  if (Object.keys(input).length === 0) return nothing
  if (!supports(adapter, operation)) {
    refuse(rows.filter(isWritten), missing(adapter, operation).reason)
    return nothing
  }
  const optional = new Set(Object.keys(input).filter((key) => !isNew || key !== 'name'))
  const write = (part: Record<string, unknown>, options: OperationOptions, id = planning.live.id) =>
    isNew
      ? requireOperation(adapter, 'agents.create')(part as never, options)
      : requireOperation(adapter, 'agents.update')(id, part as never, options)
  const accepted = await acceptedPart(input, optional, write, planning.how)
  if (isNew && !accepted.input) throw cannotCreate(adapter, accepted.refused)
  const taken = markRefused(rows, accepted, adapter)
  // A part that the agent has already is not written again.
  for (const [path, value] of taken)
    if (accepted.input && isSame(path, value, valueAt(planning.live.manifest, path))) delete accepted.input[keyOf(path)]
  const body = accepted.input ?? {}
  if (isNew) {
    for (const row of rows.filter(isWritten)) row.action = 'created'
    return { rows, steps: [], create: body, taken }
  }
  if (Object.keys(body).length === 0) return { rows, steps: [], taken }
  const written = rows.filter(({ path, action }) => (action === 'set' || action === 'partial') && keyOf(path) in body)
  return { rows, steps: [{ rows: written, run: (id, options) => write(body, options, id) }], taken }
}

const isWritten = ({ action }: AgentReportRow): boolean => action === 'set'

/** Corrects the rows of what the adapter refuses. @returns the part of a list that it takes, by the path of its row. */
function markRefused(rows: readonly AgentReportRow[], { input, refused }: Accepted, adapter: Adapter) {
  const taken = new Map<string, JsonValue>()
  const open = rows.filter(isWritten)
  for (const { path, problem } of refused) {
    const [, key = '', part] = /^(\w*)(?:\.(\w+)$)?/.exec(path) ?? []
    const reason = refusalText(adapter, { path, problem })
    const rest = input?.[key]
    for (const row of open) {
      if (keyOf(row.path) !== key || (part !== undefined && !row.path.endsWith(`.${part}`))) continue
      if (Array.isArray(rest)) {
        taken.set(row.path, json(isSet(row.path) ? rest.toSorted() : rest))
        const before = row.action === 'partial' ? `${row.reason} ` : ''
        Object.assign(row, { action: 'partial', reason: before + reason })
      } else refuse([row], reason)
    }
  }
  // The last refusal was of the whole.
  if (!input) refuse(open.filter(isWritten), refusalText(adapter, refused.at(-1) ?? { path: '' }))
  return taken
}

function cannotCreate(adapter: Adapter, refused: readonly { path: string; problem: string }[]): InvalidRequestError {
  const fields = refused.slice(-1).map(({ path, problem }) => ({ path: pathOf(path), problem }))
  const named = fields.map(({ path, problem }) => `${path} ${problem}`).join('; ')
  return new InvalidRequestError({
    vendor: adapter.vendor,
    account: adapter.account,
    operation: 'agents.create',
    message: `${adapter.vendor} cannot create this agent: ${named}. Add it to the manifest, or set it for the adapter. Nothing was written.`,
    fields,
    outcome: 'not-done',
  })
}

const fieldOf = ({ at }: Difference): string => (at.about === 'agent' ? at.field : '')

/** The path of the manifest that a path of the input is written as: `prompt.goal` for `goal`. */
function pathOf(inputPath: string): string {
  const [, key = '', rest = ''] = /^(\w*)(.*)$/s.exec(inputPath) ?? []
  const found = agentFields.find(({ field, part }) => field === key && (part === undefined || rest === `.${part}`))
  return found ? found.path + (found.part === undefined ? rest : '') : inputPath
}

/** The field of the input that a path of the manifest is written with. */
const keyOf = (path: string): string => agentFields.find((field) => field.path === path)?.field ?? ''

function addTo(input: Record<string, unknown>, { at, wanted }: Difference): void {
  if (at.about !== 'agent') return
  // The contract writes no `null` for a text. An empty one is the same.
  const value = wanted === null && at.part === undefined ? '' : wanted
  if (at.part === undefined) input[at.field] = value
  else input[at.field] = { ...(isRecord(input[at.field]) ? (input[at.field] as object) : {}), [at.part]: value }
}

function planField(difference: Difference, field: string, support: FieldSupport, planning: Planning): AgentReportRow {
  const { level, reason, advice } = support
  const why = { reason, advice }
  if (difference.state === 'same') return rowFor(difference, 'same', level)
  if (!writable.has(level)) return rowFor(difference, 'not-possible', level, why)
  if (field === 'knowledgeBaseIds' && planning.foreign && !isNone(difference.wanted))
    return rowFor(difference, 'not-possible', level, foreignIds(planning))
  if (neverWritten.has(field))
    return rowFor(difference, 'not-possible', level, { reason: 'No operation of the contract writes this.' })
  if (field === 'status' && followsMode(planning) && !willHave(difference, planning))
    return rowFor(difference, 'not-possible', level, why)
  return rowFor(difference, 'set', level, level === 'full' ? {} : why)
}

/** Where the mode is complete and the status is not, the vendor has one switch for both: an agent whose mode is off is inactive. */
const followsMode = ({ table }: Planning): boolean =>
  fieldSupport(table, 'agent', 'mode')?.level === 'full' && fieldSupport(table, 'agent', 'status')?.level !== 'full'

/** Whether the agent will have the status: by its mode, or because it is switched off. */
function willHave({ wanted: status }: Difference, { wanted, live }: Planning): boolean {
  const mode = wanted.mode ?? (status === 'inactive' ? 'off' : live.manifest.mode)
  return mode !== undefined && status === (mode === 'off' ? 'inactive' : 'active')
}

/** Whether the mode, which is written too, brings the status with it. */
const isImplied = (difference: Difference, planning: Planning): boolean =>
  fieldOf(difference) === 'status' && followsMode(planning) && planning.wanted.mode !== undefined
