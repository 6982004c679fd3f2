import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '@parley/conformance'
import { print, printGroup, printTotal } from './report.ts'

/** The program of a vendor: `run.ts` in the folder with its name. */
interface LiveVendor {
  run(): Promise<Result[]>
  /** Ends all that runs, at once. */
  killAll(): void
}

/**
 * Runs the checks against real servers of the vendors that are named, for example `pnpm live langgraph`. The last line is
 * `N passed, N failed`. `PARLEY_LIVE_ONLY` chooses one group of checks by a word of its title, such as `faults`.
 */
const names = process.argv.slice(2)
const unknown = names.filter((name) => !/^[\w-]+$/.test(name) || !existsSync(join(import.meta.dirname, name, 'run.ts')))
if (names.length === 0 || unknown.length > 0) {
  print(
    `Name vendors whose server can be run here: the folders of test/live. Unknown: ${unknown.join(', ') || 'none'}.`,
  )
  process.exit(2)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))

const results: Result[] = []
for (const name of names) {
  try {
    const vendor = (await import(`./${name}/run.ts`)) as LiveVendor
    // However this program ends, no server outlives it.
    process.once('exit', vendor.killAll)
    results.push(...(await vendor.run()))
  } catch (error) {
    const broken: Result = { test: `the live checks of ${name} can run`, status: 'failed', error }
    printGroup(name, [broken])
    results.push(broken)
  }
}
printTotal(results)
