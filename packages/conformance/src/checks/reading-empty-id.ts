import type { Check } from '../check.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { noIds } from '../support/no-ids.ts'
import { readsOf } from '../support/reads.ts'
import { counting } from '../support/requests.ts'

export const nothingHasNoId: Check = {
  group: 'reading',
  name: 'reading what has no id is refused before anything is sent',
  async run(bench) {
    const reads = await readsOf(bench)
    const requests = counting(bench.harness.fetch)
    const adapter = await bench.open({ fetch: requests.fetch })
    for (const { operation, run } of reads)
      for (const id of noIds) {
        const what = `${operation} of ${JSON.stringify(id) ?? 'nothing'}`
        const error = await ensureFails(
          later(() => run(adapter, id as string)),
          'invalid-request',
          what,
        )
        ensure(error.operation === operation, `${what}: the error names ${error.operation}.`)
        ensure(requests.count() === 0, `${what} sent something.`)
      }
  },
}

/** A list may throw at once or when it is awaited. */
const later = async (run: () => PromiseLike<unknown>): Promise<unknown> => run()
