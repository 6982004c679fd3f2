import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

const built = new URL('../../packages/server/dist/page/', import.meta.url)

it('the page needs at most 200 KB (gzip) before it shows something', () => {
  const html = readFileSync(new URL('index.html', built), 'utf8')
  const files = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path as string)
  expect(files.map((path) => path.split('.').at(-1)).sort()).toEqual(['css', 'js'])
  const bytes = [html, ...files.map((path) => readFileSync(new URL(path, built)))].map((each) => gzipSync(each).length)
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(200_000)
})
