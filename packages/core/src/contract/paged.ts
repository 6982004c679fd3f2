import type { Warning } from './warning.ts'

/** One page of a list. */
export interface Page<Item> {
  items: Item[]
  /**
   * Pass it as `cursor` with the same query to get the page after this one. Opaque. `null`: this was the last, so stop
   * here, because the cursor `null` is the first page. Where the vendor counts more items than it sent, `warnings` say so.
   * A page may be empty and still have a next one.
   */
  next: string | null
  warnings: Warning[]
  /** How many items the whole list has, where the vendor says so. */
  total?: number
}

/**
 * A list. It is a promise of its first page, and iterated it is every item of all pages, read one page at a time.
 *
 * ```ts
 * const page = await desk.conversations.list()
 * for await (const conversation of desk.conversations.list()) …
 * for await (const page of desk.conversations.list().pages()) …
 * ```
 *
 * Nothing is requested until the list is awaited (`await`, `then`, `catch`, `finally`, `Promise.all`) or iterated, so a
 * list that nobody uses sends nothing and cannot fail.
 *
 * Awaiting a list again gives the same page without another request, or the same error. Each iteration reads the list
 * from its first page on, also after it was awaited, because the list may have changed in the meantime. Call the
 * operation again to read the first page again.
 *
 * An iteration gives each item once, also when the vendor sends it again; items that arrive meanwhile may come at the end,
 * out of order. A vendor that repeats itself without end ends the iteration in a `ResponseError` instead of a loop.
 */
export interface Paged<Item, P extends Page<Item> = Page<Item>> extends Promise<P>, AsyncIterable<Item> {
  pages(): AsyncIterable<P>
}
