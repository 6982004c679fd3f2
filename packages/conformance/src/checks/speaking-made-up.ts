import { type Attempt, can } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { talkingId, threadOf } from '../support/sample.ts'

export const madeUpAttemptsAreNotDone: Check = {
  group: 'speaking',
  name: 'an attempt that nobody made does not settle as done',
  needs: ['messages.settle', 'messages.list'],
  async run(bench) {
    const { adapter } = bench
    const conversationId = await talkingId(bench)
    const [first] = await threadOf(adapter, conversationId)
    const startedAt = first?.createdAt ?? '2026-01-01T00:00:00.000Z'
    for (const kind of ['ask', 'reply'] as const) {
      if (!can(adapter, `messages.${kind}`)) continue
      const text = 'Nobody has ever said this: zqxj.'
      const attempt: Attempt = { kind, conversationId, messageId: null, text, startedAt }
      const settlement = await adapter.messages?.settle?.(attempt)
      ensure(settlement && settlement.outcome !== 'done', `A ${kind} that nobody made settles as done.`)
      ensure(settlement.message === null && settlement.answer === null, `It settles with a message.`)
    }
  },
}
