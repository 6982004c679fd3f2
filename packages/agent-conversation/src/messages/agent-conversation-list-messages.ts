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
import { vendorOf } from '../agent-conversation-vendor-options.ts'
import { type Found, fetchThread } from './agent-conversation-thread.ts'

/** The message after which a page begins. Its time stands in for it once it is gone. */
interface Anchor {
  after: string
  at: string | null
}

/** Nothing is cut unless it is asked for. */
const wholeThread = { default: Number.POSITIVE_INFINITY, max: Number.POSITIVE_INFINITY }

/** Everything in one page, unless a limit is given: then the thread is cut here. */
export async function listMessages(
  call: Call,
  conversationId: string,
  query: MessageQuery,
  cursor: string | undefined,
): Promise<Page<Found>> {
  const limit = checkLimit(call, query.limit, wholeThread)
  const order = checkWord(call, query.order, 'order', ['asc', 'desc']) ?? 'desc'
  const anchor = cursor === undefined ? undefined : decodeCursor(cursor, readAnchor)
  const withFeedbacks = vendorOf(query).withFeedbacks
  const thread = await fetchThread(call, conversationId, order, {
    shouldIncludeFeedbacks: withFeedbacks ? true : undefined,
  })
  const { warnings } = call.reading
  if (limit === wholeThread.default && anchor === undefined)
    return { items: thread, next: null, warnings, total: thread.length }

  call.reading.warn('degraded', `${call.vendor} sends a conversation whole, so each page of it reads all of it.`)
  const from = anchor ? placeAfter(thread, anchor, order) : 0
  const items = thread.slice(from, from + limit)
  const last = items.at(-1)
  const next =
    last && from + items.length < thread.length ? encodeCursor({ after: last.id, at: last.createdAt ?? null }) : null
  return { items, next, warnings, total: thread.length }
}

function placeAfter(thread: readonly Found[], { after, at }: Anchor, order: 'asc' | 'desc'): number {
  const place = thread.findLastIndex(({ id }) => id === after)
  if (place >= 0) return place + 1
  if (at === null) {
    throw new InvalidRequestError({
      message: 'The message at which the cursor stands is no longer there; begin again without it.',
      fields: [{ path: 'cursor', problem: 'is of a message that is gone' }],
    })
  }
  const isBeyond = ({ createdAt }: Found) => !!createdAt && (order === 'asc' ? createdAt > at : createdAt < at)
  const beyond = thread.findIndex(isBeyond)
  return beyond < 0 ? thread.length : beyond
}

function readAnchor(state: unknown): Anchor | undefined {
  if (!isRaw(state)) return undefined
  const { after, at } = state as { after?: unknown; at?: unknown }
  return typeof after === 'string' && (typeof at === 'string' || at === null) ? { after, at } : undefined
}
