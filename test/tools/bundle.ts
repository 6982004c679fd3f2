import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

export interface Bundle {
  /** Bytes (gzip) that are loaded when the program starts. */
  start: number
  /** Bytes (gzip) of everything, including the parts that are loaded later. */
  whole: number
  /** The parts that are loaded only when they are needed. */
  later: string[]
}

/** Bundles core and one adapter with all dependencies, for a browser or an edge runtime. */
export async function bundled(name: string, factory: string): Promise<Bundle> {
  const resolveDir = new URL(`../../packages/${name}/`, import.meta.url).pathname
  const { metafile, outputFiles } = await build({
    stdin: { contents: `export { ${factory} } from './dist/index.js'`, resolveDir },
    bundle: true,
    splitting: true,
    outdir: 'bundle',
    minify: true,
    format: 'esm',
    target: 'es2023',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
    write: false,
  })
  const { outputs } = metafile
  const needed = new Set<string>()
  const need = (path: string): void => {
    if (needed.has(path)) return
    needed.add(path)
    for (const each of outputs[path]?.imports ?? []) if (each.kind === 'import-statement') need(each.path)
  }
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (entryPoint === '<stdin>') need(path)
  const sizeOf = (path: string): number => {
    const file = outputFiles.find((each) => basename(each.path) === basename(path))
    return gzipSync(file?.contents ?? '', { level: 9 }).length
  }
  return {
    start: [...needed].reduce((size, path) => size + sizeOf(path), 0),
    whole: outputFiles.reduce((size, { contents }) => size + gzipSync(contents, { level: 9 }).length, 0),
    later: Object.keys(outputs).filter((path) => !needed.has(path)),
  }
}
