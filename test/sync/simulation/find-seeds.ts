import type { Safeguard } from '../safeguards.ts'
import { loadSimulation } from './load.ts'
import { openShared } from './shared-database.ts'

/** For each safeguard that the command line names, prints the first seed that finds that it is missing: `[MOST [WORDS]]`. */
export async function findSeeds(of: 'sync' | 'desk', safeguards: readonly Safeguard[]): Promise<void> {
  const [most = '200', words = ''] = process.argv.slice(2)
  const shared = await openShared()
  for (const { name, finds, seeds, narrow, patches } of safeguards) {
    if (!name.includes(words)) continue
    const simulate = await loadSimulation(shared, of, name, patches)
    let found = 'no seed'
    const others = Array.from({ length: Number(most) }, (_, index) => index + 1).filter((seed) => !seeds.includes(seed))
    for (const seed of [...seeds, ...others]) {
      const { problems } = await simulate(seed, narrow && { narrow })
      const problem = problems.find(({ kind }) => kind === finds)
      if (!problem) continue
      found = `seed ${seed} (${problem.kind}: ${problem.what})`
      break
    }
    console.log(`${name}: ${found}`)
  }
  process.exit()
}
