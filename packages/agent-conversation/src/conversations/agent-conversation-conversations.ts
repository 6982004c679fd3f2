import {
  checkId,
  checkInput,
  checkOptionalText,
  compact,
  ignoreOptions,
  invalid,
  paged,
  vendorOptions,
} from '@parley/core'
import type { AgentConversationConversations } from '../agent-conversation-adapter.ts'
import { optionalObject } from '../agent-conversation-check.ts'
import { type AgentConversationContext, begin, placeFor } from '../agent-conversation-context.ts'
import { contextLength, titleLength } from '../agent-conversation-limits.ts'
import { isEntityMissing } from '../agent-conversation-protocol.ts'
import { fetchConversation, requestConversation } from './agent-conversation-fetch-conversation.ts'
import { listConversations } from './agent-conversation-list-conversations.ts'
import { startConversation } from './agent-conversation-start-conversation.ts'
import { updateConversation } from './agent-conversation-update-conversation.ts'

export const createConversations = (context: AgentConversationContext): AgentConversationConversations => ({
  list: (query = {}, options) =>
    paged(
      (cursor, query, seen) =>
        listConversations(context, begin(context, 'conversations.list', options), query, cursor, seen),
      query,
      placeFor(context, 'conversations.list'),
    ),

  // The contact comes with every conversation, so `withContact` asks for nothing more.
  get: async (target, options) => {
    const call = begin(context, 'conversations.get', options)
    return fetchConversation(context, call, checkId(call, target, 'conversation'))
  },

  create: async (newConversation, options) => {
    const call = begin(context, 'conversations.create', options)
    const input = checkInput(call, newConversation)
    vendorOptions(call, input.vendor, {})
    if (input.contact === null)
      throw invalid(call, 'contact', 'is required: this vendor opens conversations with existing contacts only')
    const body = compact<Record<string, unknown>>({
      conversationUserId: checkId(call, input.contact, 'contact'),
      title: checkOptionalText(call, input.title, 'title', titleLength),
      context: checkOptionalText(call, input.context, 'context', contextLength),
      customData: optionalObject(call, input.customFields, 'customFields'),
      conversationStateId: checkOptionalText(call, input.stateId, 'stateId'),
    })
    ignoreOptions(call, input, ['channel'], 'a conversation opened here belongs to the API.')
    return requestConversation(context, call, { method: 'POST', path: '/conversations', body })
  },

  start: async (input, options) => startConversation(context, begin(context, 'conversations.start', options), input),

  update: async (target, input, options) => {
    const call = begin(context, 'conversations.update', options)
    return updateConversation(context, call, checkId(call, target, 'conversation'), input)
  },

  deleteAllOf: async (target, options) => {
    const call = begin(context, 'conversations.deleteAllOf', options)
    const id = checkId(call, target, 'contact')
    try {
      const body = { conversationUserId: id }
      await call.request({ method: 'DELETE', path: '/conversations', body, expect: 'none', idempotent: false })
    } catch (error) {
      // An unknown contact has no conversations: done. Any other 404 may have deleted nothing.
      if (!isEntityMissing(error)) throw error
    }
    // The same answer comes whether there was anything or not ("Delete all of a user's conversations").
    return { id, confirmed: false }
  },
})
