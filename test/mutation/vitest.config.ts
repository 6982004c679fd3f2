import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import base from '../vitest.config.ts'

const name = process.env['PARLEY_MUTATED'] ?? 'core'

/** A mutant is given up at the first test that notices it; those of the readers are quick, and notice most. */
class ReadersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      /\/test\/(?:map|read|errors|paging)\//.test(moduleId) ? 0 : 1
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}

/** What needs a server, or has nothing to do with reading: a mutant is to be tried in seconds. */
const others = ['integration', 'native', 'tokens', 'rateLimiter', 'files'].map(
  (folder) => `packages/${name}/test/${folder}/**`,
)

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: [`packages/${name}/test/**/*.test.ts`],
    exclude: others,
    sequence: { sequencer: ReadersFirst },
  },
})
