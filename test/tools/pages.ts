import { readFileSync } from 'node:fs'
import { capabilityMatrix, capabilityPage } from './matrix.ts'

const root = new URL('../../', import.meta.url)

/** The generated pages: where each lies and what it must hold. */
export const pages = (): { path: URL; content: string }[] => [
  { path: new URL('docs/capabilities.md', root), content: capabilityPage() },
  { path: new URL('README.md', root), content: withMatrix(readFileSync(new URL('README.md', root), 'utf8')) },
]

/** The README with the matrix between its two marks. */
function withMatrix(readme: string): string {
  const [start, end] = ['<!-- matrix -->', '<!-- /matrix -->']
  const from = readme.indexOf(start)
  const to = readme.indexOf(end)
  if (from < 0 || to < from) throw new Error(`README.md has lost its marks ${start} and ${end}.`)
  return `${readme.slice(0, from + start.length)}\n\n${capabilityMatrix()}\n\n${readme.slice(to)}`
}
