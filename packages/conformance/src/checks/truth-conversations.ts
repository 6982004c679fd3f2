import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensure } from '../support/ensure.ts'
import { ensureHolds } from '../support/truth.ts'

export const conversationsAreTrue: Check = {
  group: 'truth',
  name: 'the conversations are those that the server holds',
  needs: ['conversations.list'],
  async run(bench) {
    const { conversations } = await bench.require('expectations')()
    const list = bench.adapter.conversations?.list
    ensure(conversations, 'The expectations tell no conversations.')
    if (list) ensureHolds(await collect(list()), conversations, 'conversations', { complete: true })
  },
}
