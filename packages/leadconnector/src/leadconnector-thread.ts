import type { Call, SentThread } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { type LeadConnectorMessage, readMessagePage } from './leadconnector-message-page.ts'
import { leadConnectorPageSizes } from './leadconnector-page-sizes.ts'

/** Enough for whatever happened in a conversation since one message was sent. */
const mostPages = 20

/** What is looked at again and again is kept short: a question is among the newest messages. */
const pagesPerLook = 3

/**
 * The messages of a conversation, oldest first, from the newest back to the first one that is far enough.
 *
 * @param isFarEnough called for each message, from the newest on; the page that has one for which it is true is the last.
 */
export async function readThread(
  client: LeadConnectorClient,
  call: Call,
  conversationId: string,
  isFarEnough: (message: LeadConnectorMessage) => boolean,
  most = mostPages,
): Promise<SentThread<LeadConnectorMessage>> {
  const messages: LeadConnectorMessage[] = []
  const limit = leadConnectorPageSizes.messages.default
  let lastMessageId: string | undefined
  for (let pages = 0; pages < most; pages++) {
    const page = await readMessagePage(client, call, { conversationId, limit, lastMessageId })
    messages.push(...page.items)
    // Up to the end of the page, because messages without a time leave a page as it came.
    const isFar = page.items.filter(isFarEnough).length > 0
    if (isFar || page.next === null) return { messages: messages.reverse(), isComplete: isFar || page.isLast }
    if (page.next === lastMessageId) break
    lastMessageId = page.next
  }
  return { messages: messages.reverse(), isComplete: false }
}

/** The messages after a given one, oldest first; `undefined` when it does not show. No clock is involved. */
export async function readAfter(
  client: LeadConnectorClient,
  call: Call,
  conversationId: string,
  messageId: string,
): Promise<LeadConnectorMessage[] | undefined> {
  const isFarEnough = ({ id }: LeadConnectorMessage): boolean => id === messageId
  const { messages } = await readThread(client, call, conversationId, isFarEnough, pagesPerLook)
  const place = messages.findIndex(isFarEnough)
  return place < 0 ? undefined : messages.slice(place + 1)
}
