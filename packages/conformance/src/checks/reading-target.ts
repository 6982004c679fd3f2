import type { Check } from '../check.ts'
import { idsOf } from '../support/collect.ts'
import { contradictions } from '../support/differences.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import { isEntity, listsOf } from '../support/lists.ts'
import { talkingId } from '../support/sample.ts'

export const entityOrId: Check = {
  group: 'reading',
  name: 'an entity and its id point at the same thing',
  async run(bench) {
    for (const { list, get } of await listsOf(bench)) {
      const [item] = (await list()).items.filter(isEntity)
      if (!get || !item) continue
      const [byId, byEntity] = [await get(item.id), await get(item)]
      ensure(
        contradictions(byId, byEntity).length === 0 && byId.id === item.id,
        `${item.ref} reads differently by its id.`,
      )
    }
    const { conversations, messages } = bench.adapter
    if (!conversations?.get || !messages?.list) return
    const conversation = await conversations.get(await talkingId(bench))
    const [byId, byEntity] = [await messages.list(conversation.id), await messages.list(conversation)]
    ensureSame(idsOf(byEntity.items), idsOf(byId.items), 'The messages of a conversation, by entity and by id')
  },
}
