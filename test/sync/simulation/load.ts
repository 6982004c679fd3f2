import { pathToFileURL } from 'node:url'
import { bundledProgram } from '../../tools/bundled-program.ts'
import type { Patch } from '../../tools/patched-sources.ts'
import type * as program from './program.ts'
import type { SharedDatabase } from './shared-database.ts'
import type { Outcome, RunOptions } from './simulate.ts'

type Run = (seed: number, options?: RunOptions) => Promise<Outcome>

/**
 * Loads the simulation with the sync engine and everything that it uses, as one module that nothing random or timed gets into.
 * With patches, the sources are changed in the module, and nowhere else.
 *
 * @returns a function that runs a seed.
 */
export async function loadSimulation(
  shared: SharedDatabase,
  name: string,
  patches: readonly Patch[] = [],
): Promise<Run> {
  const file = await bundledProgram('sync/simulation/program.ts', name, {
    patches,
    inject: [new URL('./globals.ts', import.meta.url).pathname],
    define: {
      setTimeout: 'simulatedSetTimeout',
      clearTimeout: 'simulatedClearTimeout',
      crypto: 'simulatedCrypto',
      'Date.now': 'simulatedNow',
      'performance.now': 'simulatedNow',
    },
  })
  const { prepare, simulate } = (await import(pathToFileURL(file).href)) as typeof program
  const schema = JSON.stringify(patches.filter((patch) => patch.file.includes('/migrations/')))
  const session = await prepare(shared, schema)
  return (seed, options) => simulate(session, seed, options)
}
