import { type AgentActionChange, can } from '@parley/core'
import type { Check } from '../check.ts'
import { firstAgentId, sampleActions, someAgentId } from '../support/agents.ts'
import { asInput } from '../support/as-input.ts'
import { differences } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'
import { orUnsupported } from '../support/refusal.ts'

export const changesOfActionsKeepTheRest: Check = {
  group: 'agents',
  name: 'a change of an action changes that, and keeps what it leaves out',
  needs: ['agents.actions.update', 'agents.actions.attach', 'agents.actions.get', 'agents.list'],
  async run({ adapter }) {
    if (!can(adapter, 'agents.actions.update')) return
    if (!can(adapter, 'agents.actions.attach') || !can(adapter, 'agents.actions.get')) return
    const { actions } = adapter.agents
    const agentId = await someAgentId(adapter)
    for (const input of sampleActions(await firstAgentId(adapter))) {
      const action = await orUnsupported(actions.attach(agentId, input))
      if (!action) continue
      const changes: AgentActionChange[] = [{ name: 'Renamed' }]
      if ('condition' in input) changes.push({ kind: input.kind, condition: 'They ask for it.' } as AgentActionChange)
      let wanted: object = input
      for (const change of changes) {
        wanted = { ...wanted, ...change }
        await actions.update(agentId, action.id, change)
        const wrong = differences(asInput(await actions.get(agentId, action.id)), wanted)
        ensure(wrong.length === 0, `The ${input.kind}, changed in ${Object.keys(change).join()}: ${wrong.join('; ')}.`)
      }
    }
  },
}
