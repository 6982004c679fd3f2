import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensureHolds } from '../support/truth.ts'

export const agentsAreTrue: Check = {
  group: 'truth',
  name: 'the agents are those that the server holds',
  needs: ['agents.list'],
  async run(bench) {
    const { agents } = await bench.require('expectations')()
    const list = bench.adapter.agents?.list
    if (agents && list) ensureHolds(await collect(list()), agents, 'agents', { complete: true })
  },
}
