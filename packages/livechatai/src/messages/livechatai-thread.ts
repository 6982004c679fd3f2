import { type Call, type Control, type Message, pathOf, type Raw, type Reading, type SentThread } from '@parley/core'
import { dataOf } from '../livechatai-unwrap.ts'
import { readControl } from '../read/read-livechatai-control.ts'
import { readMessage } from '../read/read-livechatai-message.ts'
import type { LiveChatAIRawMessage } from '../wire/index.ts'

export type Found = Message<LiveChatAIRawMessage>

/** A conversation as far as speaking in it needs to know it. */
export interface Thread extends SentThread<Found> {
  control: Control
  contactId: string | null
}

/** "conversations/retrieve": all messages, for there is neither paging nor a filter. */
export const fetchThread = (call: Call, conversationId: string): Promise<Thread> =>
  call.read({ path: pathOf`/conversations/${conversationId}` }, (body, reading) => {
    const data = dataOf(body)
    return {
      messages: inOrder(readMessages(data, reading, conversationId)),
      isComplete: Array.isArray(data['messages']),
      control: readControl(data, reading),
      contactId: reading.text(data, 'contactId') ?? null,
    }
  })

function readMessages(data: Raw, reading: Reading, conversationId: string): Found[] {
  const messages = data['messages']
  if (messages !== undefined && messages !== null)
    return reading.items(messages, 'data.messages', (raw) => readMessage(raw, reading, conversationId))
  reading.warn('degraded', `${reading.vendor} sent the conversation without its messages; it may have some.`)
  return []
}

/**
 * The order is not documented. Messages of one instant stay as they came, and one without a time stays behind the
 * message that it came after.
 */
function inOrder(messages: Found[]): Found[] {
  let last = ''
  let isSorted = true
  for (const { createdAt } of messages) {
    if (!createdAt) continue
    if (createdAt < last) isSorted = false
    last = createdAt
  }
  if (isSorted) return messages
  let at = ''
  const timed = messages.map((message) => {
    at = message.createdAt || at
    return { message, at }
  })
  return timed.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1)).map(({ message }) => message)
}

/**
 * The answer to a question: the agent's next message before the contact speaks again.
 *
 * @param messages oldest first.
 */
export function answerIn(messages: readonly Found[], questionId: string): Found | undefined {
  const place = messages.findIndex(({ id }) => id === questionId)
  for (const message of place < 0 ? [] : messages.slice(place + 1)) {
    if (message.author.kind === 'contact') return undefined
    if (message.author.kind === 'agent') return message
  }
  return undefined
}
