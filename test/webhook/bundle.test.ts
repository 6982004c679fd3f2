import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const packages = new URL('../../packages/', import.meta.url).pathname

/** The source file of an import. `undefined`: a package that is not ours. */
function resolve(from: string, target: string): string | undefined {
  if (target.startsWith('.')) return join(dirname(from), target)
  const [, name, entry = 'index'] = /^@parley\/([\w-]+)(?:\/([\w-]+))?$/.exec(target) ?? []
  return name && join(packages, name, 'src', `${entry}.ts`)
}

/** Every foreign package that an entry loads if nothing is left out, without types. */
function loaded(entry: string): string[] {
  const seen = new Set<string>()
  const others = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
    for (const [, isType, target = ''] of text.matchAll(/^(?:import|export)( type)?\s[^;']*?from '([^']+)'/gm)) {
      if (isType) continue
      const next = resolve(file, target)
      if (next) visit(next)
      else others.add(target)
    }
  }
  visit(join(packages, entry))
  return [...others]
}

describe.each(['core/src/webhook.ts', 'leadconnector/src/webhook.ts', 'agent-conversation/src/webhook.ts'])(
  '%s',
  (entry) => {
    it('loads no package of others, so that receiving needs no HTTP client', () => {
      expect(loaded(entry)).toEqual([])
    })

    it('is bundled for any runtime, without a client and without modules of Node.js', async () => {
      const { metafile, outputFiles } = await build({
        entryPoints: [join(packages, entry)],
        bundle: true,
        format: 'esm',
        target: 'es2023',
        platform: 'neutral',
        metafile: true,
        write: false,
        plugins: [
          {
            name: 'sources',
            setup: ({ onResolve }) => {
              onResolve({ filter: /^@parley\// }, ({ path }) => ({ path: resolve('', path) ?? path }))
            },
          },
        ],
      })
      // The names of HTML entities, loaded when an email needs them. Only one vendor sends HTML.
      const names = entry.startsWith('leadconnector') ? 'node_modules/entities/' : undefined
      const inputs = Object.keys(metafile.inputs).filter((path) => names === undefined || !path.includes(names))
      expect(inputs.filter((path) => path.includes('node_modules') || path.includes('/transport/'))).toEqual([])
      const text = outputFiles[0]?.text ?? ''
      expect(text).not.toMatch(/from\s*["'](?:node:|ky)|require\(|\bfetch\s*\(|\bBuffer\b|\bprocess\b/)
      expect(text).toContain('crypto.subtle')
    })
  },
)

it('finds the HTTP client where it is', () => {
  expect(loaded('core/src/index.ts')).toContain('ky')
  expect(loaded('leadconnector/src/index.ts')).toContain('ky')
})
