import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadVendors, nameOf } from './vendors.ts'

const root = new URL('../', import.meta.url).pathname
const vendors = await loadVendors()
const names = new RegExp(
  vendors
    .flatMap((vendor) => [nameOf(vendor), vendor.name, ...vendor.otherNames])
    .map((word) => (word.length > 5 ? word : `\\b${word}\\b`))
    .join('|'),
  'i',
)

/** The lines that name each vendor outside of its own folders. */
const lines = {
  'packages/sandbox/src/emulators.ts': `export { createAcmeEmulator as acme } from './acme/index.ts'`,
  'packages/cli/src/definitions.ts': `export { acmeDefinition } from '@parley/acme'`,
  'packages/cli/package.json': `    "@parley/acme": "workspace:^",`,
}

/** The files that belong to a vendor: its adapter package, its emulator with tests, its page, its live checks. */
const ownPlaces = vendors.flatMap((vendor) => [
  `packages/${nameOf(vendor)}/`,
  `packages/sandbox/src/${nameOf(vendor)}/`,
  `packages/sandbox/test/${nameOf(vendor)}-`,
  `test/live/${nameOf(vendor)}/`,
])

/** Files that name a vendor in their code but need no change for a new vendor, each with the reason. */
const exceptions: Readonly<Record<string, string>> = {
  'package.json': 'The benchmarks import built packages.',
  'packages/sandbox/package.json': 'The description, for people.',
  'packages/cli/config.schema.json': 'Generated from the adapters.',
  'packages/cli/test/config-schema.test.ts': 'Shows the options of one vendor.',
  ...because('Shows something of the sandbox with one or two vendors.', 'packages/sandbox/test', [
    'faults.test.ts',
    'main.test.ts',
    'sending.test.ts',
    'start.test.ts',
    'test-clock.test.ts',
  ]),
  ...because('Compares one or two vendors with other clients.', 'test/bench', [
    'backfill.ts',
    'imports.ts',
    'payloads.ts',
    'requests.ts',
    'server.ts',
  ]),
  ...because('Compares LeadConnector with its official client.', 'test/end-to-end', [
    'official-sdk-account.test.ts',
    'official-sdk.test.ts',
    'support/declared.ts',
    'support/official.ts',
  ]),
  'test/end-to-end/raia-node.test.ts': 'Compares agent-conversation with its own n8n node.',
  'test/end-to-end/inbox.test.ts': 'Answers from the command line at one vendor.',
  'test/end-to-end/memory.test.ts': 'Reads one very long conversation, at one vendor.',
  'test/end-to-end/readme.test.ts': 'Runs the example of the README.',
  'packages/cli/test/cli.test.ts': 'Has a ref, of which any vendor would do.',
  'packages/cli/test/evaluate.test.ts': 'Tries a vendor whose answers reach a person, and another one.',
  'packages/cli/test/everyday.test.ts': 'Tries what only some vendors do, such as answers that reach a person.',
  'test/evaluate/evaluate.test.ts': 'Compares the requests of each vendor with what its emulator has counted.',
  'test/route/conformance.test.ts': 'Tries one vendor with many operations, where the others would show nothing else.',
  'test/route/route.test.ts': 'Tries pairs of vendors that differ in what they can do.',
  'test/route/shadow.test.ts': 'Tries a vendor whose answers reach a person, and others.',
  'test/route/simulation/program.ts': 'A bundle has only what its imports name.',
  'test/agents/safeguards.test.ts': 'Tries to lose data at the vendor whose agents can be written most.',
  'packages/cli/test/agents.test.ts': 'Moves an agent between two vendors from the command line.',
  ...because('About the limit of LeadConnector, which counts for many processes.', 'test/limits', [
    'child.ts',
    'leadconnector.test.ts',
    'processes.test.ts',
    'shared-rate.test.ts',
  ]),
  ...because('Goes through the registry; single cases show a vendor’s own option.', 'test/refusals', [
    'factories.test.ts',
    'functions.test.ts',
    'inbox.test.ts',
    'operations.test.ts',
    'store.test.ts',
  ]),
  ...because(
    'Goes through the registry; questions, iteration and abortion are tried at one vendor each.',
    'test/runtimes',
    ['edge.test.ts', 'support/checks.ts'],
  ),
  ...because('About vendors with webhooks, whose signatures differ.', 'test', [
    'runtimes/edge-webhook.test.ts',
    'runtimes/support/webhook-checks.ts',
    'webhook/bundle.test.ts',
    'webhook/emulators.test.ts',
  ]),
  ...because('Counts the files behind one question, at LeadConnector.', 'test', ['shape.test.ts', 'tools/shape.ts']),
  ...because('Tries webhooks, deletions and workers at one vendor each.', 'packages/inbox/test/sync', [
    'deletions.test.ts',
    'hints.test.ts',
    'workers.test.ts',
  ]),
  ...because('Plays what happens at each simulated vendor; the sync knows none of them.', 'test/sync/simulation', [
    'happenings.ts',
    'simulate.ts',
    'vendors.ts',
  ]),
  ...because('Plays what happens at each simulated vendor; the desk knows none of them.', 'test/desk/simulation', [
    ...['arrivals.ts', 'judge.ts', 'simulate.ts'],
  ]),
  ...because('Serves the page beside an account of one vendor.', 'test/bench', ['page.ts']),
  ...because('Floods a server with the webhooks of one vendor.', 'test/bench/load', ['main.ts', 'server.ts']),
  'test/sync/safeguards.ts': 'Narrows one run to a vendor; the sync knows none of them.',
  ...because('Opens the simulated accounts in processes; the sync knows none of them.', 'test/workers', [
    'run-workers.ts',
    'worker.ts',
  ]),
  'test/support-desk/server.ts': 'Opens the emulated accounts in a process; the desk and the server know none of them.',
  ...because('Customers write at each emulated vendor, by its own API.', 'packages/sandbox', [
    ...['src/life/customers.ts', 'test/life.test.ts'],
  ]),
  ...because('Uses the page with each emulated vendor; the page knows none of them.', 'test/page', [
    'database.test.ts',
    ...['answering.test.ts', 'email.test.ts', 'hostile-api.ts', 'list.test.ts', 'made-up-server.ts', 'open-page.ts'],
    ...['screens.test.ts'],
  ]),
  'test/end-to-end/terminal.test.ts': 'Uses the command line with one vendor in a terminal.',
  'test/end-to-end/serve-inbox.test.ts': 'Tries the inbox of the command line at one vendor.',
  'test/docs.test.ts': 'Names a test in a reason.',
  'test/adding-a-vendor.test.ts': 'This list.',
}

/** The same reason for several files of a folder. */
function because(reason: string, folder: string, files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [`${folder}/${file}`, reason]))
}

const skipped = new Set(['node_modules', 'dist', '.git', '.turbo', '.changeset', 'docs', 'coverage'])

/** Every file with code, from the root of the repository. */
function codeFiles(folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return codeFiles(path)
    return /\.(?:ts|mjs|json|yaml|yml|sh)$/.test(entry.name) && entry.name !== 'pnpm-lock.yaml'
      ? [relative(root, path)]
      : []
  })
}

const codeOf = (path: string): string =>
  readFileSync(join(root, path), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1')

describe('a vendor is named', () => {
  const naming = codeFiles().filter(
    (path) => !ownPlaces.some((place) => path.startsWith(place)) && names.test(`${path}\n${codeOf(path)}`),
  )

  it('in the code of its own folders, in three lines, and in the files that are listed with a reason', () => {
    expect(naming.filter((path) => !Object.hasOwn(lines, path) && !Object.hasOwn(exceptions, path))).toEqual([])
  })

  it('in every file of that list, which would be too long otherwise', () => {
    expect(Object.keys(exceptions).filter((path) => !naming.includes(path))).toEqual([])
  })

  it.each(vendors)('once in each of the three files: $label', (vendor) => {
    for (const path of Object.keys(lines)) {
      const found = codeOf(path)
        .split('\n')
        .filter((line) => line.includes(`/${nameOf(vendor)}/index.ts'`) || line.includes(`@parley/${nameOf(vendor)}`))
      expect(found, path).toHaveLength(1)
    }
  })
})

describe('the list of CONTRIBUTING', () => {
  it('names these folders and these three lines, and nothing else', () => {
    const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
    const [, section = ''] = /\n## Adding a vendor\n([\s\S]*?)\n## /.exec(page) ?? []
    const places = [...section.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1])
    expect(places.toSorted()).toEqual(
      ['packages/<vendor>', 'packages/sandbox/src/<vendor>', 'docs/vendors/<vendor>.md', ...Object.keys(lines)].sort(),
    )
  })
})

const run = promisify(execFile)

/** The repository with the made-up vendor of docs/writing-an-adapter.md, added as CONTRIBUTING says. */
describe('a copy of the repository with one vendor more', () => {
  const copy = mkdtempSync(join(tmpdir(), 'parley-vendor-'))
  afterAll(() => rmSync(copy, { recursive: true, force: true }))
  const from = (path: string): string => readFileSync(join(root, path), 'utf8')
  const to = (path: string, text: string): void => writeFileSync(join(copy, path), text)

  beforeAll(() => {
    const left = new Set(['node_modules', 'dist', '.git', '.turbo'])
    cpSync(root, copy, { recursive: true, filter: (path) => !left.has(basename(path)) })
    const packages = readdirSync(join(root, 'packages'), { withFileTypes: true }).filter((each) => each.isDirectory())
    for (const path of ['.', 'docs/examples/chatbot', ...packages.map(({ name }) => join('packages', name))])
      symlinkSync(join(root, path, 'node_modules'), join(copy, path, 'node_modules'))

    // The adapter is the one on the page. The emulator and the expectations are those of its conformance run.
    cpSync(join(root, 'test/made-up-vendor'), copy, { recursive: true })
    cpSync(join(root, 'docs/examples/acme.ts'), join(copy, 'packages/acme/src/index.ts'))
    symlinkSync(join(root, 'packages/testkit/node_modules'), join(copy, 'packages/acme/node_modules'))
    to('packages/sandbox/src/acme/server.ts', from('test/conformance/support/acme-server.ts'))
    const truth = from('test/conformance/support/acme-truth.ts')
    to('packages/acme/test/suite/truth.ts', truth.replace('./acme-server.ts', '../../../sandbox/src/acme/server.ts'))
    for (const [path, line] of Object.entries(lines)) {
      const text = from(path)
      to(path, path.endsWith('.json') ? text.replace(/"dependencies": \{\n/, `$&${line}\n`) : `${text}${line}\n`)
    }
    // The checks of the copy do not belong to the vendor.
    cpSync(join(root, 'test/made-up-vendor/test/acme.check.ts'), join(copy, 'test/acme.test.ts'))
  })

  it('has types without an error', async () => {
    const include = ['packages/acme', 'packages/sandbox/src', 'packages/cli/src', 'test/acme.test.ts', 'docs/examples']
    to('tsconfig.json', JSON.stringify({ extends: './test/tsconfig.json', include, exclude: [] }))
    const compiler = join(root, 'node_modules/typescript-7/bin/tsc')
    const { stdout } = await run('node', [compiler, '-p', '.', '--noEmit'], { cwd: copy }).catch(
      (error: { stdout: string }) => error,
    )
    expect(stdout).toBe('')
  }, 600_000)

  /** Runs test files of the copy. Throws with the failed tests, and if a file has no test that passes. */
  async function passes(files: readonly string[], ...args: string[]): Promise<number> {
    const report = join(copy, 'report.json')
    const settings = ['--config', 'test/vitest.config.ts', '--reporter=json', `--outputFile.json=${report}`]
    const ended = await run('vitest', ['run', ...settings, '--maxWorkers=1', ...args, ...files], { cwd: copy }).then(
      () => '',
      (error: { stderr: string }) => error.stderr,
    )
    if (!existsSync(report)) throw new Error(`The tests of the copy did not run.\n${ended}`)
    const { testResults, numPassedTests } = JSON.parse(readFileSync(report, 'utf8')) as Results
    rmSync(report)
    const failed = testResults.flatMap(({ message, assertionResults }) => [
      ...(message ? [message] : []),
      ...assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join('\n')}`),
    ])
    expect(failed).toEqual([])
    expect(testResults).toHaveLength(files.length)
    for (const { name, assertionResults } of testResults)
      expect(assertionResults.filter(({ status }) => status === 'passed').length, name).toBeGreaterThan(0)
    return numPassedTests
  }

  it('passes conformance, and the tests that take the vendors from the registry', async () => {
    const files = ['conformance/observed', 'fuzz/lists', 'payloads', 'runtimes/edge'].map(
      (file) => `test/${file}.test.ts`,
    )
    expect(await passes(files, '-t', 'acme|Acme')).toBeGreaterThan(40)
  }, 600_000)

  it('shows the vendor in the matrix, in the sandbox and in the demo, and breaks no test of these', async () => {
    const sandboxTests = ['start', 'main'].map((file) => `packages/sandbox/test/${file}.test.ts`)
    expect(await passes(['test/acme.test.ts', 'test/boundaries.test.ts', ...sandboxTests])).toBeGreaterThan(20)
  }, 600_000)
})

interface Results {
  readonly numPassedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}
