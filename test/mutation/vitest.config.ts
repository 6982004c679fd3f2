import { defineConfig } from 'vitest/config'
import base from '../vitest.config.ts'

const name = process.env['PARLEY_MUTATED'] ?? 'core'
const integration = [`packages/${name}/test/integration/**`]

/** The tests of one package that need no server, so that a mutant is tried in seconds. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: [`packages/${name}/test/**/*.test.ts`], exclude: integration },
})
