import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { longest } from './tools/longest-first.ts'
import { importCycles, medianOf, type SourceFile, sourceFiles } from './tools/shape.ts'
import { vendorNames } from './vendors.ts'

const files = sourceFiles()
const of = (name: string): SourceFile[] => files.filter((file) => file.package === name)

describe('the source files', () => {
  it('are few, and neither crumbs nor heaps', () => {
    expect(files.length).toBeLessThanOrEqual(715)
    const median = medianOf(files.map(({ lines }) => lines))
    expect([median >= 60, median <= 150]).toEqual([true, true])
    expect(files.filter(({ lines }) => lines > 450).map(({ path }) => path)).toEqual([])
  })

  it.each(vendorNames)('of %s are at most 40, and at most 60 where the vendor has OAuth', (name) => {
    const hasOAuth = of(name).some(({ path }) => path.endsWith('/oauth.ts'))
    expect(of(name).length).toBeLessThanOrEqual(hasOAuth ? 60 : 40)
  })

  it('import each other in no circle', () => {
    expect(importCycles(files)).toEqual([])
  })

  it('that a question at LeadConnector runs through are at most 30', () => {
    const program = fileURLToPath(new URL('tools/shape.ts', import.meta.url))
    const printed = execFileSync(process.execPath, [program], { encoding: 'utf8' })
    const [, count] = /messages\.ask at LeadConnector runs (\d+) files/.exec(printed) ?? []
    expect(Number(count)).toBeGreaterThan(10)
    expect(Number(count)).toBeLessThanOrEqual(30)
  })
})

it('the list of the longest test files names files that exist', () => {
  const root = new URL('..', import.meta.url)
  expect(longest.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})

/** Files that every adapter has. */
const required = [
  ...['index', 'adapter', 'config', 'options', 'protocol', 'capabilities', 'fields', 'vocabulary', 'wire'],
  ...['agents', 'contacts', 'conversations', 'messages', 'operators', 'ask', 'reconcile'],
  ...['read/agent', 'read/conversation', 'read/message'],
  ...['native/index', 'native/endpoints', 'native/types'],
]

/** Files and folders that an adapter has only if its vendor supports the feature, or if a file would be too long. */
const possible =
  /^(?:(?:attachments|control|conversation-list|export|feedback|generations|knowledge|message-list|message-status|note|reply|send|stream|streamed|webhook|webhooks|oauth)\.ts|(?:agents|knowledge|native|oauth|read|webhook)\/[\w-]+\.ts)$/

describe.each(vendorNames)('the files of %s', (name) => {
  const names = of(name).map(({ path }) => path.slice(`packages/${name}/src/`.length))

  it('have the names that those of every adapter have', () => {
    expect(required.filter((file) => !names.includes(`${file}.ts`))).toEqual([])
    const others = names.filter((file) => !required.includes(file.replace(/\.ts$/, '')) && !possible.test(file))
    expect(others).toEqual([])
  })

  it('do not have the name of the vendor, which their folder has', () => {
    expect(names.filter((file) => basename(file).includes(name))).toEqual([])
  })
})
