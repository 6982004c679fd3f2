import type { Check } from '../check.ts'
import { collectPages, idsOf } from '../support/collect.ts'
import { ensure, ensureSame, failureOf } from '../support/ensure.ts'
import { listsFor, listsOf } from '../support/lists.ts'
import { placesOf } from '../support/places.ts'
import { counting } from '../support/requests.ts'

export const listsAreAPromise: Check = {
  group: 'lists',
  name: 'a list is a promise of its first page, and the cursor null is that page',
  async run(bench) {
    const requests = counting(bench.harness.fetch)
    const places = await placesOf(bench)
    const adapter = await bench.open({ fetch: requests.fetch })
    ensure((await listsOf(bench)).length > 0, 'The adapter has no lists at all.')
    for (const { operation, list } of listsFor(adapter, places)) {
      const given = list()
      const page = await given
      const before = requests.count()
      const again = await Promise.all([
        given,
        given.then((same) => same),
        given.catch(() => null),
        given.finally(() => {}),
      ])
      ensure(
        again.every((same) => same === page),
        `${operation}: awaited again it is another page.`,
      )
      ensure(requests.count() === before, `${operation}: awaiting it again sent a request.`)
      const [iterated] = await collectPages(given, 1)
      ensureSame(idsOf(iterated?.items ?? []), idsOf(page.items), `${operation}, iterated after it was awaited`)
      const first = await list({ cursor: null })
      ensureSame(idsOf(first.items), idsOf(page.items), `${operation} with the cursor null`)

      const failing = list(undefined, { signal: AbortSignal.abort() })
      const error = await failureOf(failing)
      ensure(error !== undefined, `${operation}: it goes well although its signal was aborted.`)
      ensure((await failureOf(failing)) === error, `${operation}: awaited again it ends in another error.`)
      ensure(
        (await failing.catch((caught: unknown) => caught)) === error,
        `${operation}: catch is handed another error.`,
      )
    }
  },
}
