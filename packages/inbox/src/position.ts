import { decodeCursor, encodeCursor, fingerprint, isRecord } from '@parley/core'

/**
 * An account's position in a merged list.
 *
 * A vendor's page is often only partly used. The page is then read again, and the items that were already returned are
 * dropped: all that are newer than `at`, and, of those at that instant, the ones in `given`. Times and refs are used
 * rather than indexes, because new activity shifts the indexes between two reads. Items without a time come last in
 * their page and share `at: ''`. If a vendor repeats an item on a later page, the vendor's list drops it.
 */
export interface Position {
  /** The vendor's cursor of the current page. `null`: the first page. */
  cursor: string | null
  /** The time of the last returned item of this page. `null`: none yet. */
  at: string | null
  /** Hashes (`fingerprint`) of the refs that were returned from this page and have exactly this time, so at most a page. */
  given: string[]
  done: boolean
}

export const start: Position = { cursor: null, at: null, given: [], done: false }

export const wasGiven = (position: Position, at: string, ref: string): boolean =>
  position.at !== null && (at > position.at || (at === position.at && position.given.includes(fingerprint(ref))))

export const giveOut = (position: Position, at: string, ref: string): Position => ({
  ...position,
  at,
  given: at === position.at ? [...position.given, fingerprint(ref)] : [fingerprint(ref)],
})

export const encodePositions = (positions: ReadonlyMap<string, Position>): string =>
  encodeCursor([...positions].map(([name, { cursor, at, given, done }]) => [name, cursor, at, given, done]))

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
  if (!Array.isArray(entry) || isRecord(entry)) return undefined
  const [name, cursor, at, given, done] = entry as unknown[]
  const text = (value: unknown): value is string | null => value === null || typeof value === 'string'
  if (typeof name !== 'string' || !text(cursor) || !text(at) || typeof done !== 'boolean') return undefined
  if (!Array.isArray(given) || !given.every((ref) => typeof ref === 'string')) return undefined
  return [name, { cursor, at, given, done }]
}
