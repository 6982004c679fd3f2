import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensureHolds } from '../support/truth.ts'

export const knowledgeIsTrue: Check = {
  group: 'truth',
  name: 'the knowledge is that which the server holds',
  needs: ['knowledge.list'],
  async run(bench) {
    const { knowledge } = await bench.require('expectations')()
    const list = bench.adapter.knowledge?.list
    if (knowledge && list) ensureHolds(await collect(list()), knowledge, 'knowledge', { complete: true })
  },
}
