import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mutated } from './mutated.ts'

/**
 * One package at a time (`pnpm mutation` runs them in turn). A mutant in a table is active before any test starts, so
 * every test of the run must try it, and tests of other packages do not concern it.
 */
const name = process.env['PARLEY_MUTATED'] ?? 'core'

export default {
  mutate: process.env['PARLEY_MUTATED_FILES']?.split(' ') ?? mutated[name],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts' },
  plugins: ['@stryker-mutator/vitest-runner'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // The machine is shared and slow. A mutant that never ends is still detected.
  timeoutMS: 20_000,
  timeoutFactor: 3,
  dryRunTimeoutMinutes: 10,
  warnings: { slow: false },
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: process.env['PARLEY_MUTATION_REPORT'] ?? join(tmpdir(), `parley-mutation-${name}.json`) },
  // Outside the checkout, so that no linter or type-check finds the copies.
  tempDirName: join(tmpdir(), 'parley-mutation'),
  ignorePatterns: ['dist', '.turbo', '.changeset', 'docs', 'README.md'],
  allowConsoleColors: false,
}
