import {
  type Call,
  flag,
  type MessageQuery,
  type OptionRules,
  type Page,
  vendorOptions,
  wholeThread,
} from '@parley/core'
import type { AgentConversationVendorOptions } from '../agent-conversation-vendor-options.ts'
import { type Found, fetchThread } from './agent-conversation-thread.ts'

const ownOptions: OptionRules<AgentConversationVendorOptions['messages.list']> = { withFeedbacks: flag }

/** Everything in one page, unless a limit is given: then the thread is cut here. */
export async function listMessages(
  call: Call,
  conversationId: string,
  query: MessageQuery,
  cursor: string | undefined,
): Promise<Page<Found>> {
  const { withFeedbacks } = vendorOptions(call, query.vendor, ownOptions)
  const { order, pageOf } = wholeThread(call, query, cursor)
  const thread = await fetchThread(call, conversationId, order, {
    shouldIncludeFeedbacks: withFeedbacks ? true : undefined,
  })
  return pageOf(thread)
}
