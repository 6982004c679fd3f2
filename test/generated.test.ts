import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { pages } from './tools/pages.ts'

it.each(await pages())('$path.pathname is what `pnpm generate` writes', ({ path, content }) => {
  expect(readFileSync(path, 'utf8')).toBe(content)
})

it('there is no portability page of a pair that is none', async () => {
  const folder = new URL('../docs/portability/', import.meta.url)
  const generated = (await pages()).map(({ path }) => path.pathname)
  expect(readdirSync(folder).filter((name) => !generated.includes(new URL(name, folder).pathname))).toEqual([])
})
