import { type Call, checkInput, type MessageQuery, type Page, vendorOptions, wholeThread } from '@parley/core'

import { type Found, fetchThread } from './livechatai-thread.ts'

/** Everything in one page, unless a limit is given: then the thread is cut here. */
export async function listMessages(
  call: Call,
  conversationId: string,
  given: MessageQuery,
  cursor: string | undefined,
): Promise<Page<Found>> {
  const query = checkInput(call, given)
  vendorOptions(call, query.vendor, {})
  const { order, pageOf } = wholeThread(call, query, cursor)
  const { messages } = await fetchThread(call, conversationId)
  return pageOf(order === 'desc' ? messages.reverse() : messages)
}
