import type { ConversationQuery } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { type FilterName, filters } from '../support/filters.ts'
import { someConversations } from '../support/sample.ts'

export const localFiltersAreTold: Check = {
  group: 'filters',
  name: 'a filter that the vendor lacks is told by a warning that names it',
  needs: ['conversations.list'],
  async run({ adapter }) {
    const list = adapter.conversations?.list
    if (!list) return
    const some = await someConversations(adapter)
    for (const name of Object.keys(filters) as FilterName[]) {
      if (adapter.limits.filters.includes(name)) continue
      const [value = 'nobody'] = filters[name].valuesIn(some)
      const query: ConversationQuery = { [name]: value }
      const { warnings } = await list(query)
      const told = warnings.some(({ code, message }) => code === 'local-filter' && message.includes(name))
      ensure(told, `The vendor does not filter by ${name}, and the page does not say that it was done here.`)
    }
    const { warnings } = await list()
    const untold = warnings.find(({ code }) => code === 'local-filter')
    ensure(!untold, `A list without filters says: ${untold?.message}`)
  },
}
