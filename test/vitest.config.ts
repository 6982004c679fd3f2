import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { docModules } from './tools/doc-module.ts'

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
    // At least two, because the main process has little to do and half of a small machine would be idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A test that takes longer hangs: on a busy machine, an embedded database takes seconds to start.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // As the command line does it (packages/cli/src/open-store.ts): an embedded database takes a third of the time.
    execArgv: ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'],
  },
})

const quick = ['packages/core/test/**/*.test.ts', 'packages/*/test/{read,wire}/**/*.test.ts']
const project = (name: string, test: object) => ({ extends: true as const, test: { name, ...test } })

export default defineConfig({
  ...common,
  test: {
    ...common.test,
    projects: [
      // A process runs one file after another, which halves the time of these many small files. They must leave nothing behind.
      project('quick', { include: quick, isolate: false }),
      project('apart', {
        include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
        exclude: [...configDefaults.exclude, ...quick],
      }),
    ],
  },
})
