import { safeguards } from './safeguards.ts'
import { loadSimulation } from './simulation/load.ts'
import { openShared } from './simulation/shared-database.ts'

/**
 * `node test/sync/find-seeds.ts [MOST [WORDS]]`: for each safeguard whose name has these words, the first seed that finds that
 * it is missing.
 */
const [most = '200', words = ''] = process.argv.slice(2)
const shared = await openShared()
for (const { name, finds, seeds, narrow, patches } of safeguards) {
  if (!name.includes(words)) continue
  const simulate = await loadSimulation(shared, name, patches)
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
