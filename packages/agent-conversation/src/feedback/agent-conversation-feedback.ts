import { paged } from '@parley/core'
import type { AgentConversationFeedback } from '../agent-conversation-adapter.ts'
import { type AgentConversationContext, begin, placeFor } from '../agent-conversation-context.ts'
import { giveFeedback } from './agent-conversation-give-feedback.ts'
import { listFeedback } from './agent-conversation-list-feedback.ts'

export const createFeedback = (context: AgentConversationContext): AgentConversationFeedback => ({
  list: (query = {}, options) =>
    paged(
      (cursor, query, seen) => listFeedback(context, begin(context, 'feedback.list', options), query, cursor, seen),
      query,
      placeFor(context, 'feedback.list'),
    ),
  give: async (target, input, options) => giveFeedback(begin(context, 'feedback.give', options), target, input),
})
