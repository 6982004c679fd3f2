import { type Clock, systemClock } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { listsFor } from '../support/lists.ts'
import { answering } from '../support/requests.ts'

export const rateLimitsAreTold: Check = {
  group: 'failures',
  name: 'a vendor that asks for an hour’s patience is not waited for, and the error says how long it wants',
  async run(bench) {
    const refuse = () => new Response('{}', { status: 429, headers: { 'retry-after': '3600' } })
    const lists = listsFor(bench.adapter).length
    for (let index = 0; index < lists; index++) {
      const server = answering(refuse)
      const adapter = await bench.open({ fetch: server.fetch, clock: ownClock() })
      const { operation, list } = listsFor(adapter)[index] as ReturnType<typeof listsFor>[0]
      const error = await ensureFails(list(), 'rate-limit', operation)
      const wait = error.retryAfterMs ?? 0
      ensure(wait > 3_500_000 && wait <= 3_600_000, `${operation}: the error says to wait ${error.retryAfterMs} ms.`)
    }
  },
}

/** Budgets belong to a clock: a refusal on this one keeps nobody else waiting. */
const ownClock = (): Clock => ({ ...systemClock })
