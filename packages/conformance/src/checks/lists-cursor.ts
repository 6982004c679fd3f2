import type { Check } from '../check.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import { listsFor, listsOf } from '../support/lists.ts'
import { talkingId } from '../support/sample.ts'

export const cursorsOutliveTheAdapter: Check = {
  group: 'lists',
  name: 'a cursor goes on where the page ended, also in another process',
  async run(bench) {
    const conversationId = bench.adapter.messages?.list ? await talkingId(bench) : ''
    let resumed = 0
    for (const [index, { operation, list }] of (await listsOf(bench)).entries()) {
      const { items, next } = await list({ limit: 2 })
      if (next === null) continue
      resumed++
      const fresh = listsFor(await bench.open({}), conversationId)[index]
      ensure(fresh, 'Another adapter of the account has other lists.')
      const rest = await collect(fresh.list({ limit: 2, cursor: next }))
      const whole = await collect(list({ limit: 2 }))
      ensureSame([...idsOf(items), ...idsOf(rest)], idsOf(whole), `${operation} from a cursor on`)
    }
    ensure(resumed > 0, 'No list has a second page, so that no cursor can be tried.')
  },
}
