import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** One code block of the documentation, as a module. */
export interface DocBlock {
  /** `docs/errors.md:12`. */
  name: string
  /** `docs/errors.md`. */
  page: string
  code: string
  /** The line of the code's first line in the page, counted from 0. */
  line: number
  /** The number of lines of context before the code. */
  offset: number
}

const root = new URL('../../', import.meta.url).pathname

/** Every page of the documentation. */
export const docPages = (): string[] => [
  join(root, 'README.md'),
  join(root, 'CONTRIBUTING.md'),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
    .map((path) => join(root, 'docs', path)),
  ...readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name, 'README.md'))
    .filter(existsSync),
]

/**
 * The TypeScript blocks of a page. The content of a comment `<!-- context` … `-->` is put before every later block, so
 * that a snippet may use names from it.
 */
export function docBlocks(page: string): DocBlock[] {
  const blocks: DocBlock[] = []
  let context: string[] = []
  let collecting: 'context' | 'code' | undefined
  let lines: string[] = []
  for (const [number, line] of readFileSync(page, 'utf8').split('\n').entries()) {
    if (collecting === 'context' && line.trim() === '-->') {
      context = lines
      collecting = undefined
    } else if (collecting === 'code' && line.trim() === '```') {
      const name = `${relative(root, page)}:${number - lines.length + 1}`
      blocks.push({
        name,
        page: relative(root, page),
        code: [...context, ...lines, 'export {}'].join('\n'),
        line: number - lines.length,
        offset: context.length,
      })
      collecting = undefined
    } else if (collecting) lines.push(line)
    else if (line.trim() === '<!-- context') [collecting, lines] = ['context', []]
    else if (/^```(ts|typescript)\b/.test(line.trim())) [collecting, lines] = ['code', []]
  }
  return blocks
}
