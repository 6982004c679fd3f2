import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import base from '../vitest.config.ts'

const name = process.env['PARLEY_MUTATED'] ?? 'core'

/** A mutant is given up at the first test that notices it; those of the readers are quick, and notice most. */
class ReadersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => (/\/test\/(?:map|read|errors)\//.test(moduleId) ? 0 : 1)
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}

/** The tests of one package that need no server, so that a mutant is tried in seconds. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: [`packages/${name}/test/**/*.test.ts`],
    exclude: [`packages/${name}/test/integration/**`],
    sequence: { sequencer: ReadersFirst },
  },
})
