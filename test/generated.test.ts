import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { pages } from './tools/pages.ts'

it.each(pages())('$path.pathname is what `pnpm generate` writes', ({ path, content }) => {
  expect(readFileSync(path, 'utf8')).toBe(content)
})
