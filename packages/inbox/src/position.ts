import { decodeCursor, encodeCursor } from '@parley/core'

/** What a merged list is ordered by: the time, newest first, then the ref. An item without a time has `''` and comes last. */
export interface Place {
  at: string
  ref: string
}

/** Negative if the first place comes before the second. */
export const inOrder = (a: Place, b: Place): number => compare(b.at, a.at) || compare(a.ref, b.ref)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * An account's position in a merged list: its open pages, one after another. There are several where items of the same time
 * are on both sides of the end of a page.
 *
 * A vendor's page is often only partly used. The page is then read again, and the items that were already returned are
 * dropped: all up to the place of the last one. A place is used rather than an index, because new activity shifts the
 * indexes between two reads, and rather than a list of refs, because a page can have hundreds of items without a time. If a
 * vendor repeats an item on a later page, the vendor's list drops it.
 */
export interface Position {
  /** The vendor's cursor of the first open page. `null`: the first page. */
  cursor: string | null
  /**
   * The place of the last returned item, for each open page. `null`: none yet. Each page has its own, because a page that is
   * opened later can have an item that precedes those returned before it, if the vendor does not list the newest first.
   */
  lasts: readonly (Place | null)[]
  done: boolean
}

export const start: Position = { cursor: null, lasts: [null], done: false }

/** The most open pages, which bounds the requests and the memory for items of the same time. */
export const mostOpen = 5

export const wasGiven = (last: Place | null | undefined, place: Place): boolean =>
  last != null && inOrder(place, last) <= 0

export const encodePositions = (positions: ReadonlyMap<string, Position>): string =>
  encodeCursor(
    [...positions].map(([name, { cursor, lasts, done }]) => [
      name,
      cursor,
      lasts.map((last) => last && [last.at, last.ref]),
      done,
    ]),
  )

/** @throws InvalidRequestError when the cursor was not issued by an inbox. */
export const decodePositions = (cursor: string): Map<string, Position> =>
  decodeCursor(cursor, (state) => {
    if (!Array.isArray(state)) return undefined
    const positions = new Map<string, Position>()
    for (const entry of state) {
      const position = readPosition(entry)
      if (!position) return undefined
      positions.set(...position)
    }
    return positions
  })

function readPosition(entry: unknown): [string, Position] | undefined {
  if (!Array.isArray(entry)) return undefined
  const [name, cursor, given, done] = entry as unknown[]
  if (typeof name !== 'string' || typeof done !== 'boolean') return undefined
  if (cursor !== null && typeof cursor !== 'string') return undefined
  if (!Array.isArray(given) || given.length === 0 || given.length > mostOpen) return undefined
  const lasts = given.map(readPlace)
  return lasts.every((last) => last !== undefined) ? [name, { cursor, lasts, done }] : undefined
}

function readPlace(value: unknown): Place | null | undefined {
  if (value === null) return null
  if (!Array.isArray(value)) return undefined
  const [at, ref] = value as unknown[]
  return typeof at === 'string' && typeof ref === 'string' ? { at, ref } : undefined
}
