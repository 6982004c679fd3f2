import type { Check } from '../check.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import { listsFor, listsOf } from '../support/lists.ts'
import { placesOf } from '../support/places.ts'

export const cursorsOutliveTheAdapter: Check = {
  group: 'lists',
  name: 'a cursor goes on where the page ended, also in another process and with payloads',
  async run(bench) {
    const places = await placesOf(bench)
    let resumed = 0
    for (const [index, { operation, list }] of (await listsOf(bench)).entries()) {
      const whole = await collect(list())
      const limit = Math.max(2, Math.ceil(whole.length / 5))
      const { items, next } = await list({ limit })
      if (next === null) continue
      resumed++
      const fresh = listsFor(await bench.open({ raw: true }), places)[index]
      ensure(fresh, 'Another adapter of the account has other lists.')
      const rest = await collect(fresh.list({ limit, cursor: next }))
      ensureSame([...idsOf(items), ...idsOf(rest)], idsOf(whole), `${operation} from a cursor on`)
    }
    ensure(resumed > 0, 'No list has a second page, so that no cursor can be tried.')
  },
}
