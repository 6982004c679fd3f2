import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { addKnowledge, listedKnowledge } from '../support/knowledge.ts'

export const removedKnowledgeIsGone: Check = {
  group: 'knowledge',
  name: 'knowledge that was removed is no longer listed, and nothing else is missing',
  needs: ['knowledge.remove', 'knowledge.add', 'knowledge.list'],
  async run({ adapter }) {
    if (!can(adapter, 'knowledge.remove')) return
    const added = await addKnowledge(adapter)
    const before = await listedKnowledge(adapter)
    const [first, second] = added.filter(({ item }) => before.has(item.id)).map(({ item }) => item)
    ensure(first, 'Nothing that was added is listed.')
    // By its id alone, and as it was read.
    const removed = [
      await adapter.knowledge.remove(first.id),
      ...(second ? [await adapter.knowledge.remove(second)] : []),
    ]
    const after = await listedKnowledge(adapter)
    for (const { id } of removed) ensure(!after.has(id), `${id} was removed, and is still listed.`)
    const missing = [...before.keys()].filter((id) => !after.has(id))
    ensure(missing.length === removed.length, `${missing.length} are gone, and ${removed.length} were removed.`)
  },
}
