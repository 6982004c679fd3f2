import { type Adapter, ConfigurationError, type Trait, type TraitName, type Traits } from '@parley/core'
import { traitDescriptions, traitNames } from '@parley/core/fields'
import { behaviourAdvice } from './behaviour-advice.ts'
import type { PortabilityRow } from './row.ts'

/**
 * Each trait that the target has in another way. A change to a worse value can break working code, so it is `partial`; a
 * change to a better one needs nothing.
 */
export async function compareTraits(from: Adapter, to: Adapter): Promise<PortabilityRow[]> {
  const [source, target] = await Promise.all([traitsOf(from), traitsOf(to)])
  return traitNames.flatMap((name): PortabilityRow | [] => {
    const [before, after] = [source[name], target[name]]
    // What only one of them can do at all is in the rows of the operations.
    if (!before || !after) return []
    const row: PortabilityRow = { kind: 'trait', name, level: 'full', atSource: true }
    if (!isWorse(name, before, after)) return row
    const reason = `${traitDescriptions[name].question} “${before.value}” becomes “${after.value}”. ${after.reason}`
    const advice = behaviourAdvice(name, after.value)
    return { ...row, level: 'partial', reason, ...(advice !== undefined && { advice }) }
  })
}

/** Why an operation behaves differently at the target, by the traits that are about it. */
export async function behaviourOf(from: Adapter, to: Adapter): Promise<ReadonlyMap<string, string>> {
  const [source, target] = await Promise.all([traitsOf(from), traitsOf(to)])
  const reasons = new Map<string, string>()
  for (const name of traitNames) {
    const [before, after] = [source[name], target[name]]
    if (!before || !after || !isWorse(name, before, after)) continue
    for (const operation of traitDescriptions[name].operations)
      reasons.set(operation, [reasons.get(operation), after.reason].filter(Boolean).join(' '))
  }
  return reasons
}

function isWorse(name: TraitName, before: Trait, after: Trait): boolean {
  const values: readonly string[] = traitDescriptions[name].values
  return values.indexOf(after.value) > values.indexOf(before.value)
}

async function traitsOf(adapter: Adapter): Promise<Traits> {
  const traits = await adapter.traits?.()
  if (traits) return traits
  throw new ConfigurationError({
    vendor: adapter.vendor,
    account: adapter.account,
    message: `${adapter.vendor} declares no traits, so it is unknown how it behaves. Add \`traits\` to its adapter.`,
  })
}
