import { can, type KnowledgeQuery } from '@parley/core'
import type { Check } from '../check.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import { show } from '../support/show.ts'

export const knowledgeIsFiltered: Check = {
  group: 'knowledge',
  name: 'knowledge is filtered by its kind and by its collection',
  needs: ['knowledge.list'],
  async run({ adapter }) {
    if (!can(adapter, 'knowledge.list')) return
    const { list } = adapter.knowledge
    const all = await collect(list())
    ensure(all.length > 0, 'There is no knowledge.')
    const kinds = new Set(all.flatMap(({ kind }) => (kind.value === 'unknown' ? [] : kind.value)))
    for (const kind of kinds) {
      const wanted = all.filter((item) => item.kind.value === kind)
      ensureSame(idsOf(await collect(list({ kind }))).toSorted(), idsOf(wanted).toSorted(), `The ${kind}s`)
    }
    const [base] = all.flatMap(({ knowledgeBaseId }) => knowledgeBaseId ?? [])
    if (base === undefined) return
    const query: KnowledgeQuery = { knowledgeBaseId: base }
    const wanted = all.filter(({ knowledgeBaseId }) => knowledgeBaseId === base)
    ensureSame(idsOf(await collect(list(query))).toSorted(), idsOf(wanted).toSorted(), show(query))
  },
}
