import {
  type Conversation,
  type ConversationQuery,
  decodeCursor,
  encodeCursor,
  isRecord,
  type JsonValue,
  type ListQuery,
  type Page,
  type Paged,
  paged,
  pagedOf,
} from '@parley/core'
import type { Side } from './ids.ts'

const sides = ['from', 'to'] as const

interface Place {
  vendor: string
  account: string
  operation: string
}

/** Reads a page of one side. `undefined` as `cursor`: the first one. */
export type ReadSide<Item, Query> = (side: Side, query: Query & { cursor?: string }) => Promise<Page<Item>>

/** A list with every page and every item changed. */
export const mappedList = <Item>(
  list: () => Paged<Item>,
  change: <T>(value: T) => T,
  first: () => Promise<Page<Item>>,
): Paged<Item> =>
  pagedOf<Item>({
    first: async () => change(await first()),
    async *pages() {
      for await (const page of list().pages()) yield change(page)
    },
    async *items() {
      for await (const item of list()) yield change(item)
    },
  })

/** The list of `from`, and then that of `to`. */
export function joinedList<Item, Query extends ListQuery>(
  place: Place,
  query: Query | undefined,
  asked: readonly Side[],
  read: ReadSide<Item, Query>,
): Paged<Item> {
  return paged<Item, Page<Item>, Query>(
    async (position, own) => {
      const [side, cursor] =
        position === undefined
          ? [asked[0], undefined]
          : decodeCursor(position, (state): [Side, string | undefined] | undefined => {
              const [side, cursor] = Array.isArray(state) ? (state as JsonValue[]) : []
              if (side !== 'from' && side !== 'to') return undefined
              return [side, typeof cursor === 'string' ? cursor : undefined]
            })
      if (!side) return { items: [], next: null, warnings: [] }
      const { total: _, ...page } = await read(side, withCursor(own, cursor))
      const following = asked[asked.indexOf(side) + 1]
      const next: JsonValue | undefined = page.next === null ? following && [following] : [side, page.next]
      return { ...page, next: next ? encodeCursor(next) : null }
    },
    query,
    place,
  )
}

const withCursor = <Query extends ListQuery>(query: Query, cursor: string | undefined): Query & { cursor?: string } => {
  const { cursor: _, ...rest } = query
  return { ...rest, ...(cursor !== undefined && { cursor }) } as Query & { cursor?: string }
}

/** Where the list of one side goes on: at a page, after the items of it that were returned. */
interface Position {
  cursor?: string
  /** The last item of this page that was returned, and its time. */
  last?: { id: string; at: string | null }
}
/** `null`: the side has no more. */
type Positions = Record<Side, Position | null>

/**
 * The conversations of both sides by last activity. A page is short where one side has to be read on. If a side fails, the
 * list fails: a customer who waits there must not be missing without a word.
 */
export function mergedConversations(
  place: Place,
  query: ConversationQuery | undefined,
  asked: readonly Side[],
  read: ReadSide<Conversation, ConversationQuery>,
): Paged<Conversation> {
  return paged<Conversation, Page<Conversation>, ConversationQuery>(
    async (position, own) => {
      const start: Positions = {
        from: asked.includes('from') ? {} : null,
        to: asked.includes('to') ? {} : null,
      }
      const positions = position === undefined ? start : decodeCursor(position, positionsIn)
      const isFirst = comparing(own.order ?? 'desc')
      const pages = await Promise.all(
        sides.map(async (side) => {
          const at = positions[side]
          if (!at) return undefined
          const page = await read(side, withCursor(own, at.cursor))
          return { side, page, left: unread(page.items, at, isFirst), taken: at }
        }),
      )
      const open = pages.filter((page) => page !== undefined)
      const items: Conversation[] = []
      const most = own.limit ?? Math.max(0, ...open.map(({ page }) => page.items.length))
      while (items.length < most) {
        // Without the rest of its list, nothing is known about what comes next.
        const ended = open.find(({ left, page }) => left.length === 0 && page.next !== null)
        const heads = open.filter(({ left }) => left.length > 0)
        if (ended || heads.length === 0) break
        const best = heads.reduce((one, other) => (isFirst(other.left[0], one.left[0]) ? other : one))
        const item = best.left.shift() as Conversation
        items.push(item)
        best.taken = { ...best.taken, last: { id: item.id, at: item.lastActivityAt ?? null } }
      }
      const next: Positions = { from: null, to: null }
      for (const { side, page, left, taken } of open)
        next[side] = left.length > 0 ? taken : page.next === null ? null : { cursor: page.next }
      const unapplied = [...new Set(open.flatMap(({ page }) => page.unapplied ?? []))]
      return {
        items,
        next: next.from || next.to ? encodeCursor(next as unknown as JsonValue) : null,
        warnings: open.flatMap(({ page }) => page.warnings),
        ...(unapplied.length > 0 && { unapplied }),
      }
    },
    query,
    place,
  )
}

type IsFirst = (one: Conversation | undefined, other: Conversation | undefined) => boolean

/** Those without a time come last. */
const comparing =
  (order: 'asc' | 'desc'): IsFirst =>
  (one, other) => {
    const [first, second] = [one?.lastActivityAt, other?.lastActivityAt]
    if (!first || !second) return !!first && !second
    return order === 'desc' ? first > second : first < second
  }

/** The items of a page that were not returned yet. The list may have moved since the page was read before. */
function unread(items: readonly Conversation[], { last }: Position, isFirst: IsFirst): Conversation[] {
  if (!last) return [...items]
  const index = items.findIndex(({ id }) => id === last.id)
  if (index >= 0 && (items[index]?.lastActivityAt ?? null) === last.at) return items.slice(index + 1)
  const then = { lastActivityAt: last.at } as Conversation
  return items.filter((item) => item.id !== last.id && !isFirst(item, then))
}

function positionsIn(state: JsonValue): Positions | undefined {
  if (!isRecord(state)) return undefined
  const read = (side: Side): Position | null | undefined => {
    const value = state[side]
    if (value === null) return null
    if (!isRecord(value)) return undefined
    const { cursor, last } = value
    const { id, at } = isRecord(last) ? last : {}
    return {
      ...(typeof cursor === 'string' && { cursor }),
      ...(typeof id === 'string' && { last: { id, at: typeof at === 'string' ? at : null } }),
    }
  }
  const [from, to] = [read('from'), read('to')]
  return from === undefined || to === undefined ? undefined : { from, to }
}
