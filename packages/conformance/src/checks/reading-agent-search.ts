import type { Check } from '../check.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensure } from '../support/ensure.ts'

export const agentsAreFound: Check = {
  group: 'reading',
  name: 'agents are found by text in their name',
  needs: ['agents.list'],
  async run({ adapter }) {
    const list = adapter.agents?.list
    if (!list) return
    const named = (await collect(list())).find(({ name }) => name)
    ensure(named?.name, 'No agent has a name.')
    const found = await collect(list({ search: named.name }))
    ensure(idsOf(found).includes(named.id), `Searching for "${named.name}" does not find that agent.`)
    const nobody = await collect(list({ search: 'zqxj-nobody' }))
    ensure(nobody.length === 0, `Searching for nonsense finds ${nobody.length} agents.`)
  },
}
