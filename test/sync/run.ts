import { loadSimulation } from './simulation/load.ts'
import { openShared } from './simulation/shared-database.ts'

/**
 * `node test/sync/run.ts FIRST LAST STEP [trace]`: runs the simulation for these seeds, and prints a line of JSON for each
 * run: the outcome, and how long it took. With `trace`, also a line for each step.
 */
const [first = 1, last = first, step = 1] = process.argv.slice(2, 5).map(Number)
const trace = process.argv[5] === 'trace' ? (line: string) => void process.stderr.write(`${line}\n`) : undefined

const shared = await openShared()
const simulate = await loadSimulation(shared, 'sync')
for (let seed = first; seed <= last; seed += step) {
  const begun = performance.now()
  const used = process.cpuUsage()
  const outcome = await simulate(seed, trace ? { trace } : {}).catch((error: unknown) => ({
    seed,
    problems: [{ kind: 'error', what: String(error instanceof Error ? error.stack : error) }],
  }))
  const { user, system } = process.cpuUsage(used)
  const cost = { milliseconds: performance.now() - begun, cpuMilliseconds: (user + system) / 1000 }
  process.stdout.write(`${JSON.stringify({ ...outcome, ...cost })}\n`)
  if (seed % 100 === 0) await shared.checkpoint()
}
process.exit()
