import { type Attempt, type Call, isParleyError, isRaw } from '@parley/core'
import { dataOf } from '../livechatai-unwrap.ts'
import { findSent, sameClock } from './livechatai-attempt.ts'
import { type Found, fetchThread, type Thread } from './livechatai-thread.ts'

/** What was sent, where it was found. */
export interface FoundBack {
  conversationId: string
  sent: Found
  thread: Thread
}

/** One look. `absent`: it is nowhere it could be; `unclear`: it cannot be told. */
export async function lookBack(
  call: Call,
  attempt: Attempt,
  agentId: string,
): Promise<FoundBack | 'absent' | 'unclear'> {
  const { conversationId } = attempt
  if (conversationId === null) return lookInNew(call, attempt, agentId)
  const thread = await fetchThread(call, conversationId)
  const sent = findSent(thread.messages, attempt)
  return typeof sent === 'string' ? sent : { conversationId, sent, thread }
}

/**
 * A question that opens a conversation is stored in one whose id is not known before it is answered: it is looked for
 * in the conversations that have been opened since.
 */
async function lookInNew(call: Call, attempt: Attempt, agentId: string): Promise<FoundBack | 'unclear'> {
  const started = Date.parse(attempt.startedAt)
  const query = { agentId, sort: 'desc', page: 1, perPage: 100 }
  const ids = await call.read({ path: '/conversations', query }, (body, reading) =>
    reading.items(dataOf(body)['conversations'], 'data.conversations', (raw) => {
      const createdAt = reading.time(raw, 'createdAt')
      const isNew = !!createdAt && Date.parse(createdAt) >= started - sameClock
      return isNew ? reading.id(raw) : undefined
    }),
  )
  const found: FoundBack[] = []
  for (const conversationId of ids.filter((id) => id !== undefined).slice(-mostLooks)) {
    const thread = await fetchThread(call, conversationId)
    const sent = findSent(thread.messages, attempt)
    if (typeof sent === 'object') found.push({ conversationId, sent, thread })
  }
  const [only, other] = found
  // Two people may ask the same within a second; whose question is ours, nothing tells.
  return only && !other ? only : 'unclear'
}

/** Conversations that are read in search of a question, of those opened since: the earliest ones. */
const mostLooks = 10

/**
 * Looks twice, because what was sent may still be on its way when the connection is lost.
 *
 * @returns `undefined`: not found in time.
 */
export async function readBack(call: Call, attempt: Attempt, agentId: string): Promise<FoundBack | undefined> {
  for (const pause of [1_000, 4_000]) {
    if (await call.wait(pause)) return undefined
    try {
      const found = await lookBack(call, attempt, agentId)
      if (isRaw(found)) return found as FoundBack
    } catch (error) {
      if (!isParleyError(error)) throw error
    }
  }
  return undefined
}
