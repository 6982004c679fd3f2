import { mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type * as program from './program.ts'

const root = new URL('../../../', import.meta.url).pathname

/** A change of one source file. */
export interface Patch {
  /** Below `packages/inbox/src`. */
  readonly file: string
  readonly find: string
  readonly replace: string
}

export type Program = typeof program

/**
 * The simulation with the sync engine and everything that it uses, as one module that nothing random or timed gets into. With
 * patches, the sources are changed in the module, and nowhere else.
 */
export async function loadSimulation(name: string, patches: readonly Patch[] = []): Promise<Program> {
  const open = new Map<string, Patch[]>()
  for (const patch of patches) {
    const path = `${root}packages/inbox/src/${patch.file}`
    open.set(path, [...(open.get(path) ?? []), patch])
  }
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
    plugins: [
      {
        name: 'sources',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^@parley\// }, ({ path }) => {
            const [, name, entry = 'index'] = /^@parley\/([\w-]+)(?:\/([\w-]+))?$/.exec(path) ?? []
            return { path: `${root}packages/${name}/src/${entry}.ts` }
          })
          onLoad({ filter: /\/packages\/inbox\/src\/.*\.ts$/ }, async ({ path }) => {
            const own = open.get(path)
            if (!own) return undefined
            open.delete(path)
            return { contents: own.reduce(patched, await readFile(path, 'utf8')), loader: 'ts' }
          })
        },
      },
    ],
  })
  const [missed] = open.keys()
  if (missed) throw new Error(`${name}: the simulation does not use ${missed}`)
  const folder = `${root}node_modules/.cache/parley-simulation`
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/${name.replace(/\W+/g, '-')}-${process.pid}.mjs`
  writeFileSync(file, outputFiles[0]?.contents ?? '')
  return (await import(pathToFileURL(file).href)) as Program
}

function patched(text: string, { file, find, replace }: Patch): string {
  const found = text.split(find).length - 1
  if (found !== 1) throw new Error(`${file} has the text of the patch ${found} times: ${find}`)
  return text.replace(find, () => replace)
}
