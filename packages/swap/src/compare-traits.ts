import { type Adapter, ConfigurationError, type TraitName, type Traits } from '@parley/core'
import { traitDescriptions, traitNames } from '@parley/core/fields'
import type { PortabilityRow } from './row.ts'

/**
 * Each trait that the target has in another way. A change to a worse value can break working code, so it is `partial`; a
 * change to a better one needs nothing.
 */
export async function compareTraits(from: Adapter, to: Adapter): Promise<PortabilityRow[]> {
  const [source, target] = await Promise.all([traitsOf(from), traitsOf(to)])
  return traitNames.map((name): PortabilityRow => {
    const [before, after] = [source[name], target[name]]
    const row: PortabilityRow = { kind: 'trait', name, level: 'full', atSource: true }
    if (!isWorse(name, source, target)) return row
    return { ...row, level: 'partial', reason: `${before.value} becomes ${after.value}: ${after.reason}` }
  })
}

/** Why an operation behaves differently at the target, by the traits that are about it. */
export async function behaviourOf(from: Adapter, to: Adapter): Promise<ReadonlyMap<string, string>> {
  const [source, target] = await Promise.all([traitsOf(from), traitsOf(to)])
  const reasons = new Map<string, string>()
  for (const name of traitNames)
    if (isWorse(name, source, target))
      for (const operation of traitDescriptions[name].operations)
        reasons.set(operation, [reasons.get(operation), target[name].reason].filter(Boolean).join(' '))
  return reasons
}

function isWorse(name: TraitName, source: Traits, target: Traits): boolean {
  const values: readonly string[] = traitDescriptions[name].values
  return values.indexOf(target[name].value) > values.indexOf(source[name].value)
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
