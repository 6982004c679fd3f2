import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadVendors, nameOf, vendorNames } from './vendors.ts'

const packages = new URL('../packages/', import.meta.url).pathname

/** The allowed imports between packages. Every other import is an error. */
const mayImport: Record<string, string[]> = {
  core: [],
  ...Object.fromEntries(vendorNames.map((name) => [name, ['core']])),
  sandbox: [],
  conformance: ['core'],
  chatbot: ['core'],
  inbox: ['core'],
  server: ['core', 'inbox'],
  swap: ['core'],
  cli: ['core', ...vendorNames, 'sandbox', 'conformance', 'inbox', 'server', 'swap'],
  testkit: ['core', 'sandbox'],
}

interface SourceFile {
  path: string
  text: string
}

function sourcesOf(name: string): SourceFile[] {
  const folder = join(packages, name, 'src')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path.endsWith('.tsx'))
    .map((path) => ({ path: `${name}/src/${path}`, text: readFileSync(join(folder, path), 'utf8') }))
}

const importsOf = (text: string): string[] =>
  [...withoutComments(text).matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1] as string)

/** Without types and without what is loaded later. */
const staticImportsOf = (text: string): string[] =>
  importsOf(text.replace(/import type [^;]*? from '[^']+'|import\('[^']+'\)/g, ''))

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

const existing = readdirSync(packages, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

describe('imports between packages', () => {
  it.each(existing)('%s imports only what the table allows', (name) => {
    const allowed = mayImport[name]
    expect(allowed, `${name} is not in the table`).toBeDefined()
    const wrong = sourcesOf(name).flatMap(({ path, text }) =>
      importsOf(text)
        .filter((target) => target.startsWith('@parley/'))
        .filter((target) => !allowed?.includes(target.split('/')[1] as string))
        .map((target) => `${path} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it.each(existing)('%s reaches into no other package by path', (name) => {
    const wrong = sourcesOf(name).flatMap(({ path, text }) =>
      importsOf(text)
        .filter((target) => target.startsWith('.'))
        .filter((target) => !new URL(target, `file:///${path}`).pathname.startsWith(`/${name}/src/`))
        .map((target) => `${path} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })
})

const vendors = await loadVendors()

describe('the vendors', () => {
  const words = vendors.flatMap((vendor) => [nameOf(vendor), vendor.name, ...vendor.otherNames])
  // A short word may be a part of another word.
  const names = new RegExp(words.map((word) => (word.length > 5 ? word : `\\b${word}\\b`)).join('|'), 'i')

  it('are looked for by every name', () => {
    const named = vendors.flatMap(({ name }) => [`open${name}`, `${name}Options`, `the ${name} API`])
    expect(named.filter((text) => !names.test(text))).toEqual([])
  })

  it.each(['core', 'chatbot', 'inbox', 'server', 'swap'].filter((name) => existing.includes(name)))(
    'are not named in %s',
    (name) => {
      const wrong = sourcesOf(name).filter(({ text }) => names.test(withoutComments(text)))
      expect(wrong.map(({ path }) => path)).toEqual([])
    },
  )
})

/** The entry of core that says so, and what the synced inbox loads when it is opened. */
const needsNode = /^core\/src\/node[./]|^inbox\/src\/(store|sync)\//

describe('the live inbox', () => {
  it('has the same exports where there is no Node.js', async () => {
    const [everywhere, withoutNode] = await Promise.all([
      import('@parley/inbox'),
      import('../packages/inbox/src/browser.ts'),
    ])
    expect(Object.keys(withoutNode).sort()).toEqual(Object.keys(everywhere).sort())
    await expect(withoutNode.createStore()).rejects.toThrow('createStore needs Node.js.')
  })

  it('imports no code of the store or the sync, nor what they depend on, before they are asked for', () => {
    const sources = new Map(sourcesOf('inbox').map(({ path, text }) => [path, text]))
    const loaded = new Set<string>()
    const load = (path: string) => {
      const text = sources.get(path)
      if (text === undefined || loaded.has(path)) return
      loaded.add(path)
      for (const target of staticImportsOf(text)) load(new URL(target, `file:///${path}`).pathname.slice(1))
    }
    load('inbox/src/index.ts')
    const outside = [...loaded].flatMap((path) =>
      staticImportsOf(sources.get(path) as string)
        .filter((target) => !target.startsWith('.') && target !== '@parley/core')
        .map((target) => `${path} imports ${target}`),
    )
    expect(outside).toEqual([])
    expect(loaded).toContain('inbox/src/store/create-store.ts')
  })
})

describe('the transport', () => {
  const clients = new Set(['core', ...vendorNames, 'chatbot', 'inbox', 'swap', 'conformance'])
  const sources = existing.filter((name) => clients.has(name)).flatMap(sourcesOf)

  it('is the only place that imports ky', () => {
    const users = sources.filter(({ text }) => importsOf(text).some((target) => target === 'ky'))
    expect(users.map(({ path }) => path)).toEqual(['core/src/transport/exchange.ts'])
  })

  it('is the only place from which requests go out', () => {
    const callers = sources.filter(({ text }) =>
      /(?<![.\w])fetch\s*\(|globalThis\.fetch|XMLHttpRequest/.test(withoutComments(text)),
    )
    expect(callers.map(({ path }) => path)).toEqual(['core/src/transport/exchange.ts'])
  })

  it.each(['core', ...vendorNames, 'chatbot', 'inbox'])(
    '%s needs no Node.js module, but for the entries and folders that say so',
    (name) => {
      const [apart, everywhere] = [true, false].map((isApart) =>
        sourcesOf(name).filter(({ path }) => needsNode.test(path) === isApart),
      ) as [SourceFile[], SourceFile[]]
      const wrong = everywhere.filter(({ text }) =>
        importsOf(text).some((target) => target.startsWith('node:') || /\/node(\.ts|\/)/.test(target)),
      )
      expect(wrong.map(({ path }) => path)).toEqual([])
      expect(apart.length > 0).toBe(name === 'core' || name === 'inbox')
    },
  )
})

describe('zod', () => {
  it('is imported in the way that bundlers can shake, and never by the entry that everyone loads', () => {
    const all = existing.flatMap(sourcesOf)
    const fat = all.filter(({ text }) => /import\s*\{[^}]*\}\s*from\s*'zod'/.test(text))
    expect(fat.map(({ path }) => path)).toEqual([])
    const core = sourcesOf('core').filter(({ text }) => importsOf(text).some((target) => target.startsWith('zod')))
    expect(core.filter(({ path }) => !path.includes('schema')).map(({ path }) => path)).toEqual([])
  })
})
