import type { ConversationQuery } from '@parley/core'
import type { Check } from '../check.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensureSame } from '../support/ensure.ts'
import { type FilterName, filters } from '../support/filters.ts'

export const filtersCombine: Check = {
  group: 'filters',
  name: 'two filters together keep what both keep',
  needs: ['conversations.list'],
  async run({ adapter }) {
    const list = adapter.conversations?.list
    if (!list) return
    const all = await collect(list())
    const single = async (query: ConversationQuery) => new Set(idsOf(await collect(list(query))))
    for (const [one, other] of pairs) {
      const query: ConversationQuery = {
        [one]: filters[one].valuesIn(all)[0],
        [other]: filters[other].valuesIn(all)[0],
      }
      if (query[one] === undefined || query[other] === undefined) continue
      const [left, right] = [await single({ [one]: query[one] }), await single({ [other]: query[other] })]
      const expected = idsOf(all).filter((id) => left.has(id) && right.has(id))
      ensureSame(idsOf(await collect(list(query))), expected, `The filters ${one} and ${other} together`)
    }
  },
}

const pairs: readonly (readonly [FilterName, FilterName])[] = [
  ['since', 'channel'],
  ['contactId', 'until'],
  ['isUnread', 'since'],
  ['assigneeId', 'status'],
]
