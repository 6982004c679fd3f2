import type { Check } from '../check.ts'
import { contradictions } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'
import { isEntity, listsOf } from '../support/lists.ts'

export const getAgreesWithTheList: Check = {
  group: 'reading',
  name: 'reading one thing says the same as the list, as far as both say it',
  async run(bench) {
    for (const { operation, list, get } of await listsOf(bench)) {
      if (!get) continue
      const { items } = await list()
      for (const item of items.filter(isEntity).slice(0, 5)) {
        const found = contradictions(item, await get(item.id))
        ensure(found.length === 0, `${item.ref}, from ${operation} and read alone: ${found.slice(0, 5).join('; ')}.`)
      }
    }
  },
}
