import { isRaw, type NumberedPlace, type Raw, type Reading, type TurnedPage, turnPage, Unreadable } from '@parley/core'

/**
 * Reads the envelope of a page ("Page envelope").
 *
 * @throws Unreadable when there is no list in it.
 */
export function readEnvelope<Item extends { id: string }>(
  body: unknown,
  reading: Reading,
  place: NumberedPlace,
  seen: Set<string>,
  read: (raw: Raw) => Item,
): TurnedPage<Item> {
  if (!isRaw(body)) throw new Unreadable('data')
  const items = reading.items(body['data'], 'data', read)
  const total = reading.number(body, 'totalItems') ?? undefined
  const pages = reading.number(body, 'totalPages') ?? undefined
  const info = {
    hasMore: reading.flag(body, 'hasNextPage'),
    total,
    pagesLeft: pages === undefined ? undefined : pages - place.page,
  }
  return turnPage(reading, place, items, (body['data'] as unknown[]).length, info, seen)
}
