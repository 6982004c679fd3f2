import type { Check } from '../check.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { isEntity, listsOf } from '../support/lists.ts'
import { otherId } from '../support/other-id.ts'

export const unknownIdsAreNotFound: Check = {
  group: 'reading',
  name: 'an id that nobody has is not found',
  async run(bench) {
    for (const { kind, list, get, getting } of await listsOf(bench)) {
      const [item] = (await list()).items.filter(isEntity)
      if (!get || !item) continue
      const error = await ensureFails(get(otherId(item.id)), 'not-found', `Reading the ${kind} "${otherId(item.id)}"`)
      ensure(error.operation === getting, `Reading a ${kind} failed as ${error.operation}.`)
    }
    const messages = bench.adapter.messages?.list
    const [conversation] = bench.adapter.conversations?.list ? (await bench.adapter.conversations.list()).items : []
    if (messages && conversation)
      await ensureFails(
        messages(otherId(conversation.id)),
        'not-found',
        'Listing messages of a conversation nobody has',
      )
  },
}
