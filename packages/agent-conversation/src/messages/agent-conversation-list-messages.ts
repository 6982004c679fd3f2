import { type Call, type MessageQuery, type Page, wholeThread } from '@parley/core'
import { vendorOf } from '../agent-conversation-vendor-options.ts'
import { type Found, fetchThread } from './agent-conversation-thread.ts'

/** Everything in one page, unless a limit is given: then the thread is cut here. */
export async function listMessages(
  call: Call,
  conversationId: string,
  query: MessageQuery,
  cursor: string | undefined,
): Promise<Page<Found>> {
  const { order, pageOf } = wholeThread(call, query, cursor)
  const { withFeedbacks } = vendorOf(query)
  const thread = await fetchThread(call, conversationId, order, {
    shouldIncludeFeedbacks: withFeedbacks ? true : undefined,
  })
  return pageOf(thread)
}
