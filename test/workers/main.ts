import { startPostgres } from '@parley/testkit/postgres'
import { bundledProgram } from '../tools/bundled-program.ts'
import { type Outcome, refusal, runWorkers } from './run-workers.ts'

/**
 * `node --import ./packages/testkit/src/sources.ts test/workers/main.ts FIRST LAST`: runs the workers with these seeds, some
 * runs at a time, because they mostly wait. Prints a line of JSON for each run.
 */
const [first = 1, last = first] = process.argv.slice(2, 4).map(Number)
const atOnce = 6

const server = await startPostgres()
if (typeof server === 'string') throw new Error(`The workers need a PostgreSQL: ${server}.`)
const program = await bundledProgram('workers/worker.ts', 'proof')
let next = first
let [takenOver, refused] = [0, 0]
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (next <= last) {
      const seed = next++
      const outcome = await runWorkers({ server, program, seed }).catch((error: unknown): Outcome => {
        const what = String(error instanceof Error ? error.stack : error)
        return { seed, records: 0, counts: {}, problems: [{ kind: 'error', what }] }
      })
      takenOver += outcome.counts['taken over'] ?? 0
      refused += outcome.counts[refusal] ?? 0
      process.stdout.write(`${JSON.stringify(outcome)}\n`)
    }
  }),
)
await server.stop()
if (takenOver > 0 && refused === 0)
  throw new Error('Others took over from suspended workers, which were never refused.')
process.exit()
