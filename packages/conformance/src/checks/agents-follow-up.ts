import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { sampleFollowUp, sampleSettings, someAgentId } from '../support/agents.ts'
import { asInput } from '../support/as-input.ts'
import { differences } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'

export const followUpSettingsAreRead: Check = {
  group: 'agents',
  name: 'the settings of follow-ups are read back from the actions they were set for',
  needs: ['agents.followUp.update', 'agents.actions.attach', 'agents.actions.get'],
  async run({ adapter }) {
    if (!can(adapter, 'agents.followUp.update')) return
    if (!can(adapter, 'agents.actions.attach') || !can(adapter, 'agents.actions.get')) return
    const { actions, followUp } = adapter.agents
    const agentId = await someAgentId(adapter)
    const { id } = await actions.attach(agentId, sampleFollowUp)
    const told = await followUp.update(agentId, { ...sampleSettings, actionIds: [id] })
    for (const action of [...told, await actions.get(agentId, id)]) {
      ensure(action.kind === 'follow-up', `The settings of follow-ups were set for a ${action.kind}.`)
      const wrong = differences(asInput(action.settings), sampleSettings)
      ensure(wrong.length === 0, `The settings: ${wrong.join('; ')}.`)
    }
    const kept = differences(asInput(await actions.get(agentId, id)), sampleFollowUp)
    ensure(kept.length === 0, `What the settings are not about: ${kept.join('; ')}.`)
  },
}
