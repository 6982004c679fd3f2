import { loadRoute } from './simulation/load.ts'

/** `node test/route/run.ts FIRST LAST STEP [trace]`: runs the simulation of the route for these seeds. */
const [first = 1, last = first, step = 1] = process.argv.slice(2, 5).map(Number)
const trace = process.argv[5] === 'trace' ? (line: string) => void process.stderr.write(`${line}\n`) : undefined
const simulate = await loadRoute('runs')
for (let seed = first; seed <= last; seed += step) {
  const used = process.cpuUsage()
  const outcome = await simulate(seed, trace).catch((error: unknown) => ({
    seed,
    problems: [{ kind: 'error', what: String(error instanceof Error ? error.stack : error) }],
  }))
  const { user, system } = process.cpuUsage(used)
  process.stdout.write(`${JSON.stringify({ ...outcome, cpuMilliseconds: (user + system) / 1000 })}\n`)
}
process.exit()
