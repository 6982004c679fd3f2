import type { Check } from '../check.ts'
import { ensure, failureOf } from '../support/ensure.ts'
import { counting } from '../support/requests.ts'
import { writesOf } from '../support/writes.ts'

export const givenUpWritesSendNothing: Check = {
  group: 'writing',
  name: 'a change that was given up before it began sends nothing and ends in the caller’s reason',
  async run(bench) {
    const writes = await writesOf(bench)
    const requests = counting(bench.harness.fetch)
    const adapter = await bench.open({ fetch: requests.fetch })
    const reason = new Error('the caller gave up')
    for (const { operation, id, run } of writes) {
      const failed = await failureOf(run(adapter, id ?? '', { signal: AbortSignal.abort(reason) }))
      ensure(failed === reason, `${operation} ended in ${String(failed)}.`)
      ensure(requests.count() === 0, `${operation} sent ${requests.count()} requests.`)
    }
  },
}
