import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { someContactId, threadOf } from '../support/sample.ts'
import { questionOf } from '../support/speak.ts'

export const askingOpensConversations: Check = {
  group: 'speaking',
  name: 'asking for a contact opens a conversation and says which',
  needs: ['messages.ask', 'messages.list'],
  async run(bench) {
    const contact = await someContactId(bench)
    const text = `${questionOf(bench)} (new)`
    const answer = await bench.adapter.messages?.ask?.({ contact }, { text, ...bench.harness.use?.ask })
    ensure(answer?.outcome === 'answered', `The question was "${answer?.outcome}" instead of answered.`)
    ensure(answer.conversationId, 'The answer does not say in which conversation it is.')
    const thread = await threadOf(bench.adapter, answer.conversationId)
    ensure(
      thread.some((message) => message.text === text),
      'The question is not in that conversation.',
    )
  },
}
