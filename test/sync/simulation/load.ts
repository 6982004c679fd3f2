import { pathToFileURL } from 'node:url'
import { bundledProgram } from '../../tools/bundled-program.ts'
import type { Patch } from '../../tools/patched-sources.ts'
import type { prepare, Session } from './database.ts'
import type { SharedDatabase } from './shared-database.ts'
import type { Outcome, RunOptions } from './simulate.ts'

type Run = (seed: number, options?: RunOptions) => Promise<Outcome>

/** What the program of a simulation gives. */
interface Program {
  prepare: typeof prepare
  simulate(session: Session, seed: number, options?: RunOptions): Promise<Outcome>
}

/**
 * Loads a simulation with the engine and everything that it uses, as one module that nothing random or timed gets into. With
 * patches, the sources are changed in the module, and nowhere else.
 *
 * @param of its folder below `test`.
 * @returns a function that runs a seed.
 */
export async function loadSimulation(
  shared: SharedDatabase,
  of: 'sync' | 'desk',
  name: string,
  patches: readonly Patch[] = [],
): Promise<Run> {
  const file = await bundledProgram(`${of}/simulation/program.ts`, `${of} ${name}`, {
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
  const { prepare, simulate } = (await import(pathToFileURL(file).href)) as Program
  const schema = JSON.stringify(patches.filter((patch) => patch.file.includes('/migrations/')))
  const session = await prepare(shared, schema)
  return (seed, options) => simulate(session, seed, options)
}
