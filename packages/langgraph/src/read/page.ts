import type { Call } from '@parley/core'
import { type PagePosition, type TurnedPage, turnPage } from '@parley/core/operations'

/** One page of a search. The server states no count that can be used: `x-pagination-total` ends one after the page. */
export async function searchPage<Item extends { id: string }>(
  call: Call,
  path: string,
  body: Readonly<Record<string, unknown>>,
  { place, size, seen }: { place: PagePosition; size: number; seen: Set<string> },
  read: (raw: Readonly<Record<string, unknown>>) => Item,
): Promise<TurnedPage<Item>> {
  const spec = {
    method: 'POST',
    path,
    body: { ...body, limit: size, offset: (place.page - 1) * size },
    safe: true,
  } as const
  return call.read(spec, (list, reading) => {
    const items = reading.items(list, '', read)
    const sent = Array.isArray(list) ? list.length : 0
    return turnPage(reading, place, items, sent, { hasMore: sent >= size }, seen)
  })
}
