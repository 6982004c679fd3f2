import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensureHolds } from '../support/truth.ts'

export const actionsAreTrue: Check = {
  group: 'truth',
  name: 'the actions of the agents are those that the server holds',
  needs: ['agents.actions.list'],
  async run(bench) {
    const { actions = {} } = await bench.require('expectations')()
    const list = bench.adapter.agents?.actions?.list
    for (const [agentId, expected] of Object.entries(actions))
      if (list) ensureHolds(await collect(list(agentId)), expected, `actions of "${agentId}"`, { complete: true })
  },
}
