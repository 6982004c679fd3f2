import { build } from 'esbuild'
import { sourceOf } from './entries.ts'

/**
 * Bundles everything into one script for a runtime without modules. Its exports are in the global `bundled`. The
 * packages' sources are bundled, so that the result does not depend on an earlier build.
 *
 * @throws Error if a module of Node.js is imported.
 */
export async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: new URL('.', import.meta.url).pathname, loader: 'ts' },
    bundle: true,
    format: 'iife',
    globalName: 'bundled',
    target: 'es2023',
    platform: 'neutral',
    // What the bundlers of such runtimes choose (wrangler, Next.js): some packages have another entry for Node.js.
    conditions: ['worker', 'browser'],
    mainFields: ['module', 'main'],
    logLevel: 'silent',
    write: false,
    plugins: [
      {
        name: 'sources',
        setup: ({ onResolve }) => {
          onResolve({ filter: /^@parley\// }, ({ path }) => {
            const [, name = '', entry = ''] = path.split('/')
            return { path: sourceOf(name, entry) }
          })
        },
      },
    ],
  })
  return outputFiles[0]?.text ?? ''
}
