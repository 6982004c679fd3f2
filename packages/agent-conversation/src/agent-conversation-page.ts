import { decodeCursor, encodeCursor, isRaw, type Raw, type Reading, Unreadable } from '@parley/core'

/** Where a numbered page is: its number, its size, and prints of the ids of the page before. */
export interface PagePlace {
  page: number
  size: number
  before: string[]
}

export const placeOf = (cursor: string | undefined, size: number): PagePlace =>
  cursor === undefined ? { page: 1, size, before: [] } : decodeCursor(cursor, readPlace)

function readPlace(state: unknown): PagePlace | undefined {
  if (!isRaw(state)) return undefined
  const { page, size, before } = state as { page?: unknown; size?: unknown; before?: unknown }
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0
  const isPrints = Array.isArray(before) && before.every((print): print is string => typeof print === 'string')
  return isCount(page) && isCount(size) && isPrints ? { page, size, before } : undefined
}

/** One page as the vendor's envelope tells it. */
export interface EnvelopeReading<Item> {
  items: Item[]
  next: string | null
  total: number | undefined
}

/**
 * Reads the envelope of a page ("Page envelope"). It is the last one when the vendor does not say that there are more,
 * when it is empty, or when it brings no new id: a deployment that does not know `page` sends the first one for ever.
 *
 * @throws Unreadable when there is no list in it.
 */
export function readEnvelope<Item extends { id: string }>(
  body: unknown,
  reading: Reading,
  place: PagePlace,
  read: (raw: Raw) => Item,
): EnvelopeReading<Item> {
  if (!isRaw(body)) throw new Unreadable('data')
  const items = reading.items(body['data'], 'data', read)
  const isEmpty = (body['data'] as unknown[]).length === 0
  const prints = items.map(({ id }) => printOf(id))
  const before = new Set(place.before)
  const repeats = prints.length > 0 && prints.every((print) => before.has(print))
  if (repeats && place.page > 1) return { items: [], next: null, total: undefined }
  const goesOn = !isEmpty && hasNext(body, reading, place)
  const next = goesOn ? encodeCursor({ page: place.page + 1, size: place.size, before: prints }) : null
  return { items, next, total: reading.number(body, 'totalItems') ?? undefined }
}

function hasNext(body: Raw, reading: Reading, place: PagePlace): boolean {
  const said = reading.flag(body, 'hasNextPage')
  return said ?? place.page < (reading.number(body, 'totalPages') ?? 0)
}

/** Thirty-two bits of an id (FNV-1a): a cursor is to stay short, and a whole page never collides by chance. */
function printOf(id: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(36)
}
