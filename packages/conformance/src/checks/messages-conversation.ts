import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { someConversations, talkingId, threadOf } from '../support/sample.ts'

export const messagesNameTheirConversation: Check = {
  group: 'messages',
  name: 'every message names the conversation it is in',
  needs: ['messages.list', 'conversations.list'],
  async run(bench) {
    const listed = await someConversations(bench.adapter)
    for (const id of [await talkingId(bench), ...listed.slice(0, 4).map((conversation) => conversation.id)]) {
      for (const message of await threadOf(bench.adapter, id))
        ensure(message.conversationId === id, `${message.ref} of "${id}" says "${message.conversationId}".`)
    }
  },
}
