import { can, parseRef } from '@parley/core'
import type { Check } from '../check.ts'
import { firstAgentId, sampleActions, someAgentId } from '../support/agents.ts'
import { asInput } from '../support/as-input.ts'
import { collect } from '../support/collect.ts'
import { contradictions, differences } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'
import { orUnsupported } from '../support/refusal.ts'

export const newActionsAreRead: Check = {
  group: 'agents',
  name: 'each kind of action that the vendor takes is read back as it was made',
  needs: ['agents.actions.attach', 'agents.actions.get', 'agents.list'],
  async run({ adapter }) {
    if (!can(adapter, 'agents.actions.attach') || !can(adapter, 'agents.actions.get')) return
    const { actions } = adapter.agents
    const agentId = await someAgentId(adapter)
    const made: string[] = []
    for (const input of sampleActions(await firstAgentId(adapter))) {
      const action = await orUnsupported(actions.attach(agentId, input))
      if (!action) continue
      made.push(action.id)
      const read = await actions.get(agentId, action.id)
      const wrong = [...contradictions(action, read), ...differences(asInput(read), input)]
      ensure(wrong.length === 0, `The ${input.kind}: ${wrong.join('; ')}.`)
      ensure(read.agentId === agentId, `The ${input.kind} is said to be of the agent "${read.agentId}".`)
      ensure(parseRef(read.ref).kind === 'action', `The ref of the ${input.kind} is ${read.ref}.`)
    }
    ensure(made.length > 0, 'Actions can be attached, and none of any kind was taken.')
    const listed = can(adapter, 'agents.actions.list') ? await collect(adapter.agents.actions.list(agentId)) : undefined
    const lost = made.filter((id) => listed && !listed.some((action) => action.id === id))
    ensure(lost.length === 0, `${lost.length} of ${made.length} actions are not listed.`)
  },
}
