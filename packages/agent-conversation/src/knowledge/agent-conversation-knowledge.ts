import { checkId, ignoreOptions, paged, pathOf } from '@parley/core'
import type { AgentConversationKnowledge } from '../agent-conversation-adapter.ts'
import { type AgentConversationContext, begin, placeFor } from '../agent-conversation-context.ts'
import { addKnowledge } from './agent-conversation-add-knowledge.ts'
import { listKnowledge } from './agent-conversation-list-knowledge.ts'

export const createKnowledge = (context: AgentConversationContext): AgentConversationKnowledge => ({
  list: (query = {}, options) =>
    paged(
      (cursor, query) => listKnowledge(context, begin(context, 'knowledge.list', options), query, cursor),
      query,
      placeFor(context, 'knowledge.list'),
    ),

  add: async (input, options) => addKnowledge(context, begin(context, 'knowledge.add', options), input),

  /** One by one, because only that tells whether the file was there. */
  remove: async (target, options = {}) => {
    const call = begin(context, 'knowledge.remove', options)
    const id = checkId(call, target, 'item')
    ignoreOptions(call, options, ['knowledgeBaseId'], 'an agent has one collection.')
    await call.request({ method: 'DELETE', path: pathOf`/agent-files/${id}/delete`, expect: 'none' })
    return { id, confirmed: true }
  },
})
