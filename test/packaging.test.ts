import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, describe, expect, it } from 'vitest'

const root = new URL('../', import.meta.url).pathname
const names = readdirSync(join(root, 'packages'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

interface Manifest {
  name: string
  exports?: Record<string, unknown>
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  type?: string
  sideEffects?: boolean
  engines?: { node?: string }
  license?: string
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

const temporary = mkdtempSync(join(tmpdir(), 'parley-packed-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

/** What `npm install` would put there: the packed files of every package, and their dependencies beside them. */
function install(): string {
  const modules = join(temporary, 'node_modules')
  mkdirSync(join(modules, '@parley'), { recursive: true })
  for (const name of names) {
    const folder = join(root, 'packages', name)
    const packed = execFileSync('pnpm', ['pack', '--json', '--pack-destination', temporary], {
      cwd: folder,
      encoding: 'utf8',
    })
    const { filename } = JSON.parse(packed) as { filename: string }
    const target = join(modules, '@parley', name)
    mkdirSync(target)
    execFileSync('tar', ['xzf', filename, '-C', target, '--strip-components=1'])
    for (const dependency of Object.keys(manifestOf(target).dependencies ?? {})) {
      if (dependency.startsWith('@parley/') || existsSync(join(modules, dependency))) continue
      mkdirSync(join(modules, dependency, '..'), { recursive: true })
      symlinkSync(realpathSync(join(folder, 'node_modules', dependency)), join(modules, dependency))
    }
  }
  return modules
}

/** The Node.js of this repository; the others are fetched where `PARLEY_NODE_VERSIONS` asks for them, as CI does. */
const pinned = process.versions.node.split('.')[0] as string
const nodeVersions = process.env['PARLEY_NODE_VERSIONS']?.split(' ') ?? [pinned]

const modules = install()
const entriesOf = (name: string): string[] =>
  Object.keys(manifestOf(join(modules, '@parley', name)).exports ?? {})
    .filter((entry) => entry !== './package.json')
    .map((entry) => `@parley/${name}${entry.slice(1)}`)
const entries = names.flatMap(entriesOf)

describe('what is published', () => {
  it.each(names)('%s has a manifest that publint finds nothing against', async (name) => {
    const { messages, pkg } = await publint({ pkgDir: join(modules, '@parley', name), pack: false, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  it.each(names)('%s is ESM for Node.js 22 and later, without side effects, and depends on no workspace', (name) => {
    const manifest = manifestOf(join(modules, '@parley', name))
    expect(manifest).toMatchObject({ type: 'module', sideEffects: false, engines: { node: '>=22' }, license: 'MIT' })
    const versions = Object.values({ ...manifest.dependencies, ...manifest.peerDependencies })
    expect(versions.filter((version) => version.startsWith('workspace:'))).toEqual([])
  })

  it.each(names.filter((name) => entriesOf(name).length > 0))('%s has types that resolve (ESM only)', (name) => {
    const folder = join(temporary, `attw-${name}`)
    cpSync(join(modules, '@parley', name), folder, { recursive: true })
    execFileSync('attw', ['--pack', folder, '--profile', 'esm-only', '--format', 'ascii'], { encoding: 'utf8' })
  })

  it.each(nodeVersions)(
    'works from the packed files on Node.js %s',
    (version) => {
      cpSync(join(root, 'test/runtimes/support/packed.mjs'), join(temporary, 'packed.mjs'))
      const node = version === pinned ? ['node'] : ['npx', '--yes', '--package', `node@${version}`, 'node']
      const [program = '', ...args] = [...node, 'packed.mjs', ...entries]
      // No Node.js of this version, no answer: that is a failure, and says so.
      const output = execFileSync(program, args, { cwd: temporary, encoding: 'utf8' })
      expect(JSON.parse(output)).toEqual({
        major: version,
        entries: entries.length,
        asked: ['GET /conversations/search', 'GET /api/v2/conversations', 'GET /external/conversations'],
        listed: ['leadconnector', 'livechatai', 'agent-conversation'].map(
          (vendor) => `${vendor}:packed/conversation/c-1`,
        ),
        failed: ['not-found', 'not-found', 'not-found'],
      })
    },
    300_000,
  )

  it('type-checks from the packed files, its dependencies included', () => {
    writeFileSync(join(temporary, 'package.json'), '{ "type": "module" }')
    writeFileSync(
      join(temporary, 'use.ts'),
      entries.map((entry, index) => `export * as entry${index} from '${entry}'`).join('\n'),
    )
    // Of the dependencies' own types only those that ours reach are checked; `skipLibCheck` would hide ours as well.
    const settings = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--skipLibCheck',
      'false',
      '--module',
      'nodenext',
    ]
    const lib = [
      '--target',
      'es2023',
      '--lib',
      'es2023,dom,dom.iterable',
      '--types',
      'node',
      '--typeRoots',
      join(root, 'node_modules/@types'),
    ]
    const output = execFileSync('sh', ['-c', `tsc ${[...settings, ...lib].join(' ')} use.ts || true`], {
      cwd: temporary,
      encoding: 'utf8',
    })
    expect(output).toBe('')
  }, 120_000)
}, 120_000)
