import { mkdirSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { type Patch, patchedSources } from '../../tools/patched-sources.ts'
import type * as program from './program.ts'
import type { SharedDatabase } from './shared-database.ts'
import type { Outcome, RunOptions } from './simulate.ts'

const root = new URL('../../../', import.meta.url).pathname

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
  const { plugin, checkAll } = patchedSources(patches)
  const { outputFiles } = await build({
    entryPoints: [`${root}test/sync/simulation/program.ts`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    external: ['pg', 'pg-boss', '@electric-sql/pglite'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url)",
    },
    inject: [`${root}test/sync/simulation/globals.ts`],
    define: {
      setTimeout: 'simulatedSetTimeout',
      clearTimeout: 'simulatedClearTimeout',
      crypto: 'simulatedCrypto',
      'Date.now': 'simulatedNow',
      'performance.now': 'simulatedNow',
    },
    write: false,
    logLevel: 'error',
    plugins: [plugin],
  })
  checkAll()
  const folder = `${root}node_modules/.cache/parley-simulation`
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/${name.replace(/\W+/g, '-')}-${process.pid}.mjs`
  writeFileSync(file, outputFiles[0]?.contents ?? '')
  const { prepare, simulate } = (await import(pathToFileURL(file).href)) as typeof program
  const schema = JSON.stringify(patches.filter((patch) => patch.file.includes('/migrations/')))
  const session = await prepare(shared, schema)
  return (seed, options) => simulate(session, seed, options)
}
