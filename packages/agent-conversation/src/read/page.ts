import { DecodeError, isRecord, type Payload, type PayloadReader } from '@parley/core'
import { type PagePosition, type TurnedPage, turnPage } from '@parley/core/operations'

/**
 * Reads the envelope of a page ("Page envelope").
 *
 * @throws DecodeError if the page has no list.
 */
export function readEnvelope<Item extends { id: string }>(
  body: unknown,
  reading: PayloadReader,
  place: PagePosition,
  seen: Set<string>,
  read: (raw: Payload) => Item,
): TurnedPage<Item> {
  if (!isRecord(body)) throw new DecodeError('data')
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
