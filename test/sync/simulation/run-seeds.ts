import { loadSimulation } from './load.ts'
import { openShared } from './shared-database.ts'

/** Runs a simulation for the seeds that the command line names: `FIRST LAST STEP [trace]`. */
export async function runSeeds(of: 'sync' | 'desk'): Promise<void> {
  const [first = 1, last = first, step = 1] = process.argv.slice(2, 5).map(Number)
  const trace = process.argv[5] === 'trace' ? (line: string) => void process.stderr.write(`${line}\n`) : undefined
  const shared = await openShared()
  const simulate = await loadSimulation(shared, of, 'runs')
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
}
