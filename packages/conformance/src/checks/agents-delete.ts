import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { sampleAgent } from '../support/agents.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensure, ensureFails } from '../support/ensure.ts'

export const deletedAgentsAreGone: Check = {
  group: 'agents',
  name: 'an agent that was deleted is gone',
  needs: ['agents.delete', 'agents.create', 'agents.get'],
  async run({ adapter }) {
    if (!can(adapter, 'agents.create') || !can(adapter, 'agents.get') || !can(adapter, 'agents.delete')) return
    const { id } = await adapter.agents.create(sampleAgent)
    const deleted = await adapter.agents.delete(id)
    ensure(deleted.id === id, `What was deleted is said to be "${deleted.id}".`)
    await ensureFails(adapter.agents.get(id), 'not-found', 'Reading it again')
    const listed = can(adapter, 'agents.list') ? idsOf(await collect(adapter.agents.list())) : []
    ensure(!listed.includes(id), 'It is still listed.')
  },
}
