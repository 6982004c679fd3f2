import { type BuildOptions, build } from 'esbuild'
import { type Patch, patchedSources } from './patched-sources.ts'

const root = new URL('../../', import.meta.url).pathname

interface Options extends Pick<BuildOptions, 'define' | 'inject'> {
  readonly patches?: readonly Patch[]
}

/**
 * Bundles a program with our packages, whose sources the patches change. As one file, a process of it starts fast.
 *
 * @param entry below `test`.
 * @param name the name of the file.
 * @returns its path, from where the inbox's dependencies are found.
 */
export async function bundledProgram(
  entry: string,
  name: string,
  { patches = [], ...options }: Options = {},
): Promise<string> {
  const { plugin, checkAll } = patchedSources(patches)
  const outfile = `${root}packages/inbox/node_modules/.cache/parley-programs/${name.replace(/\W+/g, '-')}-${process.pid}.mjs`
  await build({
    entryPoints: [`${root}test/${entry}`],
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
    ...options,
    plugins: [plugin],
  })
  checkAll()
  return outfile
}
