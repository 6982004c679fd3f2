import { safeguards } from './safeguards.ts'
import { loadRoute } from './simulation/load.ts'

/** `node test/route/find-seeds.ts [MOST [WORDS]]`: for each safeguard, the first seed that finds that it is missing. */
const [most = '200', words = ''] = process.argv.slice(2)
for (const { name, finds, seeds, patches } of safeguards) {
  if (!name.includes(words)) continue
  const simulate = await loadRoute(name, patches)
  let found = 'no seed'
  for (const seed of [...seeds, ...Array.from({ length: Number(most) }, (_, index) => index + 1)]) {
    const { problems } = await simulate(seed)
    const problem = problems.find(({ kind }) => kind === finds)
    if (!problem) continue
    found = `seed ${seed} (${problem.kind}: ${problem.what})`
    break
  }
  console.log(`${name}: ${found}`)
}
process.exit()
