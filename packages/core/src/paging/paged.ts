import type { Page, Paged } from '../contract/paged.ts'
import { ResponseError } from '../errors/kinds.ts'

/**
 * Makes a `Paged` from a function that reads one page.
 *
 * @param cursor where the first page starts; the query's `cursor`.
 * @param place for the error when the vendor repeats a cursor.
 */
export function paged<Item, P extends Page<Item> = Page<Item>>(
  readPage: (cursor: string | undefined) => Promise<P & Page<Item>>,
  cursor: string | undefined,
  place: { vendor: string; account: string; operation: string },
): Paged<Item, P> {
  async function* pages(): AsyncGenerator<P, void, undefined> {
    const seen = new Set(cursor === undefined ? [] : [cursor])
    for (let next = cursor; ; ) {
      const page = await readPage(next)
      yield page
      if (page.next === null) return
      if (seen.has(page.next)) {
        throw new ResponseError({
          ...place,
          message: `${place.vendor} "${place.account}", ${place.operation}: the vendor repeated a cursor; reading on would never end.`,
        })
      }
      seen.add(page.next)
      next = page.next
    }
  }
  async function* items(): AsyncGenerator<Item, void, undefined> {
    for await (const page of pages()) yield* page.items
  }
  // Asynchronous itself, so that what `readPage` throws at once is a rejection too.
  const first = async (): Promise<P> => readPage(cursor)
  return {
    // biome-ignore lint/suspicious/noThenProperty: awaiting a list is its first page; that is the contract
    then: (onPage, onError) => first().then(onPage, onError),
    pages,
    [Symbol.asyncIterator]: items,
  }
}
