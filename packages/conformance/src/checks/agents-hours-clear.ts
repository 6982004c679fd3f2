import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { sampleHours, someAgentId } from '../support/agents.ts'
import { ensure } from '../support/ensure.ts'

export const clearedHoursAreNone: Check = {
  group: 'agents',
  name: 'working hours that were taken away are none, and to take them away again says so',
  needs: ['agents.workingHours.clear', 'agents.workingHours.set', 'agents.workingHours.get'],
  async run({ adapter }) {
    if (!can(adapter, 'agents.workingHours.set') || !can(adapter, 'agents.workingHours.get')) return
    if (!can(adapter, 'agents.workingHours.clear')) return
    const { workingHours } = adapter.agents
    const id = await someAgentId(adapter)
    await workingHours.set(id, sampleHours)
    ensure((await workingHours.clear(id)).confirmed, 'There were some, and it is said that there were none.')
    ensure((await workingHours.get(id)) === null, 'There are still some.')
    ensure(!(await workingHours.clear(id)).confirmed, 'There were none, and it is said that there were some.')
  },
}
