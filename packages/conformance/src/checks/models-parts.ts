import { can, isParleyError } from '@parley/core'
import { type ModelKind, parseModel } from '@parley/core/schema'
import type { Check } from '../check.ts'
import { sampleHours, someAgentId } from '../support/agents.ts'
import { collect } from '../support/collect.ts'
import { ensure } from '../support/ensure.ts'

export const partsHaveTheirShape: Check = {
  group: 'models',
  name: 'ratings and working hours, which have no ref, have the shape of the contract',
  async run({ adapter }) {
    const hours = can(adapter, 'agents.workingHours.get') ? adapter.agents.workingHours : undefined
    if (hours) {
      const id = await someAgentId(adapter)
      if (can(adapter, 'agents.workingHours.set')) await adapter.agents.workingHours.set(id, sampleHours)
      const found = await hours.get(id)
      if (found) hasShape('workingHours', found)
    }
    const ratings = can(adapter, 'feedback.list') ? await collect(adapter.feedback.list()) : []
    for (const rating of ratings) hasShape('feedback', rating)
  },
}

function hasShape(kind: ModelKind, value: unknown): void {
  try {
    parseModel(kind, value)
  } catch (error) {
    ensure(false, isParleyError(error) ? error.message : String(error))
  }
}
