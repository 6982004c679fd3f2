import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { speakingId } from '../support/speak.ts'

export const closingCloses: Check = {
  group: 'writing',
  name: 'a conversation that was closed is closed',
  needs: ['conversations.close', 'conversations.get'],
  async run(bench) {
    const id = await speakingId(bench)
    const closed = await bench.adapter.conversations?.close?.(id)
    const read = await bench.adapter.conversations?.get?.(id)
    for (const conversation of [closed, read])
      ensure(conversation?.status.value === 'closed', `It was closed, and is ${conversation?.status.value}.`)
  },
}
