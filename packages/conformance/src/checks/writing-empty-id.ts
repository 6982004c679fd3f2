import type { Check } from '../check.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { noIds } from '../support/no-ids.ts'
import { counting } from '../support/requests.ts'
import { writesOf } from '../support/writes.ts'

export const emptyIdsAreRefused: Check = {
  group: 'writing',
  name: 'a change of what has no id is refused before anything is sent',
  async run(bench) {
    const writes = (await writesOf(bench)).filter(({ id }) => id !== null)
    const requests = counting(bench.harness.fetch)
    const adapter = await bench.open({ fetch: requests.fetch })
    for (const { operation, run } of writes)
      for (const id of noIds) {
        const what = `${operation} of ${JSON.stringify(id) ?? 'nothing'}`
        const error = await ensureFails(run(adapter, id as string), 'invalid-request', what)
        ensure(error.operation === operation, `${what}: the error names ${error.operation}.`)
        ensure(requests.count() === 0, `${what} sent something.`)
      }
  },
}
