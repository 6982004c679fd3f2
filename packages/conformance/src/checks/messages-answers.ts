import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { someMessages } from '../support/sample.ts'

export const answersPointBack: Check = {
  group: 'messages',
  name: 'a message that answers another names one that is there and is older',
  needs: ['messages.list'],
  async run(bench) {
    const messages = await someMessages(bench)
    const byId = new Map(messages.map((message) => [message.id, message]))
    for (const { ref, id, inReplyTo, createdAt, conversationId } of messages) {
      if (inReplyTo === undefined || inReplyTo === null) continue
      ensure(inReplyTo !== id, `${ref} answers itself.`)
      const question = byId.get(inReplyTo)
      if (question?.conversationId !== conversationId) continue
      ensure(
        !(createdAt && question.createdAt) || question.createdAt <= createdAt,
        `${ref} is older than what it answers.`,
      )
    }
  },
}
