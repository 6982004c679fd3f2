import { join } from 'node:path'
import { type DocBlock, docBlocks } from './doc-blocks.ts'
import { instrument } from './doc-outputs.ts'

const root = new URL('../../', import.meta.url).pathname
const pattern = /\/docs\/([^/]+)--(\d+)\.block\.ts$/

/** A module in memory, located in `docs/`, so that its relative imports resolve as in the type-check. */
export const moduleOf = ({ page, line }: DocBlock): string =>
  join(root, 'docs', `${page.replaceAll('/', '--')}--${line}.block.ts`)

/** Passes the code blocks of the documentation to Vite as modules. */
export function docModules(): {
  name: string
  enforce: 'pre'
  resolveId(id: string): string | null
  load(id: string): string | null
} {
  return {
    name: 'documentation',
    enforce: 'pre',
    resolveId: (id) => (pattern.test(id) ? id : null),
    load(id) {
      const [, page, line] = pattern.exec(id) ?? []
      if (page === undefined) return null
      const block = docBlocks(join(root, page.replaceAll('--', '/'))).find((one) => one.line === Number(line))
      if (!block) throw new Error(`No such block: ${id}`)
      return instrument(block.code)
    },
  }
}
