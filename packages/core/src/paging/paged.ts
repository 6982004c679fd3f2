import type { ListQuery } from '../contract/options.ts'
import type { Page, Paged } from '../contract/results.ts'
import { ResponseError } from '../errors/kinds.ts'
import { checkQuery, checkRequired } from '../input/fields.ts'
import { bindCursor, type ListScope, openCursor } from './cursor.ts'

/**
 * Reads one page.
 *
 * @param cursor the adapter's own position, as it returned it in `next`; `undefined` for the first page.
 * @param query the query, with the cursor's `limit`.
 * @param seen hashes of the ids that this iteration has seen. The reader may add to it, as `turnPage` does. Empty when
 * a page is awaited.
 */
export type ReadPage<Item, P extends Page<Item>, Query extends ListQuery> = (
  cursor: string | undefined,
  query: Query,
  seen: Set<string>,
) => Promise<P & Page<Item>>

/**
 * Makes a `Paged` from a function that reads one page. Its cursors are bound to the list and the query. An iteration
 * yields every item once, however often the vendor sends it.
 *
 * @param given the whole query, with the `cursor` at which the first page starts.
 * @param place for the binding of cursors, and for errors.
 * @throws InvalidRequestError, when the list is awaited or iterated, for an invalid or unknown field of the query, and
 * for a cursor of another list (field `cursor`).
 */
export function paged<Item, P extends Page<Item> = Page<Item>, Query extends ListQuery = ListQuery>(
  readPage: ReadPage<Item, P, Query>,
  given: Query | undefined,
  place: ListScope,
): Paged<Item, P> {
  const query = given === undefined ? ({} as Query) : given
  const begin = (): { position: string | undefined; query: Query } => {
    checkQuery(place, query)
    checkRequired(place, query, place.required)
    return query.cursor == null ? { position: undefined, query } : openCursor(query.cursor, place, query)
  }
  const bound = (page: P, own: Query): P =>
    page.next === null ? page : { ...page, next: bindCursor(page.next, place, own) }

  async function* pages(): AsyncGenerator<P, void, undefined> {
    const { position, query: own } = begin()
    const seen = new Set<string>()
    const isNew = createIsNew()
    const positions = new Set(position === undefined ? [] : [position])
    /** How many pages had something new, and how many pages in a row only repeated items. */
    let [news, repeats] = [0, 0]
    for (let next = position; ; ) {
      const page = await readPage(next, own, seen)
      const items = page.items.filter(isNew)
      if (items.length > 0) [news, repeats] = [news + 1, 0]
      else if (page.items.length > 0) repeats += 1
      yield bound({ ...page, items }, own)
      if (page.next === null) return
      // A vendor can give a new cursor each time and still ignore it.
      if (positions.has(page.next) || repeats > 3 * news) throw endless(place)
      positions.add(page.next)
      next = page.next
    }
  }
  async function* items(): AsyncGenerator<Item, void, undefined> {
    for await (const page of pages()) yield* page.items
  }
  // Asynchronous, so that a synchronous error of `readPage` becomes a rejection.
  const first = async (): Promise<P> => {
    const { position, query: own } = begin()
    const page = await readPage(position, own, new Set())
    return bound({ ...page, items: page.items.filter(createIsNew()) }, own)
  }
  return pagedOf({ first, pages, items })
}

/**
 * Makes a `Paged` from its parts.
 *
 * @param first reads the first page. Called once, when the list is first awaited.
 * @param pages and `items`: called for each iteration.
 */
export function pagedOf<Item, P extends Page<Item> = Page<Item>>({
  first,
  pages,
  items,
}: {
  first(): Promise<P>
  pages(): AsyncIterable<P>
  items(): AsyncIterable<Item>
}): Paged<Item, P> {
  let page: Promise<P> | undefined
  const awaited = (): Promise<P> => {
    page ??= first()
    return page
  }
  return {
    // biome-ignore lint/suspicious/noThenProperty: awaiting a list is its first page; that is the contract
    then: (onPage, onError) => awaited().then(onPage, onError),
    catch: (onError) => awaited().catch(onError),
    finally: (onEnd) => awaited().finally(onEnd),
    pages,
    [Symbol.asyncIterator]: () => items()[Symbol.asyncIterator](),
    [Symbol.toStringTag]: 'Paged',
  }
}

/** The error for a vendor that keeps repeating itself, which would otherwise be an endless loop. */
export const endless = ({
  vendor,
  account,
  operation,
}: Pick<ListScope, 'vendor' | 'account' | 'operation'>): ResponseError =>
  new ResponseError({
    vendor,
    account,
    operation,
    message: `${vendor} "${account}", ${operation}: the vendor repeats its pages, so the list would never end.`,
  })

/**
 * A function that returns whether an item has not been passed to it before. Items are the same if their refs are, because
 * an inbox lists several accounts, whose ids may be equal.
 */
function createIsNew(): (item: unknown) => boolean {
  /** The first ref of each id. Most ids differ, and an id is cheaper to look up than a ref, which is put together from parts. */
  const ids = new Map<unknown, unknown>()
  const others = new Set<unknown>()
  return (item) => {
    if (typeof item !== 'object' || item === null) return true
    const { ref, id = ref } = item as { ref?: unknown; id?: unknown }
    if (typeof id !== 'string') return true
    if (!ids.has(id)) {
      ids.set(id, ref)
      return true
    }
    if (ids.get(id) === ref || others.has(ref)) return false
    others.add(ref)
    return true
  }
}

/**
 * Sorts a page into the requested order, whatever order the vendor sent. Items of the same instant keep their order. A
 * page that has an item without a time is not sorted, because the position of that item is unknown.
 *
 * @param items changed in place.
 * @param by the field with the time.
 */
export function inOrder<By extends string, Item extends { [Field in By]?: string | null }>(
  items: Item[],
  order: 'asc' | 'desc',
  by: By,
): Item[] {
  if (!items.every((item) => item[by])) return items
  const sign = order === 'asc' ? 1 : -1
  return items.sort((a, b) => {
    const [first, second] = [a[by] as string, b[by] as string]
    return first === second ? 0 : first < second ? -sign : sign
  })
}
