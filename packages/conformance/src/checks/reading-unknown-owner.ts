import type { Check } from '../check.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { otherId } from '../support/other-id.ts'
import { readsOf } from '../support/reads.ts'

export const nobodyHasNothing: Check = {
  group: 'reading',
  name: 'what belongs to something that nobody has is not found',
  async run(bench) {
    for (const { operation, id, run } of await readsOf(bench)) {
      // Where only a generation has sources, a message without one cannot be told from none.
      if (operation === 'sources.of') continue
      const error = await ensureFails(run(bench.adapter, otherId(id)), 'not-found', `${operation} of what nobody has`)
      ensure(error.operation === operation, `${operation}: the error names ${error.operation}.`)
    }
  },
}
