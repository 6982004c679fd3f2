import type { Safeguard } from '../safeguards.ts'
import { loadSimulation } from './load.ts'
import type { SharedDatabase } from './shared-database.ts'

/** What a simulation finds at the seeds of a safeguard, which it lacks. */
export async function foundWithout(
  shared: SharedDatabase,
  of: 'sync' | 'desk',
  { name, seeds, finds, narrow, patches }: Safeguard,
): Promise<string[]> {
  const simulate = await loadSimulation(shared, of, name, patches)
  const found: string[] = []
  for (const seed of seeds) {
    if (found.includes(finds)) break
    for (const { kind } of (await simulate(seed, narrow && { narrow })).problems) found.push(kind)
  }
  return found
}
