import type { Check } from '../check.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import { listsFor, listsOf } from '../support/lists.ts'
import { placesOf } from '../support/places.ts'
import { enlarging } from '../support/requests.ts'

/** Uncommon, so that nothing else in a request is taken for it. */
const [asked, sent] = [7, 9]

export const surplusIsKept: Check = {
  group: 'lists',
  name: 'more items than were asked for are kept',
  async run(bench) {
    const requests = enlarging(bench.harness.fetch, asked, sent)
    const lists = listsFor(await bench.open({ fetch: requests.fetch }), await placesOf(bench))
    for (const [index, { operation, list }] of (await listsOf(bench)).entries()) {
      const whole = idsOf(await collect(list())).toSorted()
      const generous = lists[index]
      ensure(generous, 'Another adapter of the account has other lists.')
      const read = idsOf(await collect(generous.list({ limit: asked }))).toSorted()
      ensureSame(read, whole, `${operation} with pages that are longer than asked for`)
    }
  },
}
