import { decodeCursor, encodeCursor, fingerprint, isRecord } from '@parley/core'

/**
 * Where one account stands in a merged list.
 *
 * Its vendor's page is often only partly used, so the page is read again and what was given out before is left away:
 * everything newer than `at`, and of those that share that instant the ones in `given`. By time and name rather than by
 * position, because new activity shifts positions between two readings. Items without a time come last in their page and
 * share `at: ''`. An item that comes again on a later page of the vendor is dropped by the vendor's list, not here.
 */
export interface Position {
  /** The vendor's cursor of the page in use; `null`: its first. */
  cursor: string | null
  /** The time of the last item given out of this page; `null`: none yet. */
  at: string | null
  /** The refs given out of this page that have exactly this time, as `fingerprint` prints them. */
  given: string[]
  done: boolean
}

export const start: Position = { cursor: null, at: null, given: [], done: false }

/** Beyond this many items with one and the same time, an item could repeat when its page is read again. */
const mostGiven = 500

export const wasGiven = (position: Position, at: string, ref: string): boolean =>
  position.at !== null && (at > position.at || (at === position.at && position.given.includes(fingerprint(ref))))

export const giveOut = (position: Position, at: string, ref: string): Position => ({
  ...position,
  at,
  given: at === position.at ? [...position.given, fingerprint(ref)].slice(-mostGiven) : [fingerprint(ref)],
})

export const encodePositions = (positions: ReadonlyMap<string, Position>): string =>
  encodeCursor([...positions].map(([name, { cursor, at, given, done }]) => [name, cursor, at, given, done]))

/** @throws InvalidRequestError when the cursor was not given out by an inbox. */
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
