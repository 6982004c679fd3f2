import { checkOptionalText, compact, paged, pathOf } from '@parley/core'
import type { LiveChatAIConversations } from '../livechatai-adapter.ts'
import { conversationIdOf } from '../livechatai-check.ts'
import { begin, type LiveChatAIContext, placeFor } from '../livechatai-context.ts'
import { createConversation } from './livechatai-create-conversation.ts'
import { changedConversation, fetchConversation, withContact } from './livechatai-fetch-conversation.ts'
import { listConversations } from './livechatai-list-conversations.ts'

export const createConversations = (context: LiveChatAIContext): LiveChatAIConversations => ({
  list: (query = {}, options) =>
    paged(
      (cursor, query, seen) =>
        listConversations(context, begin(context, 'conversations.list', options), query, cursor, seen),
      query,
      placeFor(context, 'conversations.list'),
    ),

  get: async (target, options) => {
    const call = begin(context, 'conversations.get', options)
    const conversation = await fetchConversation(call, conversationIdOf(call, target))
    return options?.withContact ? withContact(call, conversation) : conversation
  },

  create: async (input, options) => createConversation(context, begin(context, 'conversations.create', options), input),

  /** Without anybody named, the vendor takes the assigned teammate, else the workspace's owner ("conversations/end"). */
  close: async (target, options) => {
    const call = begin(context, 'conversations.close', options)
    const id = conversationIdOf(call, target)
    const body = compact<Record<string, unknown>>({
      userId: checkOptionalText(call, options?.operatorId, 'operatorId') ?? context.userId,
    })
    await call.request({ method: 'POST', path: pathOf`/conversations/${id}/end`, body })
    return changedConversation(call, id, { status: { value: 'closed', native: null } })
  },
})
