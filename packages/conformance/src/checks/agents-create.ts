import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { sampleAgent } from '../support/agents.ts'
import { asInput } from '../support/as-input.ts'
import { contradictions } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'

export const newAgentsAreRead: Check = {
  group: 'agents',
  name: 'a new agent is read back as it was made',
  needs: ['agents.create', 'agents.get'],
  async run({ adapter, open }) {
    const ignored: string[] = []
    const making = await open({
      onWarning: ({ code, path }) => {
        if (code === 'ignored-option' && path !== undefined) ignored.push(path)
      },
    })
    if (!can(making, 'agents.create') || !can(adapter, 'agents.get')) return
    const made = await making.agents.create(sampleAgent)
    const read = await adapter.agents.get(made.id)
    const found = contradictions(made, read)
    ensure(read.ref === made.ref && found.length === 0, `Made and read back: ${found.join('; ')}.`)
    const { name, ...rest } = sampleAgent
    ensure(read.name === name, `Its name is "${read.name}".`)
    const plain = asInput(read) as Record<string, unknown>
    for (const [field, wanted] of Object.entries(rest)) {
      if (ignored.includes(field)) continue
      ensure(field in plain, `Its ${field} was taken without a warning, and cannot be read.`)
      ensure(plain[field] === wanted, `Its ${field} reads back as another one.`)
    }
  },
}
