import { startPostgres } from '@parley/testkit/postgres'
import { bundledProgram } from '../tools/bundled-program.ts'
import { runShift } from './run-desk.ts'

/**
 * `node --import ./packages/testkit/src/sources.ts test/support-desk/main.ts FIRST LAST REPLIES`: runs shifts with these seeds, one
 * after the other. Prints a line of JSON for each.
 */
const [first = 1, last = first, replies = 100] = process.argv.slice(2, 5).map(Number)

const server = await startPostgres()
if (typeof server === 'string') throw new Error(`The support desk needs a PostgreSQL: ${server}.`)
const program = await bundledProgram('support-desk/server.ts', 'support-desk-proof')
for (let seed = first; seed <= last; seed++)
  process.stdout.write(`${JSON.stringify({ seed, ...(await runShift({ server, program, seed, replies })) })}\n`)
await server.stop()
process.exit()
