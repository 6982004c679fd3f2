import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { sampleHours, someAgentId } from '../support/agents.ts'
import { asInput } from '../support/as-input.ts'
import { differences } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'

export const workingHoursAreRead: Check = {
  group: 'agents',
  name: 'working hours are read back as they were set, and replaced as a whole',
  needs: ['agents.workingHours.set', 'agents.workingHours.get'],
  async run({ adapter }) {
    if (!can(adapter, 'agents.workingHours.set') || !can(adapter, 'agents.workingHours.get')) return
    const { workingHours } = adapter.agents
    const id = await someAgentId(adapter)
    const { continuesForMs: _, autoReply: __, followUp: ___, ...plain } = sampleHours
    for (const input of [sampleHours, { ...plain, schedule: sampleHours.schedule.slice(0, 1) }]) {
      const wanted = { agentId: id, continuesForMs: null, autoReply: null, followUp: null, ...input }
      for (const hours of [await workingHours.set(id, input), await workingHours.get(id)]) {
        ensure(hours, 'They were set, and there are none.')
        const wrong = differences(asInput(hours), wanted)
        ensure(wrong.length === 0, `The working hours: ${wrong.join('; ')}.`)
      }
    }
  },
}
