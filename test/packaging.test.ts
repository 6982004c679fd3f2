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
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { type CreateEmulator, createWorld, emulators, testClock } from '@parley/sandbox'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import ts from 'typescript'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVendors, nameOf, vendorNames } from './vendors.ts'

const root = new URL('../', import.meta.url).pathname
const folders = readdirSync(join(root, 'packages'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

interface Manifest {
  private?: boolean
  name: string
  exports?: Record<string, unknown>
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  type?: string
  sideEffects?: boolean
  engines?: { node?: string }
  license?: string
  version: string
  description?: string
  keywords?: string[]
  homepage?: string
  bugs?: { url?: string }
  repository?: { type?: string; url?: string; directory?: string }
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

/** The packages that are published. */
const names = folders.filter((name) => !manifestOf(join(root, 'packages', name)).private)

const temporary = mkdtempSync(join(tmpdir(), 'parley-packed-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

/** The packages as they would be published: the path of each archive by the name of its package. */
function pack(): ReadonlyMap<string, string> {
  const chosen = names.flatMap((name) => ['--filter', `./packages/${name}`])
  const args = ['pack', '--recursive', ...chosen, '--json', '--pack-destination', temporary]
  const packed = JSON.parse(execFileSync('pnpm', args, { cwd: root, encoding: 'utf8' })) as {
    name: string
    filename: string
  }[]
  return new Map(packed.map(({ name, filename }) => [name.replace('@parley/', ''), filename]))
}

/** The files that `npm install` would install: those of every package, with their dependencies. */
function install(): string {
  const modules = join(temporary, 'node_modules')
  mkdirSync(join(modules, '@parley'), { recursive: true })
  for (const name of names) {
    const folder = join(root, 'packages', name)
    const target = join(modules, '@parley', name)
    mkdirSync(target)
    execFileSync('tar', ['xzf', archiveOf(name), '-C', target, '--strip-components=1'])
    for (const dependency of Object.keys(manifestOf(target).dependencies ?? {})) {
      if (dependency.startsWith('@parley/') || existsSync(join(modules, dependency))) continue
      mkdirSync(join(modules, dependency, '..'), { recursive: true })
      symlinkSync(realpathSync(join(folder, 'node_modules', dependency)), join(modules, dependency))
    }
  }
  return modules
}

/** The Node.js version of this repository. CI adds others in `PARLEY_NODE_VERSIONS`. */
const pinned = process.versions.node.split('.')[0] as string
const nodeVersions = process.env['PARLEY_NODE_VERSIONS']?.split(' ') ?? [pinned]

/** The TypeScript version of this repository. CI adds the oldest supported one and the newest. */
const typescriptVersions = process.env['PARLEY_TYPESCRIPT_VERSIONS']?.split(' ') ?? [ts.version]

/** The URL of the repository in the packages. It is the same in all of them. */
const repository = 'https://git.parley.example/parley'
const manifestPath = (name: string): string => join('packages', name, 'package.json')

interface SourceMap {
  sources: string[]
  sourcesContent?: (string | null)[]
}

const archives = pack()
const archiveOf = (name: string): string => archives.get(name) as string
const modules = install()
const entriesOf = (name: string): string[] =>
  Object.keys(manifestOf(join(modules, '@parley', name)).exports ?? {})
    .filter((entry) => !entry.endsWith('.json'))
    .map((entry) => `@parley/${name}${entry.slice(1)}`)
const entries = names.flatMap(entriesOf)

/** The data with which `packed.mjs` opens an account of each vendor and responds to its list. */
const packed = (await loadVendors()).map((vendor) => {
  const create: CreateEmulator = { ...emulators }[vendor.name]
  const world = createWorld(7)
  const { accountOptions } = create({ world, ...testClock(world.now), thinkingTime: 0, random: () => 0 })
  const list = vendor.lists.find(({ operation }) => operation === 'conversations.list')
  return {
    entry: `@parley/${nameOf(vendor)}`,
    factory: vendor.name,
    options: accountOptions('ORIGIN'),
    method: vendor.listRequest.split(' ')[0] ?? '',
    path: vendor.listRequest.split(' ')[1] ?? '',
    answer: list?.answer([{ [list.idField ?? 'id']: 'c-1' }]),
  }
})

describe('what is published', () => {
  it.each(names)('%s has a manifest that publint finds nothing against', async (name) => {
    const { messages, pkg } = await publint({ pkgDir: join(modules, '@parley', name), pack: false, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  it.each(names)('%s is ESM for Node.js 22 and later, without side effects, and depends on no workspace', (name) => {
    const manifest = manifestOf(join(modules, '@parley', name))
    expect(manifest).toMatchObject({ type: 'module', sideEffects: false, engines: { node: '>=22.12' }, license: 'MIT' })
    const versions = Object.values({ ...manifest.dependencies, ...manifest.peerDependencies })
    expect(versions.filter((version) => version.startsWith('workspace:'))).toEqual([])
  })

  it.each(names)('%s says what it is and where it is kept', (name) => {
    const { description = '', keywords = [], ...manifest } = manifestOf(join(modules, '@parley', name))
    expect(description.length).toBeGreaterThan(30)
    expect(keywords.length).toBeGreaterThan(3)
    expect(manifest).toMatchObject({
      homepage: `${repository}/tree/main/packages/${name}#readme`,
      bugs: { url: `${repository}/issues` },
      repository: { type: 'git', url: `git+${repository}.git`, directory: `packages/${name}` },
    })
  })

  it.each(names)('%s has a page with an example, and links that lead somewhere from anywhere', (name) => {
    const page = readFileSync(join(modules, '@parley', name, 'README.md'), 'utf8')
    expect(page).toMatch(/^```(?:ts|sh)$/m)
    const targets = [...page.matchAll(/\]\(([^)#\s]+)/g)].map((match) => match[1] as string)
    expect(targets.filter((target) => !target.startsWith('https://'))).toEqual([])
    const own = targets.filter((target) => target.startsWith(repository))
    expect(own.length).toBeGreaterThan(0)
    const paths = own.map((target) => target.slice(repository.length).replace(/^\/(?:blob|tree)\/main\//, ''))
    expect(paths.filter((path) => path !== '' && !existsSync(join(root, path)))).toEqual([])
  })

  it.each(names.filter((name) => entriesOf(name).length > 0))('%s has maps whose sources are in it', (name) => {
    const folder = join(modules, '@parley', name, 'dist')
    const bundles = readdirSync(folder).filter((file) => file.endsWith('.js'))
    const lost = bundles.flatMap((file) => {
      const map = /^\/\/# sourceMappingURL=(.+)$/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1]
      if (map === undefined || !existsSync(join(folder, map))) return [`${file} has no map`]
      const { sources, sourcesContent } = JSON.parse(readFileSync(join(folder, map), 'utf8')) as SourceMap
      return sources.filter((source, index) => !sourcesContent?.[index] && !existsSync(join(folder, source)))
    })
    expect(bundles.length).toBeGreaterThan(0)
    expect(lost).toEqual([])
  })

  it('asks for the other packages by ranges that the first release satisfies, and the patches after it', () => {
    const folder = join(temporary, 'release')
    for (const path of ['package.json', 'pnpm-workspace.yaml', '.changeset', ...folders.map(manifestPath)]) {
      cpSync(join(root, path), join(folder, path), { recursive: true })
    }
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@parley.example', ...args], { cwd: folder })
    git('init', '--quiet')
    git('add', '.')
    git('commit', '--quiet', '--message', 'Before the release')
    execFileSync('changeset', ['version'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
    const released = names.map((name) => manifestOf(join(folder, 'packages', name)))
    // `^0.0.1` matches no other version. From 0.1.0 on, a caret range matches every patch version.
    expect(released.filter(({ version }) => /^0\.0\./.test(version)).map(({ name }) => name)).toEqual([])
    const ranges = released.flatMap(({ dependencies, peerDependencies }) =>
      Object.entries({ ...dependencies, ...peerDependencies }).filter(([name]) => name.startsWith('@parley/')),
    )
    expect(new Set(ranges.map(([, range]) => range))).toEqual(new Set(['workspace:^']))
  })

  it.each(names.filter((name) => entriesOf(name).length > 0))('%s has types that resolve (ESM only)', async (name) => {
    const result = await checkPackage(createPackageFromTarballData(readFileSync(archiveOf(name))))
    if (!result.types) throw new Error('The package has no types.')
    const { entrypoints, problems } = result
    expect(Object.keys(entrypoints).length).toBeGreaterThanOrEqual(entriesOf(name).length)
    const isOfEsm = (problem: object) =>
      !('resolutionKind' in problem && ['node10', 'node16-cjs'].includes(String(problem.resolutionKind)))
    expect(problems.filter(isOfEsm)).toEqual([])
  })

  it.each(nodeVersions)(
    'works from the packed files on Node.js %s',
    (version) => {
      cpSync(join(root, 'test/runtimes/support/packed.mjs'), join(temporary, 'packed.mjs'))
      const node = version === pinned ? ['node'] : ['npx', '--yes', '--package', `node@${version}`, 'node']
      const [program = '', ...args] = [...node, 'packed.mjs', JSON.stringify(packed), ...entries]
      // If this version of Node.js does not run, the test fails and says so.
      const output = execFileSync(program, args, { cwd: temporary, encoding: 'utf8' })
      expect(JSON.parse(output)).toEqual({
        major: version,
        entries: entries.length,
        asked: packed.map(({ method, path }) => `${method} ${path}`),
        listed: vendorNames.map((vendor) => `${vendor}:packed/conversation/c-1`),
        failed: vendorNames.map(() => 'not-found'),
      })
    },
    300_000,
  )

  it.each(typescriptVersions)(
    'type-checks with TypeScript %s from the packed files, dependencies included',
    (version) => {
      writeFileSync(join(temporary, 'package.json'), '{ "type": "module" }')
      writeFileSync(
        join(temporary, 'use.ts'),
        entries
          // Its types are those of openapi-fetch, which an older compiler does not read.
          .filter((entry) => version === ts.version || entry !== '@parley/server/client')
          .map((entry, index) => `export * as entry${index} from '${entry}'`)
          .join('\n'),
      )
      // Checks only those types of dependencies that ours use. `skipLibCheck` would skip ours as well, where the other
      // setting skips only the compiler's own libraries.
      const settings = [
        '--noEmit',
        '--strict',
        '--exactOptionalPropertyTypes',
        '--skipLibCheck',
        'false',
        '--skipDefaultLibCheck',
        '--module',
        'nodenext',
      ]
      const lib = [
        '--target',
        'es2022',
        '--lib',
        'es2023,dom,dom.iterable',
        '--types',
        'node',
        '--typeRoots',
        join(root, 'node_modules/@types'),
      ]
      const installed = ['typescript', 'typescript-7'].find(
        (name) => manifestOf(join(root, 'node_modules', name)).version === version,
      )
      const compiler = installed
        ? `node ${join(root, 'node_modules', installed, 'bin/tsc')}`
        : `npx --yes --package typescript@${version} tsc`
      const command = `${compiler} ${[...settings, ...lib].join(' ')} use.ts || true`
      expect(execFileSync('sh', ['-c', command], { cwd: temporary, encoding: 'utf8' })).toBe('')
    },
    300_000,
  )

  it('type-checks an inbox without the types of Node.js, for a browser', () => {
    writeFileSync(join(temporary, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(temporary, 'inbox.ts'), "export * from '@parley/inbox'\n")
    const settings = '--noEmit --strict --skipLibCheck false --module nodenext --target es2022 --lib es2023,dom'
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const command = `node ${compiler} ${settings} --typeRoots ${join(temporary, 'none')} inbox.ts || true`
    expect(execFileSync('sh', ['-c', command], { cwd: temporary, encoding: 'utf8' })).toBe('')
  })
}, 120_000)
