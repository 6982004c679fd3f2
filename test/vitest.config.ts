import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { docModules } from './tools/doc-module.ts'
import { LongestFirst } from './tools/longest-first.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What all runs of tests have in common. */
export const common = defineConfig({
  root,
  plugins: [docModules()],
  resolve: {
    // Tests use the sources, so that there is one copy of core and no test depends on a build.
    alias: [
      { find: /^@parley\/([\w-]+)$/, replacement: `${root}packages/$1/src/index.ts` },
      { find: /^@parley\/([\w-]+)\/([\w-]+)$/, replacement: `${root}packages/$1/src/$2.ts` },
    ],
  },
  test: {
    setupFiles: ['test/seed.ts'],
    // The command line prints times in the zone of the machine.
    env: { TZ: 'UTC' },
    // At least three, because the main process has little to do and many tests wait, and a small machine would be idle.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // A test that takes longer hangs: on a busy machine, an embedded database takes seconds to start.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    // What the tests make is soon garbage. The others as in packages/cli/src/store-choice.ts: an embedded database takes a third of
    // the time.
    execArgv: ['--max-semi-space-size=64', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering'],
  },
})

/** Tests that need a process of their own: they replace modules, measure memory, or start many processes. */
const apart = [
  'packages/cli/test/inbox.test.ts',
  'packages/inbox/test/store/pglite.test.ts',
  'test/{browser,end-to-end,limits,page,runtimes,support-desk,sync,workers}/**/*.test.ts',
  'test/{adding-a-vendor,docs,packaging}.test.ts',
]
/** Tests of what no adapter is, and of adapters over emulators. */
const served = [
  'packages/{chatbot,cli,conformance,core,inbox,sandbox,server,swap}/test/**/*.test.ts',
  'packages/*/test/integration/**/*.test.ts',
]
const project = (name: string, include: string[], exclude: string[], isolate = false) => ({
  extends: true as const,
  test: {
    name,
    include,
    exclude: [...configDefaults.exclude, ...exclude],
    isolate,
  },
})

// In most projects, a process runs one file after another, which halves the time. The files must leave nothing behind.
export default defineConfig({
  ...common,
  test: {
    ...common.test,
    sequence: { sequencer: LongestFirst },
    projects: [
      // With nock, which takes over every connection of its process.
      project('recorded', ['packages/*/test/**/*.test.ts'], served),
      project('served', [...served, 'test/**/*.test.ts'], apart),
      project('apart', apart, [], true),
    ],
  },
})
