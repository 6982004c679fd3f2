import { decodeCursor, encodeCursor, isRaw, readTimestamp } from '@parley/core'

/**
 * Where a list of conversations stands.
 *
 * The vendor continues after a value (`startAfterDate`), and conversations that share it are skipped or repeated. So the
 * next page begins one millisecond before, and what was given out already (`given`) is left away. When a whole page
 * shares one value, the vendor's complete `sort` array tells them apart.
 */
export interface ConversationPosition {
  /** The `sort` value of the last conversation, in milliseconds. */
  at: number
  /** Ids given out within a millisecond of `at`. */
  given: string[]
  /** The complete `sort` array, when it is needed. */
  sort: number[] | null
  /** How many conversations were given out up to here. */
  seen: number
}

export type Order = 'asc' | 'desc'

/** A value that lies before this one in reading order. */
export const oneBefore = (at: number, order: Order): number => (order === 'desc' ? at + 1 : at - 1)

/** Whether a value comes later in reading order than another. */
export const isLater = (value: number, other: number, order: Order): boolean =>
  order === 'desc' ? value < other : value > other

/** What a conversation is ordered by. */
export function sortValue(raw: unknown): number | undefined {
  if (!isRaw(raw)) return undefined
  const first = Array.isArray(raw['sort']) ? raw['sort'][0] : undefined
  if (typeof first === 'number') return first
  const instant = readTimestamp(first ?? raw['lastMessageDate'])
  return instant === undefined ? undefined : Date.parse(instant)
}

/** Where the list stands after a page that is not the last. `undefined`: nothing on it says where. */
export function positionAfter(
  raws: readonly unknown[],
  before: ConversationPosition | undefined,
  seen: number,
): ConversationPosition | undefined {
  const last = raws.findLast((raw) => sortValue(raw) !== undefined)
  const at = sortValue(last)
  if (at === undefined) return undefined
  const given = new Set(before && Math.abs(before.at - at) <= 1 ? before.given : [])
  for (const raw of raws) {
    const value = sortValue(raw)
    if (value === undefined || Math.abs(value - at) > 1) continue
    if (isRaw(raw) && typeof raw['id'] === 'string') given.add(raw['id'])
  }
  const tied = raws.every((raw) => (sortValue(raw) ?? at) === at)
  return { at, given: [...given].sort(), sort: tied ? completeSort(last) : null, seen }
}

function completeSort(raw: unknown): number[] | null {
  const sort = isRaw(raw) ? raw['sort'] : undefined
  return Array.isArray(sort) && sort.length > 1 && sort.every((value) => typeof value === 'number') ? sort : null
}

export const encodePosition = ({ at, given, sort, seen }: ConversationPosition): string =>
  encodeCursor([at, given, sort, seen])

/** @throws InvalidRequestError when the cursor is none of this list. */
export const decodePosition = (cursor: string): ConversationPosition =>
  decodeCursor(cursor, (state) => {
    if (!Array.isArray(state) || state.length !== 4) return undefined
    const [at, given, sort, seen] = state as unknown[]
    if (typeof at !== 'number' || !Array.isArray(given) || !given.every((id) => typeof id === 'string'))
      return undefined
    if (typeof seen !== 'number') return undefined
    if (sort === null) return { at, given, sort, seen }
    return Array.isArray(sort) && sort.every((value) => typeof value === 'number')
      ? { at, given, sort, seen }
      : undefined
  })
