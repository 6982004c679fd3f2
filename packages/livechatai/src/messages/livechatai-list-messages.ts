import { type Call, type MessageQuery, type Page, wholeThread } from '@parley/core'
import { inputOf } from '../livechatai-check.ts'
import { type Found, fetchThread } from './livechatai-thread.ts'

/** Everything in one page, unless a limit is given: then the thread is cut here. */
export async function listMessages(
  call: Call,
  conversationId: string,
  given: MessageQuery,
  cursor: string | undefined,
): Promise<Page<Found>> {
  const { order, pageOf } = wholeThread(call, inputOf(call, given), cursor)
  const { messages } = await fetchThread(call, conversationId)
  return pageOf(order === 'desc' ? messages.reverse() : messages)
}
