import { build } from 'esbuild'

const packages = new URL('../../../packages/', import.meta.url).pathname

/**
 * One script with everything in it, for a runtime that has no modules at all; what it exports is in the global `bundled`.
 * The packages' sources are bundled, so that nothing depends on what was built when.
 *
 * @throws Error when something in it imports a module of Node.js.
 */
export async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: new URL('.', import.meta.url).pathname, loader: 'ts' },
    bundle: true,
    format: 'iife',
    globalName: 'bundled',
    target: 'es2023',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
    write: false,
    plugins: [
      {
        name: 'sources',
        setup: ({ onResolve }) => {
          onResolve({ filter: /^@parley\// }, ({ path }) => {
            const [, name = '', entry = 'index'] = path.split('/')
            return { path: `${packages}${name}/src/${entry}.ts` }
          })
        },
      },
    ],
  })
  return outputFiles[0]?.text ?? ''
}
