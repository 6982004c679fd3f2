import { type Call, isRaw, type Message, pathOf, type Query, Unreadable } from '@parley/core'
import { readMessage } from '../read/read-agent-conversation-message.ts'
import type { AgentConversationRawMessage } from '../wire/index.ts'

export type Found = Message<AgentConversationRawMessage>

/** "List messages": the whole thread, for there is neither paging nor a filter. */
export async function fetchThread(
  call: Call,
  conversationId: string,
  order: 'asc' | 'desc',
  query: Query = {},
): Promise<Found[]> {
  const spec = {
    path: pathOf`/conversations/${conversationId}/messages`,
    query: { ...query, orderDirection: order === 'asc' ? 'ASC' : 'DESC' },
  }
  const thread = await call.read(spec, (body, reading) => {
    if (!isRaw(body)) throw new Unreadable('messages')
    return reading.items(body['messages'], 'messages', (raw) => readMessage(raw, reading, conversationId))
  })
  return inOrder(thread, order)
}

/** The vendor orders them; only where it did not is it done here. A message without a time stays where it came. */
function inOrder(thread: Found[], order: 'asc' | 'desc'): Found[] {
  const sign = order === 'asc' ? 1 : -1
  const compare = (a: Found, b: Found): number => {
    const [first, second] = [a.createdAt ?? '', b.createdAt ?? '']
    return first === second ? 0 : first < second ? -sign : sign
  }
  for (let index = 1; index < thread.length; index++) {
    const [previous, message] = [thread[index - 1] as Found, thread[index] as Found]
    if (compare(previous, message) <= 0) continue
    return thread.every(({ createdAt }) => createdAt) ? thread.sort(compare) : thread
  }
  return thread
}

/**
 * The answer to a question: what names it, else the agent's next message before the contact speaks again.
 *
 * @param thread oldest first.
 */
export function answerIn(thread: readonly Found[], questionId: string): Found | undefined {
  const named = thread.filter(({ inReplyTo }) => inReplyTo === questionId)
  const answer = named.find(({ author }) => author.kind === 'agent') ?? named[0]
  if (answer) return answer
  const place = thread.findIndex(({ id }) => id === questionId)
  for (const message of place < 0 ? [] : thread.slice(place + 1)) {
    if (message.author.kind === 'contact') return undefined
    if (message.author.kind === 'agent' && message.inReplyTo === undefined) return message
  }
  return undefined
}
