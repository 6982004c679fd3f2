import { safeguards } from './safeguards.ts'
import { loadSimulation } from './simulation/load.ts'
import { openShared } from './simulation/shared-database.ts'

/**
 * `node test/sync/find-seeds.ts [MOST [WORDS]]`: for each safeguard whose name has these words, the first seed that finds that
 * it is missing.
 */
const [most = '200', words = ''] = process.argv.slice(2)
const shared = await openShared()
for (const { name, patches } of safeguards) {
  if (!name.includes(words)) continue
  const { prepare, simulate } = await loadSimulation(name, patches)
  const session = await prepare(shared)
  let found = 'no seed'
  for (let seed = 1; seed <= Number(most) && found === 'no seed'; seed += 1) {
    const [problem] = (await simulate(session, seed)).problems
    if (problem) found = `seed ${seed} (${problem.kind}: ${problem.what})`
  }
  console.log(`${name}: ${found}`)
}
process.exit()
