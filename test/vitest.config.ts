import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { docModules } from './tools/doc-module.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
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
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/seed.ts'],
    // At least two, because the main process has little to do and half of a small machine would be idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
  },
})
