import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensure } from '../support/ensure.ts'
import { listsOf } from '../support/lists.ts'

export const totalCountsTheList: Check = {
  group: 'lists',
  name: 'a total is how many items the list has',
  async run(bench) {
    for (const { operation, list } of await listsOf(bench)) {
      const { total } = await list({ limit: 2 })
      if (total === undefined) continue
      const { length } = await collect(list())
      ensure(total === length, `${operation} says that it has ${total} items, and has ${length}.`)
    }
  },
}
