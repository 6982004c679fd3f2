import type { MessageQuery } from '../contract/options.ts'
import type { Page } from '../contract/results.ts'
import { InvalidRequestError } from '../errors/kinds.ts'
import { checkLimit, checkWord } from '../input/check.ts'
import type { Message } from '../model/message.ts'
import { isRecord } from '../read/reading.ts'
import type { Call } from '../transport/protocol.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

/** The message after which a page begins. Its time is used once the message no longer exists. */
interface Anchor {
  after: string
  at: string | null
}

/** Without a limit, the whole thread is one page. */
const uncut = { default: Number.POSITIVE_INFINITY, max: Number.POSITIVE_INFINITY }

/** A list of messages at a vendor that returns only whole conversations. */
export interface WholeThread {
  order: 'asc' | 'desc'
  /** @param thread all messages, in `order`. */
  pageOf<M extends Message>(thread: M[]): Page<M>
}

/**
 * Checks a query before any request, then splits the thread into pages. Without a limit, the whole thread is one page.
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
      call.reading.warn(
        'degraded',
        `${call.vendor} returns whole conversations only, so each page reads all messages again.`,
      )
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
      message: 'The message that the cursor points at no longer exists. Start again without a cursor.',
      fields: [{ path: 'cursor', problem: 'points at a message that no longer exists' }],
    })
  }
  const isBeyond = ({ createdAt }: Message) => !!createdAt && (order === 'asc' ? createdAt > at : createdAt < at)
  const beyond = thread.findIndex(isBeyond)
  return beyond < 0 ? thread.length : beyond
}

function readAnchor(state: unknown): Anchor | undefined {
  if (!isRecord(state)) return undefined
  const { after, at } = state as { after?: unknown; at?: unknown }
  return typeof after === 'string' && (typeof at === 'string' || at === null) ? { after, at } : undefined
}

/**
 * Splits a list that the vendor sends whole into pages. The cursor is an index, because items may have no id.
 *
 * @returns a function that takes the whole list and returns the page. Limit and cursor are checked before, so that a wrong
 * one costs no request.
 * @throws InvalidRequestError
 */
export function pageOfWhole(
  call: Call,
  limit: number | undefined,
  cursor: string | undefined,
): <Item>(all: readonly Item[]) => Page<Item> {
  const from = cursor === undefined ? 0 : decodeCursor(cursor, readFrom)
  const size = checkLimit(call, limit, uncut)
  return (all) => {
    const items = all.slice(from, from + size)
    const end = from + items.length
    const next = end < all.length ? encodeCursor({ from: end }) : null
    return { items, next, warnings: call.reading.warnings, total: all.length }
  }
}

const readFrom = (state: unknown): number | undefined =>
  isRecord(state) && Number.isSafeInteger(state['from']) && (state['from'] as number) > 0
    ? (state['from'] as number)
    : undefined
