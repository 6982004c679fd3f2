import {
  type Call,
  checkLimit,
  checkWord,
  decodeCursor,
  encodeCursor,
  InvalidRequestError,
  isRaw,
  type MessageQuery,
  type Page,
} from '@parley/core'
import { inputOf } from '../livechatai-check.ts'
import { type Found, fetchThread } from './livechatai-thread.ts'

/** There is no paging, so any number of messages can be asked for. */
const anySize = { default: Number.POSITIVE_INFINITY, max: Number.POSITIVE_INFINITY }

/** The message after which a page begins. Its time stands in for it once it is gone. */
interface Anchor {
  after: string
  at: string | null
}

/** Everything in one page, unless a limit is given: then the thread is cut here. */
export async function listMessages(
  call: Call,
  conversationId: string,
  given: MessageQuery,
  cursor: string | undefined,
): Promise<Page<Found>> {
  const query = inputOf(call, given)
  const limit = query.limit === undefined ? undefined : checkLimit(call, query.limit, anySize)
  const order = checkWord(call, query.order, 'order', ['asc', 'desc']) ?? 'desc'
  const anchor = cursor === undefined ? undefined : decodeCursor(cursor, readAnchor)
  const { messages } = await fetchThread(call, conversationId)
  if (order === 'desc') messages.reverse()
  const { warnings } = call.reading
  const total = messages.length
  if (limit === undefined && anchor === undefined) return { items: messages, next: null, warnings, total }

  call.reading.warn('degraded', `${call.vendor} sends a conversation whole, so each page of it reads all of it.`)
  const from = anchor ? placeAfter(messages, anchor, order) : 0
  const items = messages.slice(from, limit === undefined ? undefined : from + limit)
  const last = items.at(-1)
  const goesOn = last !== undefined && from + items.length < total
  const next = goesOn ? encodeCursor({ after: last.id, at: last.createdAt ?? null }) : null
  return { items, next, warnings, total }
}

function placeAfter(messages: readonly Found[], { after, at }: Anchor, order: 'asc' | 'desc'): number {
  const place = messages.findLastIndex(({ id }) => id === after)
  if (place >= 0) return place + 1
  if (at === null) {
    throw new InvalidRequestError({
      message: 'The message at which the cursor stands is no longer there; begin again without it.',
      fields: [{ path: 'cursor', problem: 'is of a message that is gone' }],
    })
  }
  const isBeyond = ({ createdAt }: Found) => !!createdAt && (order === 'asc' ? createdAt > at : createdAt < at)
  const beyond = messages.findIndex(isBeyond)
  return beyond < 0 ? messages.length : beyond
}

function readAnchor(state: unknown): Anchor | undefined {
  if (!isRaw(state)) return undefined
  const { after, at } = state as { after?: unknown; at?: unknown }
  return typeof after === 'string' && (typeof at === 'string' || at === null) ? { after, at } : undefined
}
