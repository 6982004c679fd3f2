import { mayPass } from '../errors/kinds.ts'
import { isParleyError, type ParleyError } from '../errors/parley-error.ts'
import type { Message } from '../model/message.ts'
import { farEnoughFor, findSent, type SentFound, type SentThread } from './find-sent.ts'
import type { Search } from './sent-reader.ts'

/** What was sent, where it was found. */
export interface FoundBack<M extends Message = Message, T extends SentThread<M> = SentThread<M>> {
  conversationId: string
  message: M
  thread: T
}

/**
 * One look for what an attempt sent.
 *
 * @returns what `findSent` says; without a known conversation, only ever that it was found or may be there.
 */
export async function lookBack<M extends Message, T extends SentThread<M>>(
  search: Search<M, T>,
): Promise<FoundBack<M, T> | Exclude<SentFound<M>, object>> {
  const { attempt, call, reader } = search
  if (attempt.conversationId !== null) return lookIn(attempt.conversationId, search)
  const found: FoundBack<M, T>[] = []
  for (const conversationId of (await reader.findConversations?.(call, attempt)) ?? []) {
    const here = await lookIn(conversationId, search)
    if (typeof here === 'object') found.push(here)
  }
  // Two people may ask the same at the same time; whose question is ours, nothing says.
  const [only, another] = found
  return only && !another ? only : 'open'
}

async function lookIn<M extends Message, T extends SentThread<M>>(
  conversationId: string,
  search: Search<M, T>,
): Promise<FoundBack<M, T> | Exclude<SentFound<M>, object>> {
  const { attempt, call, reader } = search
  const { warnings } = call.reading
  const before = warnings.length
  const read = await reader.readThread(call, conversationId, farEnoughFor(attempt))
  // An item that cannot be read may be the one that is looked for.
  const isComplete = read.isComplete && !warnings.slice(before).some(({ code }) => code === 'bad-item')
  const thread = { ...read, isComplete }
  const sent = await findSent(thread, search)
  return typeof sent === 'string' ? sent : { conversationId, message: sent.message, thread }
}

/** Waits before each look, in milliseconds: what was sent may still be on its way when the connection is lost. */
const pauses = [1_000, 2_000, 4_000]

/**
 * Looks for what was sent after a send that was not answered. Sends nothing, and fails only with the caller's own signal.
 *
 * @param onError told each failure of a look; may throw one that explains why the send failed.
 * @returns `undefined`: not found in time. It may be there all the same.
 */
export async function readBack<M extends Message, T extends SentThread<M>>(
  search: Omit<Search<M, T>, 'otherMessageIds'>,
  onError?: (error: ParleyError) => void,
): Promise<FoundBack<M, T> | undefined> {
  for (const pause of pauses) {
    if (await search.call.wait(pause)) return undefined
    try {
      const found = await lookBack({ ...search, otherMessageIds: [] })
      if (typeof found === 'object') return found
    } catch (error) {
      if (!isParleyError(error)) throw error
      onError?.(error)
      // One look that cannot be read says nothing about the next; a refusal stays one.
      if (!mayPass(error) && error.code !== 'response' && error.code !== 'not-found') return undefined
    }
  }
  return undefined
}
