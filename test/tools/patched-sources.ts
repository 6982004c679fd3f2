import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

const root = new URL('../../', import.meta.url).pathname

/** A change of one source file. */
export interface Patch {
  /** Below `packages/inbox/src`; of another package with the whole path, `packages/swap/src/…`. */
  readonly file: string
  readonly find: string
  readonly replace: string
}

/**
 * Bundles our packages from their sources. With patches, the sources are changed in the bundle, and nowhere else.
 *
 * @returns the plugin, and a function that throws if the bundle lacks a file that has a patch.
 */
export function patchedSources(patches: readonly Patch[]): { plugin: Plugin; checkAll(): void } {
  const open = new Map<string, Patch[]>()
  for (const patch of patches) {
    const path = `${root}${patch.file.startsWith('packages/') ? '' : 'packages/inbox/src/'}${patch.file}`
    open.set(path, [...(open.get(path) ?? []), patch])
  }
  return {
    plugin: {
      name: 'sources',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^@parley\// }, ({ path }) => {
          const [, name, entry = 'index'] = /^@parley\/([\w-]+)(?:\/([\w-]+))?$/.exec(path) ?? []
          return { path: `${root}packages/${name}/src/${entry}.ts` }
        })
        onLoad({ filter: /\/packages\/[\w-]+\/src\/.*\.ts$/ }, async ({ path }) => {
          const own = open.get(path)
          if (!own) return undefined
          open.delete(path)
          return { contents: own.reduce(patched, await readFile(path, 'utf8')), loader: 'ts' }
        })
      },
    },
    checkAll() {
      const [missed] = open.keys()
      if (missed) throw new Error(`The program does not use ${missed}.`)
    },
  }
}

function patched(text: string, { file, find, replace }: Patch): string {
  const found = text.split(find).length - 1
  if (found !== 1) throw new Error(`${file} has the text of the patch ${found} times: ${find}`)
  return text.replace(find, () => replace)
}
