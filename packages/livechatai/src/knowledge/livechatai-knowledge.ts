import { paged } from '@parley/core'
import type { LiveChatAIKnowledge } from '../livechatai-adapter.ts'
import { begin, type LiveChatAIContext, placeFor } from '../livechatai-context.ts'
import { addKnowledge } from './livechatai-add-knowledge.ts'
import { listKnowledge } from './livechatai-list-knowledge.ts'
import { removeKnowledge } from './livechatai-remove-knowledge.ts'

export const createKnowledge = (context: LiveChatAIContext): LiveChatAIKnowledge => ({
  list: (query = {}, options) =>
    paged(
      (cursor, query, seen) => listKnowledge(context, begin(context, 'knowledge.list', options), query, cursor, seen),
      query,
      placeFor(context, 'knowledge.list'),
    ),
  add: async (input, options) => addKnowledge(context, begin(context, 'knowledge.add', options), input),
  remove: async (target, options) =>
    removeKnowledge(context, begin(context, 'knowledge.remove', options), target, options),
})
