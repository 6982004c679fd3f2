import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/**
 * How many bytes (gzip) a bundler makes of core and one adapter with everything that they need, for a browser or an
 * edge runtime.
 */
export async function bundledSize(name: string, factory: string): Promise<number> {
  const resolveDir = new URL('.', import.meta.url).pathname
  const result = await build({
    stdin: { contents: `export { ${factory} } from '@parley/${name}'`, resolveDir },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    write: false,
  })
  return gzipSync(result.outputFiles[0]?.contents ?? '', { level: 9 }).length
}
