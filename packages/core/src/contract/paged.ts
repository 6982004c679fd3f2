import type { Warning } from './warning.ts'

/** One page of a list. */
export interface Page<Item> {
  items: Item[]
  /** Pass it as `cursor` with the same query to get the page after this one. Opaque. `null`: this was the last. */
  next: string | null
  warnings: Warning[]
  /** How many items the whole list has, where the vendor says so. */
  total?: number
}

/**
 * A list. Awaited it is its first page; iterated it is every item of all pages, read one page at a time.
 *
 * ```ts
 * const page = await desk.conversations.list()
 * for await (const conversation of desk.conversations.list()) …
 * for await (const page of desk.conversations.list().pages()) …
 * ```
 *
 * Nothing is requested until one of the three happens. A vendor that repeats a cursor ends the iteration in a
 * `ResponseError` instead of a loop.
 */
export interface Paged<Item, P extends Page<Item> = Page<Item>> extends PromiseLike<P>, AsyncIterable<Item> {
  pages(): AsyncIterable<P>
}
