import { build } from 'esbuild'
import { type Patch, patchedSources } from '../tools/patched-sources.ts'

const root = new URL('../../', import.meta.url).pathname

/** Bundles the program of a worker, so that it starts fast. @returns its path, from where the inbox's dependencies are found. */
export async function bundleWorker(name: string, patches: readonly Patch[] = []): Promise<string> {
  const { plugin, checkAll } = patchedSources(patches)
  const outfile = `${root}packages/inbox/node_modules/.cache/parley-workers/${name}-${process.pid}.mjs`
  await build({
    entryPoints: [`${root}test/workers/worker.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    external: ['pg', 'pg-boss', '@electric-sql/pglite'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url)",
    },
    logLevel: 'error',
    plugins: [plugin],
  })
  checkAll()
  return outfile
}
