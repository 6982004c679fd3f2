import { checkId, paged, settleAttempt, streamOnce } from '@parley/core'
import type { AgentConversationMessages } from '../agent-conversation-adapter.ts'
import { type AgentConversationContext, begin, placeFor } from '../agent-conversation-context.ts'
import { ask } from './agent-conversation-ask.ts'
import { listMessages } from './agent-conversation-list-messages.ts'
import { reply } from './agent-conversation-reply.ts'
import { sentReader } from './agent-conversation-sent.ts'

export const createMessages = (context: AgentConversationContext): AgentConversationMessages => ({
  list: (target, query = {}, options) =>
    paged(
      async (cursor, query) => {
        const call = begin(context, 'messages.list', options)
        return listMessages(call, checkId(call, target, 'conversation'), query, cursor)
      },
      query,
      { ...placeFor(context, 'messages.list'), of: target },
    ),
  ask: (target, input, options) => ask(context, target, input, options),
  stream: (target, input, options) =>
    streamOnce(() => ask(context, target, input, options, 'messages.stream'), placeFor(context, 'messages.stream')),
  reply: (target, input, options) => reply(context, target, input, options),
  settle: async (attempt, options) =>
    settleAttempt(begin(context, 'messages.settle', options), sentReader(context), attempt, options),
})
