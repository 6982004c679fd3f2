import { paged, settleAttempt } from '@parley/core'
import type { LiveChatAIMessages } from '../livechatai-adapter.ts'
import { conversationIdOf } from '../livechatai-check.ts'
import { begin, type LiveChatAIContext, placeFor } from '../livechatai-context.ts'
import { ask } from './livechatai-ask.ts'
import { listMessages } from './livechatai-list-messages.ts'
import { reply } from './livechatai-reply.ts'
import { sentReader } from './livechatai-sent.ts'
import { stream } from './livechatai-stream.ts'

export const createMessages = (context: LiveChatAIContext): LiveChatAIMessages => ({
  list: (target, query = {}, options) =>
    paged(
      async (cursor, query) => {
        const call = begin(context, 'messages.list', options)
        return listMessages(call, conversationIdOf(call, target), query, cursor)
      },
      query,
      { ...placeFor(context, 'messages.list'), of: target },
    ),
  ask: (target, input, options) => ask(context, target, input, options),
  stream: (target, input, options) => stream(context, target, input, options),
  reply: (target, input, options) => reply(context, target, input, options),
  settle: async (attempt, options) =>
    settleAttempt(begin(context, 'messages.settle', options), sentReader(context), attempt, options),
})
