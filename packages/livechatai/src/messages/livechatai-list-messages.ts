import { type Call, checkInput, type MessageQuery, type Page, wholeThread } from '@parley/core'

import { type Found, fetchThread } from './livechatai-thread.ts'

/** Everything in one page, unless a limit is given: then the thread is cut here. */
export async function listMessages(
  call: Call,
  conversationId: string,
  given: MessageQuery,
  cursor: string | undefined,
): Promise<Page<Found>> {
  const { order, pageOf } = wholeThread(call, checkInput(call, given), cursor)
  const { messages } = await fetchThread(call, conversationId)
  return pageOf(order === 'desc' ? messages.reverse() : messages)
}
