import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { common } from '../vitest.config.ts'

const name = process.env['PARLEY_MUTATED'] ?? 'core'

/**
 * A mutant run ends with the first failing test. Tests of readers run first, because they are fast and detect most
 * mutants.
 */
class ReadersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      /\/test\/(?:map|read|errors|paging)\//.test(moduleId) ? 0 : 1
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}

/** Tests that need a server or do not concern reading, so that a mutant takes only seconds. */
const others = ['integration', 'native', 'tokens', 'rateLimiter', 'files'].map(
  (folder) => `packages/${name}/test/${folder}/**`,
)

export default defineConfig({
  ...common,
  test: {
    ...common.test,
    include: [`packages/${name}/test/**/*.test.ts`],
    exclude: others,
    sequence: { sequencer: ReadersFirst },
  },
})
