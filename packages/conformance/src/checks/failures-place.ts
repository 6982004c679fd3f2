import { isParleyError } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { listsFor } from '../support/lists.ts'
import { answering } from '../support/requests.ts'

export const failuresSayWhere: Check = {
  group: 'failures',
  name: 'a vendor that fails is a vendor fault that says where, and is asked again for what only reads',
  async run(bench) {
    const server = answering(() => new Response('{"message":"planted words of a customer"}', { status: 500 }))
    const { adapter } = bench
    const failing = await bench.open({ fetch: server.fetch, account: 'main' })
    for (const { operation, list } of listsFor(failing)) {
      const before = server.count()
      const error = await ensureFails(list(), 'vendor-fault', operation)
      ensure(isParleyError(error) && error.vendor === adapter.vendor, `${operation}: the vendor is ${error.vendor}.`)
      ensure(error.account === 'main' && error.operation === operation, `${operation}: it names ${error.operation}.`)
      ensure(error.status === 500 && error.retryable, `${operation}: it has status ${error.status}, or no retry.`)
      ensure(server.count() > before + 1, `${operation}: the vendor was asked only once.`)
      ensure(!JSON.stringify(error).includes('planted'), `${operation}: the error quotes what the vendor said.`)
    }
  },
}
