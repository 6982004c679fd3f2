import type { Page } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { listsOf } from '../support/lists.ts'

export const limitIsHonoured: Check = {
  group: 'lists',
  name: 'a page has at most as many items as asked for, and never more than the vendor allows',
  async run(bench) {
    for (const { operation, list } of await listsOf(bench)) {
      const two = await list({ limit: 2 })
      if (isMadeUp(two)) continue
      ensure(two.items.length <= 2, `${operation} gave ${two.items.length} items for a limit of 2.`)
      const size = bench.adapter.limits.pageSize[operation]
      if (!size) continue
      const most = await list({ limit: size.max + 1000 })
      ensure(
        most.items.length <= size.max,
        `${operation} gave ${most.items.length} items, more than limits.pageSize says.`,
      )
      const usual = await list()
      ensure(usual.items.length <= size.default, `${operation} gives ${usual.items.length} items when nothing is said.`)
      if (usual.next !== null && usual.items.length > 2) {
        ensure(two.items.length === 2, `${operation} gave ${two.items.length} items for a limit of 2, of many.`)
        ensure(most.items.length >= usual.items.length, `${operation} gave fewer items for the largest limit.`)
      }
    }
  },
}

/** A list that is put together from another one says that the limit is of that one. */
const isMadeUp = ({ warnings }: Page<unknown>): boolean =>
  warnings.some(({ code, message }) => code === 'degraded' && message.includes('limit'))
