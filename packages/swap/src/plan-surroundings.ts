import { type FieldSupport, type OperationOptions, requireOperation, supports } from '@parley/core'
import { fieldLevels, fieldSupport } from '@parley/core/fields'
import type { ManifestKnowledge } from './agent-manifest.ts'
import type { Difference } from './compare-agent.ts'
import { hoursOf, ofOtherAgent } from './export-agent.ts'
import { type AgentReportRow, missing, type Plan, type Planning, refusalText, rowFor } from './plan.ts'
import { refusalOf } from './trial.ts'

/** Working hours are written as a whole, so what the manifest does not mention is written back as it is. */
export async function planHours(
  differences: readonly Difference[],
  planning: Planning,
): Promise<Pick<Plan, 'rows' | 'steps'>> {
  const { adapter, wanted, live } = planning
  const none = (reason: string, level: 'full' | 'rejected' = 'full') => ({
    rows: differences.map((one) =>
      one.state === 'same'
        ? rowFor(one, 'same', level)
        : rowFor(one, 'not-possible', level, { reason, advice: 'Set them in the vendor’s dashboard.' }),
    ),
    steps: [],
  })
  const operation = wanted.workingHours === null ? 'agents.workingHours.clear' : 'agents.workingHours.set'
  if (!supports(adapter, 'agents.workingHours.get') || !supports(adapter, operation))
    return none(missing(adapter, operation).reason, 'rejected')
  const rows = differences.map((one) => rowFor(one, one.state === 'same' ? 'same' : 'set', 'full'))
  const written = rows.filter(({ action }) => action === 'set')
  if (written.length === 0) return { rows, steps: [] }
  if (!wanted.workingHours) {
    const clear = requireOperation(adapter, 'agents.workingHours.clear')
    return { rows, steps: [{ rows: written, run: (id, options) => clear(id, options) }] }
  }
  const unreadable = live.hours?.channels.some(({ value }) => value === 'unknown')
  if (unreadable && !wanted.workingHours.channels)
    return none('The working hours have a channel that Parley cannot write back.')
  const input = {
    ...(live.hours && hoursOf(live.hours, [])),
    ...(live.hours?.attributes && { attributes: live.hours.attributes }),
    ...wanted.workingHours,
  }
  const set = requireOperation(adapter, 'agents.workingHours.set')
  const write = (options: OperationOptions, id = 'new') => set(id, input as never, options)
  const refusal = await refusalOf((options) => write(options), planning.how)
  if (refusal) return none(refusalText(adapter, refusal.first))
  return { rows, steps: [{ rows: written, run: (id, options) => write(options, id) }] }
}

/** What an item consists of. */
const content = { website: ['url'], faq: ['question', 'answer'], text: ['text'] } as const

/** Adds what the agent does not have. Nothing is removed. */
export async function planKnowledge(
  differences: readonly Difference[],
  planning: Planning,
): Promise<Pick<Plan, 'rows' | 'steps'>> {
  const rows: AgentReportRow[] = []
  const steps: Plan['steps'] = []
  const missingItems = differences.filter(({ state }) => state !== 'same').map(itemOf)
  const sure = new Set<string>()
  for (const kind of ['faq', 'text'] as const) if (await takesAll(kind, missingItems, planning)) sure.add(kind)
  for (const difference of differences) {
    const item = itemOf(difference)
    const support = supportOf(item, planning)
    if (difference.state === 'same') {
      rows.push(rowFor(difference, 'same', support.level))
      continue
    }
    const plan = await planItem(item, support, planning, sure.has(item.kind) && hasContent(item))
    if ('reason' in plan) rows.push(rowFor(difference, 'not-possible', support.level, plan))
    else {
      const row = rowFor(difference, 'created', support.level, support)
      rows.push(row)
      steps.push({ rows: [row], run: plan.run })
    }
  }
  return { rows, steps }
}

const itemOf = ({ at }: Difference): ManifestKnowledge => (at as Extract<Difference['at'], { about: 'knowledge' }>).item

const partsOf = (item: ManifestKnowledge): string[] =>
  item.kind === 'website' ? [item.url] : item.kind === 'faq' ? [item.question, item.answer] : [item.title, item.text]

const hasContent = (item: ManifestKnowledge): boolean => partsOf(item).every((part) => part.trim() !== '')

/** Whether the vendor takes an item made of the longest parts of all. Then it takes each, and they need not be tried one by one. */
async function takesAll(
  kind: 'faq' | 'text',
  items: readonly ManifestKnowledge[],
  planning: Planning,
): Promise<boolean> {
  const own = items.filter((item) => item.kind === kind && hasContent(item))
  if (own.length < 2) return false
  const [first = '', second = ''] = [0, 1].map((index) =>
    own.map((item) => partsOf(item)[index] ?? '').reduce((one, other) => (other.length > one.length ? other : one)),
  )
  const longest: ManifestKnowledge =
    kind === 'faq' ? { kind, question: first, answer: second } : { kind, title: first, text: second }
  return 'run' in (await planItem(longest, supportOf(longest, planning), planning))
}

/** The worst of what the vendor does with the parts of an item. */
function supportOf(item: ManifestKnowledge, { table }: Planning): FieldSupport {
  const [worst] = content[item.kind]
    .map((field): FieldSupport => fieldSupport(table, 'knowledge', field) ?? { level: 'rejected' })
    .sort((one, other) => fieldLevels.indexOf(other.level) - fieldLevels.indexOf(one.level))
  return worst as FieldSupport
}

type Writing = { run(agentId: string, options: OperationOptions): Promise<unknown> }

async function planItem(
  item: ManifestKnowledge,
  { level, reason = '', advice }: FieldSupport,
  planning: Planning,
  isSure = false,
): Promise<Writing | { reason: string; advice?: string | undefined }> {
  const { adapter, foreign, live } = planning
  if (!supports(adapter, 'knowledge.list') || !supports(adapter, 'knowledge.add'))
    return missing(adapter, 'knowledge.add')
  if (level === 'dropped' || level === 'rejected') return { reason, advice }
  if (!live.knowledgeOf) return ofOtherAgent
  const { bases, vendor } = live.knowledgeOf
  const { knowledgeBaseId, ...parts } = item
  const base = !foreign && knowledgeBaseId && bases?.includes(knowledgeBaseId) ? knowledgeBaseId : bases?.[0]
  if (bases && base === undefined)
    return { reason: 'The agent names no knowledge base.', advice: 'Give it one, and apply the manifest again.' }
  const add = requireOperation(adapter, 'knowledge.add')
  const write = (agentId: string, options: OperationOptions) =>
    add(
      {
        ...parts,
        ...(base !== undefined && { knowledgeBaseId: base }),
        ...(vendor && { vendor: { [adapter.vendor]: { agentId } } }),
      } as never,
      options,
    )
  const refusal = isSure ? undefined : await refusalOf((options) => write('new', options), planning.how)
  if (refusal) return { reason: refusalText(adapter, refusal.first) }
  return { run: write }
}
