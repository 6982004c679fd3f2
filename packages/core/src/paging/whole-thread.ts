import type { MessageQuery } from '../contract/options.ts'
import type { Page } from '../contract/paged.ts'
import { InvalidRequestError } from '../errors/kinds.ts'
import { checkLimit, checkWord } from '../input/check.ts'
import type { Message } from '../model/message.ts'
import { isRaw } from '../read/reading.ts'
import type { Call } from '../transport/call.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

/** The message after which a page begins. Its time stands in for it once it is gone. */
interface Anchor {
  after: string
  at: string | null
}

/** Nothing is cut unless it is asked for. */
const uncut = { default: Number.POSITIVE_INFINITY, max: Number.POSITIVE_INFINITY }

/** A list of messages at a vendor that only sends a conversation whole. */
export interface WholeThread {
  order: 'asc' | 'desc'
  /** @param thread all messages, in `order`. */
  pageOf<M extends Message>(thread: M[]): Page<M>
}

/**
 * Checks a query before anything is requested, and then cuts the thread: everything is one page, unless a limit is given.
 *
 * @throws InvalidRequestError
 */
export function wholeThread(call: Call, query: MessageQuery, cursor: string | undefined): WholeThread {
  const limit = checkLimit(call, query.limit, uncut)
  const order = checkWord(call, query.order, 'order', ['asc', 'desc']) ?? 'desc'
  const anchor = cursor === undefined ? undefined : decodeCursor(cursor, readAnchor)
  return {
    order,
    pageOf(thread) {
      const { warnings } = call.reading
      const total = thread.length
      if (limit === uncut.default && !anchor) return { items: thread, next: null, warnings, total }
      call.reading.warn('degraded', `${call.vendor} sends a conversation whole, so each page of it reads all of it.`)
      const from = anchor ? placeAfter(thread, anchor, order) : 0
      const items = thread.slice(from, from + limit)
      const last = items.at(-1)
      const goesOn = last !== undefined && from + items.length < total
      const next = goesOn ? encodeCursor({ after: last.id, at: last.createdAt ?? null }) : null
      return { items, next, warnings, total }
    },
  }
}

function placeAfter(thread: readonly Message[], { after, at }: Anchor, order: 'asc' | 'desc'): number {
  const place = thread.findLastIndex(({ id }) => id === after)
  if (place >= 0) return place + 1
  if (at === null) {
    throw new InvalidRequestError({
      message: 'The message at which the cursor stands no longer exists. Start again without the cursor.',
      fields: [{ path: 'cursor', problem: 'points at a message that no longer exists' }],
    })
  }
  const isBeyond = ({ createdAt }: Message) => !!createdAt && (order === 'asc' ? createdAt > at : createdAt < at)
  const beyond = thread.findIndex(isBeyond)
  return beyond < 0 ? thread.length : beyond
}

function readAnchor(state: unknown): Anchor | undefined {
  if (!isRaw(state)) return undefined
  const { after, at } = state as { after?: unknown; at?: unknown }
  return typeof after === 'string' && (typeof at === 'string' || at === null) ? { after, at } : undefined
}
