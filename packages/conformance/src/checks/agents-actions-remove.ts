import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { sampleFollowUp, someAgentId } from '../support/agents.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensure, ensureFails } from '../support/ensure.ts'

export const removedActionsAreGone: Check = {
  group: 'agents',
  name: 'an action that was removed is gone',
  needs: ['agents.actions.remove', 'agents.actions.attach', 'agents.actions.get'],
  async run({ adapter }) {
    if (!can(adapter, 'agents.actions.remove')) return
    if (!can(adapter, 'agents.actions.attach') || !can(adapter, 'agents.actions.get')) return
    const agentId = await someAgentId(adapter)
    const { id } = await adapter.agents.actions.attach(agentId, sampleFollowUp)
    const removed = await adapter.agents.actions.remove(agentId, id)
    ensure(removed.id === id, `What was removed is said to be "${removed.id}".`)
    await ensureFails(adapter.agents.actions.get(agentId, id), 'not-found', 'Reading it again')
    const list = can(adapter, 'agents.actions.list') ? await collect(adapter.agents.actions.list(agentId)) : []
    ensure(!idsOf(list).includes(id), 'It is still listed.')
  },
}
