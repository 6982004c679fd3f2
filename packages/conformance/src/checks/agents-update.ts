import { can, type UpdateAgentInput } from '@parley/core'
import type { Check } from '../check.ts'
import { someAgentId } from '../support/agents.ts'
import { differences } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'

/** Each of them alone, so that what the others were shows. */
const changes: readonly UpdateAgentInput[] = [
  { name: 'Conformance, renamed' },
  { goal: 'Help with orders and returns' },
  { instructions: 'Answer in two sentences.' },
]

export const changesOfAgentsKeepTheRest: Check = {
  group: 'agents',
  name: 'a change of an agent changes that, and keeps what it leaves out',
  needs: ['agents.update', 'agents.get'],
  async run({ adapter }) {
    if (!can(adapter, 'agents.update') || !can(adapter, 'agents.get')) return
    const id = await someAgentId(adapter)
    for (const change of changes) {
      const { raw: _, updatedAt: __, ...before } = await adapter.agents.get(id)
      const told = await adapter.agents.update(id, change)
      const after = await adapter.agents.get(id)
      const found = differences(after, { ...before, ...change })
      ensure(found.length === 0, `After ${Object.keys(change).join()} was changed: ${found.join('; ')}.`)
      ensure(told.id === id, `What was changed is said to be "${told.id}".`)
    }
  },
}
