import { type FieldSupport, type OperationOptions, requireOperation, supports } from '@parley/core'
import { fieldLevels, fieldSupport } from '@parley/core/fields'
import type { ManifestKnowledge } from './agent-manifest.ts'
import type { Difference } from './compare-agent.ts'
import { ofOtherAgent } from './export-agent.ts'
import { type AgentReportRow, missing, type Plan, type Planning, refusalText, rowFor } from './plan.ts'
import { refusalOf } from './trial.ts'

/** What an item consists of. */
const content = { website: ['url'], faq: ['question', 'answer'], text: ['text'] } as const

/** Adds what the agent does not have. Nothing is removed. */
export async function planKnowledge(
  differences: readonly Difference[],
  planning: Planning,
): Promise<Pick<Plan, 'rows' | 'steps'>> {
  const rows: AgentReportRow[] = []
  const steps: Plan['steps'] = []
  for (const difference of differences) {
    const { item } = difference.at as Extract<Difference['at'], { about: 'knowledge' }>
    const support = supportOf(item, planning)
    const plan = await planItem(item, support, planning)
    if (difference.state === 'same') rows.push(rowFor(difference, 'same', support.level))
    else if ('reason' in plan) rows.push(rowFor(difference, 'not-possible', support.level, plan))
    else {
      const row = rowFor(difference, 'created', support.level, support)
      rows.push(row)
      steps.push({ rows: [row], run: plan.run })
    }
  }
  return { rows, steps }
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
  const refusal = await refusalOf((options) => write('new', options))
  if (refusal) return { reason: refusalText(adapter, refusal.first) }
  return { run: write }
}
